//! Writes the sheets 注释 and 审核, which are lists of rows.

use gongbao_core::report::{
    CorrectionChange,
    fields::{ACCEPTED, Field, FieldKind, FieldTable, FieldValue, MEMBERS, PUBLISHED},
};
use rust_xlsxwriter::{DataValidation, Format, Formula, Worksheet, XlsxError};

use super::{Book, WorkbookError, figure::write_cell};
use crate::workbook::{
    YES, json_text,
    layout::{
        CorrectionColumn, HIDDEN, LIST_ROWS, List, ListKind, Pos, Sheet, column_name, correction_columns,
        rows,
    },
    names,
};

/// First column of the hidden sheet that holds the choices of a drop-down list.
pub(super) const FIRST_CHOICE: u16 = 2;

/// Choices of a drop-down list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// All rows of figures.
    Rows,
    /// All columns of figures.
    Columns,
    /// Rows that an extra row may follow.
    After,
    /// Units that a figure may have.
    Units,
    /// Places of texts beside tables.
    Passages,
}

impl Choice {
    pub(super) const ALL: [Self; 5] = [Self::Rows, Self::Columns, Self::After, Self::Units, Self::Passages];
}

const NOTES_HELP: &str =
    "这里写不进表格里的东西：表下的注、本地另加的行、格里的单位和括号说明。多数单位不用填。";
const REVIEW_HELP: &str = "填报单位不用填这张表。";

