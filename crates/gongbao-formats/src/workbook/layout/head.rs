//! Layout of the sheet 基本情况: head, agency and sign-off sheet.

use super::{Field, Label, Pos, Role, Sheet};
use gongbao_core::{
    finding::HEAD_SHEET,
    report::fields::{HeadField, head_groups},
};

/// Column to be filled in, between the labels and the explanations.
pub(in super::super) const ENTRY: u16 = 1;

/// Precedes the id of the form where the file names none and the form follows from the year.
pub(in super::super) const FORM_BY_YEAR: &str = "按年度：";

const TITLE: &str = "政府信息公开工作年度报告填报工作簿";

/// Returns the sheet, which is the same for every form.
pub(super) fn sheet() -> Sheet {
    let mut sheet = Sheet::new(Role::Head, HEAD_SHEET, TITLE);
    let mut row = 2;
    for group in head_groups() {
        sheet.labels.push(Label::new(Pos::new(row, 0), group.heading));
        row += 1;
        for HeadField { path, spec } in group.fields {
            sheet.labels.push(Label::new(Pos::new(row, 0), spec.label));
            sheet.fields.push(Field { path, spec, at: Pos::new(row, ENTRY) });
            row += 1;
        }
        row += 1;
    }
    sheet
}
