//! Reads the filled cells of a workbook, sheet by sheet.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError};

use super::Pos;
use crate::workbook::guard::unreadable;
use gongbao_core::{finding::Finding, syntax::Value};

/// Limits of sheets and cells. A workbook of this program has about ten sheets of a few hundred cells.
const MOST_SHEETS: usize = 60;
const MOST_CELLS: usize = 20_000;
/// Maximum size of the texts and formulas of all cells in bytes. Cells may share one long text or formula.
const MOST_TEXT: usize = 16 << 20;

/// Content of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Content {
    /// The value; for a formula its stored result, null if the file has none.
    pub(super) value: Value,
    /// The formula.
    pub(super) formula: Option<String>,
}

impl Content {
    /// Returns the text of the cell.
    pub(super) fn words(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) | Value::Number(text) | Value::Date(text) => Some(text),
            _ => None,
        }
    }
}

/// A sheet.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) name: String,
    /// Cells with content.
    pub(super) cells: BTreeMap<Pos, Content>,
    /// Whether the sheet has more cells than the limit.
    pub(super) is_cut: bool,
    pub(super) is_visible: bool,
}

impl Page {
    /// Returns the text of a cell.
    pub(super) fn words(&self, at: Pos) -> Option<&str> {
        self.cells.get(&at).and_then(Content::words)
    }
}

/// Reads all sheets. Macros, pictures and formats are ignored.
///
/// # Errors
/// Returns a finding if the file is damaged.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Vec<Page>, Finding> {
    let damaged = |error: XlsxError| {
        let message = format!("工作簿已经损坏，读不出来（{error}）");
        unreadable(name, message, "请在 Excel 或 WPS 里打开，另存为 .xlsx 后再试")
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let mut pages = Vec::new();
    let mut room = MOST_TEXT;
    for (name, is_visible) in sheets.into_iter().take(MOST_SHEETS) {
        let mut page = Page { name: name.clone(), cells: BTreeMap::new(), is_cut: false, is_visible };
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            // A sheet that is a chart has no cells.
            Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => continue,
            Err(error) => return Err(damaged(error)),
        };
        while let Some(cell) = reader.next_cell_with_formula().map_err(damaged)? {
            let value = value(&cell.value);
            let formula = cell.formula.filter(|formula| !formula.is_empty());
            if value == Value::Null && formula.is_none() {
                continue;
            }
            let size = formula.as_ref().map_or(0, String::len) + length(&value);
            room = room.saturating_sub(size);
            if page.cells.len() == MOST_CELLS || room == 0 {
                page.is_cut = true;
                break;
            }
            let (row, column) = cell.pos;
            let at = Pos::new(row, u16::try_from(column).unwrap_or(u16::MAX));
            page.cells.insert(at, Content { value, formula });
        }
        pages.push(page);
    }
    Ok(pages)
}

fn value(data: &DataRef<'_>) -> Value {
    match data {
        DataRef::Empty => Value::Null,
        DataRef::String(text) => words(text),
        DataRef::SharedString(text) => words(text),
        DataRef::Float(number) => Value::Number(decimal(*number)),
        DataRef::Int(number) => Value::Number(number.to_string()),
        DataRef::Bool(flag) => Value::Bool(*flag),
        DataRef::Error(error) => Value::Text(error.to_string()),
        DataRef::DateTime(time) => {
            if !time.is_datetime() {
                return Value::Number(decimal(time.as_f64()));
            }
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            Value::Date(format!("{year:04}-{month:02}-{day:02}"))
        }
        DataRef::DateTimeIso(text) => Value::Date(text.split('T').next().unwrap_or_default().to_owned()),
        DataRef::DurationIso(text) => Value::Text(text.clone()),
    }
}

/// Returns the size of a value's text in bytes.
fn length(value: &Value) -> usize {
    match value {
        Value::Text(text) | Value::Number(text) | Value::Date(text) => text.len(),
        _ => 0,
    }
}

/// Creates a text value; null for white space alone.
fn words(text: &str) -> Value {
    if text.trim().is_empty() { Value::Null } else { Value::Text(text.replace("\r\n", "\n")) }
}

/// Formats a number as spreadsheets do: to fifteen digits, which hides errors of binary floats.
fn decimal(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_that_people_see() {
        for (number, text) in [
            (0.1 + 0.2, "0.3"),
            (27.948692, "27.948692"),
            (999_999_999_999.0, "999999999999"),
            (-8.0, "-8"),
            (0.0, "0"),
        ] {
            assert_eq!(decimal(number), text);
        }
    }
}
