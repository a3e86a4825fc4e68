//! Writes the sheets of texts: one paragraph in each row, with its level.

use rust_xlsxwriter::{DataValidation, Worksheet};

use super::{Book, WorkbookError, lists::Choice};
use crate::workbook::{
    layout::{ListKind, Pos, Sheet, rows},
    level, names,
};
use gongbao_core::report::Paragraph;

const HELP: &str =
    "一行一段。级别照段落开头的序号；没有写序号的，选了级别就自动编上。要在中间加一段，就插入一行。";

const PASSAGES_HELP: &str = "第二至第四部分在表格之前、之后或者表格各块之间另有文字的，写在这里：选好放在哪里，一行一段。多数单位不用填。";

/// Longest part of a paragraph in one cell, in characters; a cell of Excel holds 32,767 UTF-16 units.
const LONGEST: usize = 16_000;

/// Chinese characters in a line, height of a line and of the tallest row in points.
const HANZI: usize = 38;
const LINE: f64 = 16.0;
const TALLEST: f64 = 400.0;

/// Returns the height of a row for its text; not every program computes it.
fn height(words: &str) -> f64 {
    let lines = u32::try_from(words.chars().count().div_ceil(HANZI).max(1)).unwrap_or(u32::MAX);
    (f64::from(lines) * LINE + 6.0).min(TALLEST)
}

impl Book<'_> {
    pub(super) fn write_text(
        &self,
        page: &mut Worksheet,
        sheet: &Sheet,
        key: &str,
    ) -> Result<(), WorkbookError> {
        page.set_column_width(0, 9)?;
        page.set_column_width(1, 92)?;
        self.write_title(page, sheet, HELP, 1)?;
        let Some(list) = sheet.list(ListKind::Paragraphs) else { return Ok(()) };
        for label in sheet.labels.iter().skip(1) {
            page.write_string_with_format(label.at.row, label.at.column, &label.text, &self.formats.heading)?;
        }
        let mut row = list.at.row + 1;
        let mut count = 0;
        for paragraph in self.report.paragraphs(self.form).of(key) {
            count = paragraph.number;
            row = self.write_paragraph(page, Pos::new(row, 0), &paragraph)?;
        }
        let last = list.at.row + list.rows.max(rows(count) + 50);
        for free in row..row + 30 {
            page.write_blank(free, 0, &self.formats.entry)?;
            page.write_blank(free, 1, &self.formats.paragraph)?;
        }
        let levels = DataValidation::new()
            .allow_list_strings(&level::ALL.map(|level| level.name))?
            .set_error_message("请从下拉框里选，或者不选")?;
        page.add_data_validation(list.at.row + 1, 0, last.max(row), 0, &levels)?;
        page.set_freeze_panes(list.at.row + 1, 0)?;
        page.set_repeat_rows(list.at.row, list.at.row)?;
        Ok(())
    }

    /// Writes a paragraph from its level on; returns the next row.
    fn write_paragraph(
        &self,
        page: &mut Worksheet,
        at: Pos,
        paragraph: &Paragraph<'_>,
    ) -> Result<u32, WorkbookError> {
        let Pos { mut row, column } = at;
        let mut level = level::name(paragraph.level);
        let mut rest = paragraph.raw;
        while !rest.is_empty() {
            let end = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(at, _)| at);
            let (part, more) = rest.split_at(end);
            page.write_string_with_format(row, column, level, &self.formats.entry)?;
            page.write_string_with_format(row, column + 1, part, &self.formats.paragraph)?;
            page.set_row_height(row, height(part))?;
            (rest, level) = (more, level::GOES_ON);
            row += 1;
        }
        Ok(row)
    }

    pub(super) fn write_passages(&self, page: &mut Worksheet, sheet: &Sheet) -> Result<(), WorkbookError> {
        for (column, width) in [(0, 30.0), (1, 9.0), (2, 92.0)] {
            page.set_column_width(column, width)?;
        }
        self.write_title(page, sheet, PASSAGES_HELP, 2)?;
        let Some(list) = sheet.list(ListKind::Passages) else { return Ok(()) };
        for label in sheet.labels.iter().skip(1) {
            page.write_string_with_format(label.at.row, label.at.column, &label.text, &self.formats.heading)?;
        }
        let paragraphs = self.report.paragraphs(self.form);
        let mut row = list.at.row + 1;
        for (name, key) in names::passages(self.form) {
            for paragraph in paragraphs.of(&key) {
                let first = row;
                row = self.write_paragraph(page, Pos::new(row, 1), &paragraph)?;
                for row in first..row {
                    page.write_string_with_format(row, 0, &name, &self.formats.entry)?;
                }
            }
        }
        let last = (list.at.row + list.rows).max(row + 50);
        for free in row..row + 30 {
            page.write_blank(free, 0, &self.formats.entry)?;
            page.write_blank(free, 1, &self.formats.entry)?;
            page.write_blank(free, 2, &self.formats.paragraph)?;
        }
        self.offer_choice(page, Choice::Passages, Pos::new(list.at.row + 1, 0), last)?;
        let levels = DataValidation::new()
            .allow_list_strings(&level::ALL.map(|level| level.name))?
            .set_error_message("请从下拉框里选，或者不选")?;
        page.add_data_validation(list.at.row + 1, 1, last, 1, &levels)?;
        page.set_freeze_panes(list.at.row + 1, 0)?;
        page.set_repeat_rows(list.at.row, list.at.row)?;
        Ok(())
    }
}
