//! Writes the sheet 基本情况.

use rust_xlsxwriter::{ConditionalFormatFormula, DataValidation, DataValidationRule, Formula, Worksheet};

use super::{Book, WorkbookError, formats::excel_date};
use crate::workbook::{
    NO, YES,
    layout::{ENTRY, FORM_BY_YEAR, Field, Sheet, column_name},
    sums::FAILS,
};
use gongbao_core::report::fields::{FieldKind, FieldValue, YEARS, head_value};

const HELP: &str =
    "只填底色是浅黄的格，别的格不能改。填好保存以后，用 gongbao check 检查，用 gongbao build 生成报告。";

impl Book<'_> {
    pub(super) fn write_head(&self, page: &mut Worksheet, sheet: &Sheet) -> Result<(), WorkbookError> {
        for (column, width) in [(0, 18.0), (ENTRY, 44.0), (ENTRY + 1, 52.0)] {
            page.set_column_width(column, width)?;
        }
        self.write_title(page, sheet, HELP, ENTRY + 1)?;
        for label in sheet.labels.iter().skip(1) {
            let is_name = sheet.fields.iter().any(|field| field.at.row == label.at.row);
            let format = if is_name { &self.formats.heading } else { &self.formats.group };
            page.write_string_with_format(label.at.row, label.at.column, &label.text, format)?;
        }
        for field in &sheet.fields {
            self.write_field(page, field)?;
            page.write_string_with_format(field.at.row, ENTRY + 1, field.spec.help, &self.formats.help)?;
            // About twenty-eight Chinese characters of help fit a line; a list takes several lines.
            let lines =
                if field.spec.kind == FieldKind::List { 4 } else { 1 + field.spec.help.chars().count() / 28 };
            page.set_row_height(field.at.row, 6.0 + 15.0 * f64::from(u32::try_from(lines).unwrap_or(1)))?;
        }
        self.write_overview(page, sheet)?;
        page.set_freeze_panes(1, 0)?;
        Ok(())
    }

    /// Writes the title of a sheet, with instructions below it.
    pub(super) fn write_title(
        &self,
        page: &mut Worksheet,
        sheet: &Sheet,
        help: &str,
        last: u16,
    ) -> Result<(), WorkbookError> {
        page.write_string_with_format(0, 0, sheet.title(), &self.formats.title)?;
        page.set_row_height(0, 28)?;
        if last > 0 {
            page.merge_range(1, 0, 1, last, help, &self.formats.help)?;
        } else {
            page.write_string_with_format(1, 0, help, &self.formats.help)?;
        }
        page.set_row_height(1, 30)?;
        Ok(())
    }

    fn write_field(&self, page: &mut Worksheet, field: &Field) -> Result<(), WorkbookError> {
        let (row, column) = (field.at.row, field.at.column);
        let entry = &self.formats.entry;
        match field.spec.kind {
            FieldKind::Year => {
                let number = self.formats.date.clone().set_num_format("0");
                if self.report.year > 0 {
                    page.write_number_with_format(row, column, f64::from(self.report.year), &number)?;
                } else {
                    page.write_blank(row, column, &number)?;
                }
                let years = DataValidation::new()
                    .allow_whole_number(DataValidationRule::Between(
                        i32::from(*YEARS.start()),
                        i32::from(*YEARS.end()),
                    ))
                    .set_error_title(field.spec.label)?
                    .set_error_message("请填四位数的年份，例如 2025")?;
                page.add_data_validation(row, column, row, column, &years)?;
            }
            FieldKind::Date => match self.report.date.map(|date| (date, excel_date(date))) {
                Some((_, Ok(date))) => {
                    page.write_datetime_with_format(row, column, &date, &self.formats.date)?;
                }
                Some((date, Err(_))) => {
                    page.write_string_with_format(row, column, date.to_string(), entry)?;
                }
                None => {
                    page.write_blank(row, column, &self.formats.date)?;
                }
            },
            FieldKind::Form => {
                page.write_string_with_format(row, column, self.form_name(), &self.formats.shown)?;
            }
            _ => {
                match self.words(field) {
                    Some(words) if !words.is_empty() => {
                        page.write_string_with_format(row, column, words, entry)?
                    }
                    _ => page.write_blank(row, column, entry)?,
                };
                self.offer(page, field)?;
            }
        }
        Ok(())
    }

    /// Returns the form as the file names it, or the form that follows from the year, marked as such.
    fn form_name(&self) -> String {
        match &self.report.form {
            Some(name) => name.clone(),
            None => format!("{FORM_BY_YEAR}{}", self.form.id),
        }
    }

    /// Returns the value of a field as its cell shows it.
    fn words(&self, field: &Field) -> Option<String> {
        Some(match (head_value(self.report, &field.path)?, field.spec.kind) {
            (FieldValue::Flag(flag), _) => (if flag { YES } else { NO }).to_owned(),
            // `/` stands for an empty list, because an empty cell stands for the default one.
            (FieldValue::List(lines), _) if lines.is_empty() => "/".to_owned(),
            (FieldValue::Text(key), FieldKind::Choice(options)) => {
                options.iter().find(|(known, _)| *known == key).map(|(_, label)| (*label).to_owned())?
            }
            (value, _) => value.to_text(),
        })
    }

    /// Adds the drop-down list of a cell.
    fn offer(&self, page: &mut Worksheet, field: &Field) -> Result<(), WorkbookError> {
        let list = DataValidation::new();
        let list = match field.spec.kind {
            FieldKind::Flag | FieldKind::Switch(_) => list.allow_list_strings(&[YES, NO])?,
            FieldKind::Choice(options) => {
                let labels: Vec<&str> = options.iter().map(|(_, label)| *label).collect();
                list.allow_list_strings(&labels)?
            }
            _ => return Ok(()),
        };
        let list = list.set_error_message("请从下拉框里选")?;
        let (row, column) = (field.at.row, field.at.column);
        page.add_data_validation(row, column, row, column, &list)?;
        Ok(())
    }

    /// Writes an overview below the fields: the number of failing checks of each table.
    fn write_overview(&self, page: &mut Worksheet, sheet: &Sheet) -> Result<(), WorkbookError> {
        let last = sheet.fields.iter().map(|field| field.at.row).max().unwrap_or(0);
        let mut row = last + 2;
        page.write_string_with_format(row, 0, "核对结果（自动算出）", &self.formats.group)?;
        for table in self.sheets.iter().filter(|sheet| !sheet.checks.is_empty()) {
            row += 1;
            page.write_string_with_format(row, 0, &table.name, &self.formats.heading)?;
            let counts: Vec<String> = table
                .checks
                .iter()
                .map(|check| format!("COUNTIF('{}'!{},\"{FAILS}*\")", table.name, check.at))
                .collect();
            let failed = table.checks.iter().filter(|check| self.verdict(check).starts_with(FAILS)).count();
            let told = if failed == 0 { "没有不符".to_owned() } else { format!("有{failed}处不符") };
            let sum = counts.join("+");
            let formula = format!("IF({sum}=0,\"没有不符\",\"有\"&({sum})&\"处不符\")");
            let formula = Formula::new(formula).set_result(told);
            page.write_formula_with_format(row, ENTRY, formula, &self.formats.shown)?;
            let cell = format!("{}{}", column_name(ENTRY), row + 1);
            let red = ConditionalFormatFormula::new()
                .set_rule(format!("=LEFT({cell},1)=\"有\"").as_str())
                .set_format(&self.formats.wrong);
            page.add_conditional_format(row, ENTRY, row, ENTRY, &red)?;
        }
        Ok(())
    }
}
