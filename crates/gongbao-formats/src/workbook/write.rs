//! Writes a report as a workbook to be filled in.

mod figure;
mod formats;
mod grid;
mod head;
mod lists;
mod text;

use std::{borrow::Cow, fmt};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, ProtectionOptions, Workbook, Worksheet, XlsxError};

use super::layout::{self, GIVEN, HIDDEN, MARK, Role, Room, Sheet};
use crate::package::repack;
use formats::Formats;
use gongbao_core::{
    form::{Form, GridError, Record},
    report::Report,
};

/// Number of the paper size A4.
const A4: u8 = 9;

/// Error from writing a report as a workbook.
#[derive(Debug)]
pub enum WorkbookError {
    /// The form's grid cannot be filled.
    Grid(GridError),
    /// The workbook cannot hold the report.
    Xlsx(XlsxError),
}

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Grid(error) => write!(f, "表格排不出来：{error}"),
            Self::Xlsx(error) => write!(f, "写不成工作簿：{error}"),
        }
    }
}

impl std::error::Error for WorkbookError {}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        Self::Xlsx(error)
    }
}

impl From<GridError> for WorkbookError {
    fn from(error: GridError) -> Self {
        Self::Grid(error)
    }
}

/// Writes a report as a workbook (.xlsx); equal reports give equal bytes. Missing figures are left to be filled in; all
/// keys are written, `[filing]`, `[[accepted]]` and `[[members]]` included.
///
/// # Errors
/// Returns an error if the form's tables do not fit a sheet.
pub fn write(report: &Report, form: &Form) -> Result<Vec<u8>, WorkbookError> {
    let room = Room {
        extras: report.extras.values().map(Vec::len).sum(),
        accepted: report.accepted.len(),
        members: report.members.len(),
    };
    let sheets = layout::sheets(form, room)?;
    let book = Book { report, form, records: report.records(form), sheets: &sheets, formats: Formats::new() };
    book.write()
}

/// The report and the layout that the sheets are written from.
struct Book<'a> {
    report: &'a Report,
    form: &'a Form,
    /// Rows of figures, with those that a locality added.
    records: Cow<'a, [Record]>,
    sheets: &'a [Sheet],
    formats: Formats,
}

impl Book<'_> {
    fn write(&self) -> Result<Vec<u8>, WorkbookError> {
        let mut workbook = Workbook::new();
        let properties = DocProperties::new()
            .set_title(self.report.title().replace('\n', ""))
            .set_author(&self.report.agency.name)
            .set_creation_datetime(&self.created()?);
        workbook.set_properties(&properties);
        let mut given = Vec::new();
        for sheet in self.sheets {
            let page = workbook.add_worksheet();
            page.set_name(&sheet.name)?;
            self.set_paper(page);
            // A total without any figures stays empty.
            page.set_formula_result_default("");
            match &sheet.role {
                Role::Head => self.write_head(page, sheet)?,
                Role::Text(key) => self.write_text(page, sheet, key)?,
                Role::Table(key) => self.write_table(page, sheet, key, &mut given)?,
                Role::Passages => self.write_passages(page, sheet)?,
                Role::Notes => self.write_notes(page, sheet)?,
                Role::Review => self.write_review(page, sheet)?,
            }
            if !matches!(sheet.role, Role::Text(_) | Role::Passages) {
                page.protect_with_options(&ProtectionOptions {
                    format_columns: true,
                    format_rows: true,
                    ..ProtectionOptions::default()
                });
            }
        }
        self.write_hidden(workbook.add_worksheet(), &given)?;
        Ok(repack(&workbook.save_to_buffer()?).map_err(XlsxError::from)?)
    }

    /// Returns the document's date; without one the library would use the clock.
    fn created(&self) -> Result<ExcelDateTime, XlsxError> {
        let report = self.report;
        let date = report.date.or(report.published.as_ref().map(|published| published.date));
        let known = date.and_then(|date| formats::excel_date(date).ok());
        match known {
            Some(date) => Ok(date),
            None => ExcelDateTime::from_ymd(report.year.max(1900), 12, 31),
        }
    }

    fn set_paper(&self, page: &mut Worksheet) {
        page.set_paper_size(A4).set_portrait().set_print_fit_to_pages(1, 0);
        page.set_margins(0.6, 0.6, 0.7, 0.7, 0.3, 0.3).set_print_center_horizontally(true);
        page.set_footer("&C第&P页，共&N页");
    }

    /// Writes the hidden sheet: the mark, the totals that the file gave, the choices of the drop-down lists.
    fn write_hidden(&self, page: &mut Worksheet, given: &[String]) -> Result<(), WorkbookError> {
        page.set_name(HIDDEN)?;
        page.write_string(0, 0, MARK)?;
        page.write_string(1, 0, "1")?;
        page.write_string(0, GIVEN, "given")?;
        for (row, path) in (1..).zip(given) {
            page.write_string(row, GIVEN, path)?;
        }
        for (column, choice) in lists::Choice::ALL.into_iter().enumerate() {
            let column = lists::FIRST_CHOICE + u16::try_from(column).unwrap_or_default();
            for (row, word) in (0..).zip(self.choices(choice)) {
                page.write_string(row, column, word)?;
            }
        }
        page.set_hidden(true);
        page.protect();
        Ok(())
    }

    /// Returns the reference to the switch 空白按0计 for formulas of other sheets.
    fn blanks_switch(&self) -> String {
        let head = self.sheets.iter().find(|sheet| sheet.role == Role::Head);
        let field = head.and_then(|sheet| sheet.fields.iter().find(|field| field.path == "blanks"));
        match (head, field) {
            (Some(sheet), Some(field)) => {
                let column = layout::column_name(field.at.column);
                format!("'{}'!${column}${}", sheet.name, field.at.row + 1)
            }
            _ => "\"\"".to_owned(),
        }
    }
}
