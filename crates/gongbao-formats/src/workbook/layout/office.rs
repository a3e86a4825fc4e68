//! Layout of the sheets 注释 (notes and extra rows) and 审核 (review and publication).

use super::{Label, ListKind, Pos, Role, Room, Sheet, rows};
use gongbao_core::{
    finding::{NOTES_SHEET, REVIEW_SHEET},
    form::Form,
    report::{
        Correction, CorrectionChange,
        fields::{
            ACCEPTED, CHANGES, CORRECTIONS, Field, FieldKind, FieldSpec, FieldTable, MEMBERS, PUBLISHED,
        },
    },
};

/// Number of free rows at the end of a list.
pub(in super::super) const LIST_ROWS: u32 = 6;

/// Largest number of figures of an extra row.
const MOST_FIGURES: usize = 12;

/// Returns the sheet of notes under tables, extra rows and notes in cells.
pub(super) fn notes(form: &Form, room: Room) -> Sheet {
    let mut sheet = Sheet::new(Role::Notes, NOTES_SHEET, "注释和增加的行（没有的不填）");
    let mut row = 2;
    sheet.labels.push(Label::new(Pos::new(row, 0), "一、印在表格下面的注"));
    let tables: Vec<&str> = form.tables().map(|(_, table)| table.name.as_str()).collect();
    sheet.add_list(ListKind::TableNotes, Pos::new(row + 1, 0), &["表", "注的文字"], rows(tables.len()));
    for (number, name) in (0..).zip(&tables) {
        sheet.labels.push(Label::new(Pos::new(row + 2 + number, 0), *name));
    }
    row += 3 + rows(tables.len());
    let figures = most_figures(form);
    if figures > 0 {
        sheet.labels.push(Label::new(Pos::new(row, 0), "二、本地增加的行"));
        let numbers: Vec<String> = (1..=figures).map(|number| format!("第{number}个数")).collect();
        let headings: Vec<&str> =
            ["排在哪一行之后", "行的名称"].into_iter().chain(numbers.iter().map(String::as_str)).collect();
        let free = rows(room.extras) + LIST_ROWS;
        sheet.add_list(ListKind::Extras, Pos::new(row + 1, 0), &headings, free);
        row += 3 + free;
    }
    let number = if figures > 0 { "三" } else { "二" };
    sheet.labels.push(Label::new(Pos::new(row, 0), format!("{number}、格里的单位和括号说明")));
    let headings = ["哪一行", "哪一列", "单位", "括号里的说明"];
    sheet.add_list(ListKind::CellNotes, Pos::new(row + 1, 0), &headings, 60);
    sheet
}

/// Returns the number of figures of the longest row that an extra row may follow.
fn most_figures(form: &Form) -> usize {
    let tables = form.tables().filter(|(_, table)| table.extra_rows);
    let records = tables.flat_map(|(key, _)| form.records_of(key));
    records.map(|record| record.figures.len()).max().unwrap_or(0).min(MOST_FIGURES)
}

/// Returns the sheet of accepted findings, publication, members and corrections.
pub(super) fn review(room: Room) -> Sheet {
    let mut sheet = Sheet::new(Role::Review, REVIEW_SHEET, "审核和公布（由审核的机关和程序填写）");
    let mut row = 2;
    let mut list = |kind, number: &str, spec: &FieldSpec, headings: &[String], free| {
        sheet.labels.push(Label::new(Pos::new(row, 0), format!("{number}、{}", spec.heading())));
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        sheet.add_list(kind, Pos::new(row + 1, 0), &headings, free);
        row += 3 + free;
    };
    let free = rows(room.accepted) + LIST_ROWS;
    list(ListKind::Accepted, "一", &ACCEPTED.spec, &headings(&ACCEPTED), free);
    list(ListKind::Published, "二", &PUBLISHED.spec, &headings(&PUBLISHED), 1);
    let free = rows(room.members).max(1);
    list(ListKind::Members, "三", &MEMBERS.spec, &headings(&MEMBERS), free);
    let columns: Vec<String> = correction_columns().iter().map(CorrectionColumn::heading).collect();
    list(ListKind::Corrections, "四", &CORRECTIONS.spec, &columns, 0);
    sheet
}

/// Returns the headings of a list, one column for each key.
fn headings<T>(table: &'static FieldTable<T>) -> Vec<String> {
    table.fields.iter().map(|field| field.spec.heading()).collect()
}

/// A column of the list of corrections. Rows with one number are one correction.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum CorrectionColumn {
    /// Number of the correction, from 1.
    Number,
    /// A key of the correction; the first of its rows counts.
    Correction(&'static Field<Correction>),
    /// A key of one change.
    Change(&'static Field<CorrectionChange>),
}

/// Returns the columns of the list of corrections: number, required keys, keys of a change, optional keys.
pub(in super::super) fn correction_columns() -> Vec<CorrectionColumn> {
    let (required, optional): (Vec<_>, Vec<_>) = CORRECTIONS
        .fields
        .iter()
        .filter(|field| field.spec.kind != FieldKind::Changes)
        .partition(|field| field.spec.required);
    let mut columns = vec![CorrectionColumn::Number];
    columns.extend(required.into_iter().map(CorrectionColumn::Correction));
    columns.extend(CHANGES.fields.iter().map(CorrectionColumn::Change));
    columns.extend(optional.into_iter().map(CorrectionColumn::Correction));
    columns
}

impl CorrectionColumn {
    fn heading(&self) -> String {
        match self {
            Self::Number => "第几次".to_owned(),
            Self::Correction(field) => field.spec.heading(),
            Self::Change(field) => field.spec.heading(),
        }
    }
}
