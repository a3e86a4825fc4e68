//! The sheets 注释 and 审核: what goes beside the figures, and what the office and the program keep.

use super::{Label, ListKind, Pos, Role, Room, Sheet, rows};
use gongbao_core::form::Form;

/// So many rows stay free for what is still to come.
pub(in super::super) const LIST_ROWS: u32 = 6;

/// An extra row has as many figures as the row it follows; a list of them has room for the longest.
const MOST_FIGURES: usize = 12;

/// Notes under tables, extra rows, notes in cells.
pub(super) fn notes(form: &Form, room: Room) -> Sheet {
    let mut sheet = Sheet::new(Role::Notes, "注释", "注释和增加的行（没有的不填）");
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

/// How many figures the longest row has after which another one may stand.
fn most_figures(form: &Form) -> usize {
    let tables = form.tables().filter(|(_, table)| table.extra_rows);
    let records = tables.flat_map(|(key, _)| form.records_of(key));
    records.map(|record| record.figures.len()).max().unwrap_or(0).min(MOST_FIGURES)
}

/// What a reviewer lets stand, publication, what was consolidated, corrections.
pub(super) fn review(room: Room) -> Sheet {
    let mut sheet = Sheet::new(Role::Review, "审核", "审核和公布（由审核的机关和程序填写）");
    let mut row = 2;
    sheet.labels.push(Label::new(Pos::new(row, 0), "一、审核认可、不必改的问题"));
    let headings = ["规则", "位置（路径，可以不填）", "认可的理由", "认可人"];
    let free = rows(room.accepted) + LIST_ROWS;
    sheet.add_list(ListKind::Accepted, Pos::new(row + 1, 0), &headings, free);
    row += 3 + free;
    sheet.labels.push(Label::new(Pos::new(row, 0), "二、公布（由 gongbao publish 写入，请不要改）"));
    sheet.add_list(ListKind::Published, Pos::new(row + 1, 0), &["公布日期", "校验值"], 1);
    row += 4;
    sheet.labels.push(Label::new(Pos::new(row, 0), "三、汇总了哪些报告（由 gongbao rollup 写入，请不要改）"));
    let headings = ["汇总的单位", "汇总的报告文件", "汇总时的校验值"];
    let free = rows(room.members).max(1);
    sheet.add_list(ListKind::Members, Pos::new(row + 1, 0), &headings, free);
    row += 3 + free;
    sheet.labels.push(Label::new(Pos::new(row, 0), "四、更正（由 gongbao correct 写入，请不要改）"));
    let headings = ["第几次", "日期", "更正的理由", "更正的位置", "原来", "改为", "撤下", "更正前的校验值"];
    sheet.add_list(ListKind::Corrections, Pos::new(row + 1, 0), &headings, 0);
    sheet
}