impl Book<'_> {
    /// Returns the choices of a drop-down list, in the order of the form.
    pub(super) fn choices(&self, choice: Choice) -> Vec<String> {
        match choice {
            Choice::Rows => names::rows(&self.records).into_iter().map(|(name, _)| name).collect(),
            Choice::Columns => names::columns(&self.records),
            Choice::After => names::after(self.form).into_iter().map(|(name, ..)| name).collect(),
            Choice::Passages => names::passages(self.form).into_iter().map(|(name, _)| name).collect(),
            Choice::Units => {
                let mut units: Vec<String> = Vec::new();
                for unit in self.records.iter().flat_map(|r| &r.figures).flat_map(|f| &f.units) {
                    if !units.contains(unit) {
                        units.push(unit.clone());
                    }
                }
                units
            }
        }
    }

    pub(super) fn write_notes(&self, page: &mut Worksheet, sheet: &Sheet) -> Result<(), WorkbookError> {
        for (column, width) in [(0, 46.0), (1, 34.0), (2, 12.0), (3, 30.0)] {
            page.set_column_width(column, width)?;
        }
        self.write_title(page, sheet, NOTES_HELP, 3)?;
        self.write_labels(page, sheet)?;
        if let Some(list) = sheet.list(ListKind::TableNotes) {
            for ((key, _), row) in self.form.tables().zip(list.at.row + 1..) {
                let note = self.report.notes.get(key).map_or("", String::as_str);
                self.write_words(page, Pos::new(row, 1), note)?;
            }
        }
        if let Some(list) = sheet.list(ListKind::Extras) {
            self.write_extras(page, list)?;
        }
        if let Some(list) = sheet.list(ListKind::CellNotes) {
            self.write_cell_notes(page, list)?;
        }
        page.set_freeze_panes(1, 0)?;
        Ok(())
    }

    fn write_extras(&self, page: &mut Worksheet, list: &List) -> Result<(), WorkbookError> {
        let mut row = list.at.row;
        let after = names::after(self.form);
        for (section, extras) in &self.report.extras {
            for (index, extra) in extras.iter().enumerate() {
                row += 1;
                let known = after.iter().find(|(_, key, path)| key == section && *path == extra.after);
                let name = known.map_or(extra.after.as_str(), |(name, ..)| name.as_str());
                self.write_words(page, Pos::new(row, 0), name)?;
                self.write_words(page, Pos::new(row, 1), &extra.label)?;
                let path = format!("{section}.extra[{}]", index + 1);
                let record = self.records.iter().find(|record| record.path == path);
                let figures = record.map(|record| record.figures.as_slice()).unwrap_or_default();
                for column in 2..list.columns {
                    let figure = figures.get(usize::from(column - 2)).map(|figure| &figure.path);
                    let cell = figure.and_then(|path| self.report.figures.get(path));
                    // Figures that the file left out are computed again.
                    let figure = cell.filter(|cell| !cell.computed).map(|cell| cell.figure);
                    write_cell(page, Pos::new(row, column), figure, &self.formats.figure)?;
                }
            }
        }
        let last = list.at.row + list.rows;
        for row in row + 1..=last {
            for column in 0..list.columns {
                let format = if column < 2 { &self.formats.entry } else { &self.formats.figure };
                page.write_blank(row, column, format)?;
            }
        }
        self.offer_choice(page, Choice::After, Pos::new(list.at.row + 1, 0), last)?;
        Ok(())
    }

    fn write_cell_notes(&self, page: &mut Worksheet, list: &List) -> Result<(), WorkbookError> {
        let mut row = list.at.row;
        let names = names::rows(&self.records);
        for (record, (name, _)) in self.records.iter().zip(&names) {
            for address in &record.figures {
                let Some(cell) = self.report.figures.get(&address.path) else { continue };
                if cell.note.is_none() && cell.unit.is_none() {
                    continue;
                }
                row += 1;
                self.write_words(page, Pos::new(row, 0), name)?;
                self.write_words(page, Pos::new(row, 1), address.label())?;
                self.write_words(page, Pos::new(row, 2), cell.unit.as_deref().unwrap_or_default())?;
                self.write_words(page, Pos::new(row, 3), cell.note.as_deref().unwrap_or_default())?;
            }
        }
        let last = row + LIST_ROWS * 2;
        for row in row + 1..=last {
            for column in 0..list.columns {
                page.write_blank(row, column, &self.formats.entry)?;
            }
        }
        for (column, choice) in [(0, Choice::Rows), (1, Choice::Columns), (2, Choice::Units)] {
            self.offer_choice(page, choice, Pos::new(list.at.row + 1, column), last)?;
        }
        Ok(())
    }

    pub(super) fn write_review(&self, page: &mut Worksheet, sheet: &Sheet) -> Result<(), WorkbookError> {
        for (column, width) in
            [(0, 12.0), (1, 34.0), (2, 40.0), (3, 34.0), (4, 40.0), (5, 40.0), (6, 8.0), (7, 40.0)]
        {
            page.set_column_width(column, width)?;
        }
        self.write_title(page, sheet, REVIEW_HELP, 3)?;
        self.write_labels(page, sheet)?;
        if let Some(list) = sheet.list(ListKind::Accepted) {
            self.write_entries(page, list, &ACCEPTED, &self.report.accepted, &self.formats.entry)?;
            let first = list.at.row + 1 + rows(self.report.accepted.len());
            for row in first..=list.at.row + list.rows {
                for column in 0..list.columns {
                    page.write_blank(row, column, &self.formats.entry)?;
                }
            }
        }
        if let Some(list) = sheet.list(ListKind::Published) {
            let published = self.report.published.as_slice();
            self.write_entries(page, list, &PUBLISHED, published, &self.formats.shown)?;
        }
        if let Some(list) = sheet.list(ListKind::Members) {
            self.write_entries(page, list, &MEMBERS, &self.report.members, &self.formats.shown)?;
        }
        if let Some(list) = sheet.list(ListKind::Corrections) {
            self.write_corrections(page, list)?;
        }
        page.set_freeze_panes(1, 0)?;
        Ok(())
    }

    /// Writes one row for each entry, a column for each key.
    fn write_entries<T>(
        &self,
        page: &mut Worksheet,
        list: &List,
        table: &'static FieldTable<T>,
        entries: &[T],
        format: &Format,
    ) -> Result<(), XlsxError> {
        for (row, entry) in (list.at.row + 1..).zip(entries) {
            for (column, field) in (list.at.column..).zip(table.fields) {
                match field.get(entry).map(|value| value.to_text()) {
                    Some(words) if !words.is_empty() => {
                        page.write_string_with_format(row, column, words, format)?
                    }
                    _ => page.write_blank(row, column, format)?,
                };
            }
        }
        Ok(())
    }

    /// One row for each change; a correction without any has a row of its own.
    fn write_corrections(&self, page: &mut Worksheet, list: &List) -> Result<(), WorkbookError> {
        let mut row = list.at.row;
        for (number, correction) in (1_u32..).zip(&self.report.corrections) {
            let without = [None];
            let changes: Vec<Option<&CorrectionChange>> = correction.changes.iter().map(Some).collect();
            for change in if changes.is_empty() { without.as_slice() } else { changes.as_slice() } {
                row += 1;
                for (at, column) in (list.at.column..).zip(correction_columns()) {
                    let words = match column {
                        CorrectionColumn::Number => number.to_string(),
                        CorrectionColumn::Correction(field) => {
                            field.get(correction).map(|value| value.to_text()).unwrap_or_default()
                        }
                        CorrectionColumn::Change(field) => {
                            change.map(|change| of_change(field, change)).unwrap_or_default()
                        }
                    };
                    page.write_string_with_format(row, at, words, &self.formats.shown)?;
                }
            }
        }
        Ok(())
    }

    fn write_labels(&self, page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
        for label in sheet.labels.iter().skip(1) {
            let is_heading = sheet.lists.iter().any(|list| {
                let rows = if list.kind == ListKind::TableNotes { list.rows } else { 0 };
                (list.at.row..=list.at.row + rows).contains(&label.at.row)
            });
            let format = if is_heading { &self.formats.heading } else { &self.formats.group };
            page.write_string_with_format(label.at.row, label.at.column, &label.text, format)?;
        }
        Ok(())
    }

    /// Writes text to be filled in.
    fn write_words(&self, page: &mut Worksheet, at: Pos, words: &str) -> Result<(), XlsxError> {
        if words.is_empty() {
            page.write_blank(at.row, at.column, &self.formats.entry)?;
        } else {
            page.write_string_with_format(at.row, at.column, words, &self.formats.entry)?;
        }
        Ok(())
    }

    pub(super) fn offer_choice(
        &self,
        page: &mut Worksheet,
        choice: Choice,
        first: Pos,
        last: u32,
    ) -> Result<(), XlsxError> {
        let count = rows(self.choices(choice).len());
        let Some(index) = Choice::ALL.iter().position(|known| *known == choice).filter(|_| count > 0) else {
            return Ok(());
        };
        let letters = column_name(FIRST_CHOICE + u16::try_from(index).unwrap_or_default());
        let list = DataValidation::new()
            .allow_list_formula(Formula::new(format!("={HIDDEN}!${letters}$1:${letters}${count}")))
            .set_error_message("请从下拉框里选")?;
        page.add_data_validation(first.row, first.column, last.max(first.row), first.column, &list)?;
        Ok(())
    }
}

/// Returns the value of a key of a change, as its cell shows it.
fn of_change(field: &Field<CorrectionChange>, change: &CorrectionChange) -> String {
    match (field.spec.kind, field.get(change)) {
        (FieldKind::Quoted, Some(FieldValue::Quoted(value))) => json_text::write(&value),
        (FieldKind::Quoted, _) => json_text::write(&serde_json::Value::Null),
        (FieldKind::Flag, Some(FieldValue::Flag(true))) => YES.to_owned(),
        (FieldKind::Flag, _) => String::new(),
        (_, value) => value.map(|value| value.to_text()).unwrap_or_default(),
    }
}
