//! Workbooks that are not ours: each sheet a table, as large as what is written in it.

use std::{
    collections::BTreeMap,
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use calamine::{Data, DataRef, Dimensions, Reader, SheetVisible, Xls, Xlsx};

use super::{
    ImportError,
    archive::{Archive, damaged},
    compound,
    neutral::{Block, Document, MOST_COLUMNS, MOST_ROWS, Table},
};

/// What is written in a sheet, by row and column.
type Written = BTreeMap<(u32, u32), String>;

/// A report in Excel has some hundred cells.
const MOST_CELLS: usize = 200_000;
const MOST_SHEETS: usize = 200;

/// Reads an Excel workbook (.xlsx); macros and hidden sheets are left aside.
///
/// # Errors
/// It is damaged, under a password, or holds more than a report can.
pub(super) fn xlsx(bytes: &[u8]) -> Result<Document, ImportError> {
    Archive::open(bytes)?.weigh()?;
    guarded(|| {
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        let sheets = visible(&book)?;
        let mut document = Document::default();
        for name in sheets {
            let mut written = Written::new();
            let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
            let mut cells = book.worksheet_cells_reader(&name).map_err(|_| damaged())?;
            while let Some(cell) = cells.next_cell().map_err(|_| damaged())? {
                let words = match cell.get_value() {
                    DataRef::Int(number) => number.to_string(),
                    DataRef::Float(number) => float(*number),
                    DataRef::String(text) => text.clone(),
                    DataRef::SharedString(text) => (*text).to_owned(),
                    DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
                    DataRef::DateTime(date) => date_words(date),
                    DataRef::Error(error) => error.to_string(),
                    DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
                    DataRef::Empty => continue,
                };
                put(&mut written, cell.get_position(), words)?;
            }
            document.blocks.extend(table(name, &written, &merged).map(Block::Table));
        }
        Ok(document)
    })
}

/// Reads an old Excel workbook (.xls).
///
/// # Errors
/// As [`xlsx`].
pub(super) fn xls(bytes: &[u8]) -> Result<Document, ImportError> {
    compound::weigh(bytes)?;
    guarded(|| {
        let mut book = Xls::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        let sheets = visible(&book)?;
        let mut document = Document::default();
        for name in sheets {
            let mut written = Written::new();
            let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
            let range = book.worksheet_range(&name).map_err(|_| damaged())?;
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                let words = match value {
                    Data::Int(number) => number.to_string(),
                    Data::Float(number) => float(*number),
                    Data::String(text) => text.clone(),
                    Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
                    Data::DateTime(date) => date_words(date),
                    Data::Error(error) => error.to_string(),
                    Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
                    Data::Empty => continue,
                };
                let row = u32::try_from(row).ok().and_then(|row| row.checked_add(top));
                let column = u32::try_from(column).ok().and_then(|column| column.checked_add(left));
                if let (Some(row), Some(column)) = (row, column) {
                    put(&mut written, (row, column), words)?;
                }
            }
            document.blocks.extend(table(name, &written, &merged).map(Block::Table));
        }
        Ok(document)
    })
}

/// A library that is surprised by a damaged file ends in a message too.
fn guarded(read: impl FnOnce() -> Result<Document, ImportError>) -> Result<Document, ImportError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged()))
}

fn visible<R: Reader<Cursor<B>>, B: AsRef<[u8]>>(book: &R) -> Result<Vec<String>, ImportError>
where
    Cursor<B>: std::io::Read + std::io::Seek,
{
    let sheets = book.sheets_metadata();
    if sheets.len() > MOST_SHEETS {
        return Err(ImportError::new("工作簿里的工作表太多，不像一份年度报告", "请检查是否选错了文件"));
    }
    Ok(sheets
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect())
}

fn put(written: &mut Written, at: (u32, u32), words: String) -> Result<(), ImportError> {
    if !words.trim().is_empty() {
        written.insert(at, words);
    }
    if written.len() > MOST_CELLS {
        return Err(ImportError::new(
            "工作表里的格太多，不像一份年度报告",
            "请删去不是报告的工作表，另存一份再试",
        ));
    }
    Ok(())
}

/// A number as people see it: not 0.30000000000000004.
fn float(number: f64) -> String {
    let rounded = format!("{number:.9}");
    if rounded.contains('.') {
        rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        number.to_string()
    }
}

fn date_words(date: &calamine::ExcelDateTime) -> String {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    format!("{year}年{month}月{day}日")
}

/// A sheet as a table: rows and columns in which nothing is written and nothing merged are left out, however far
/// apart the cells lie.
fn table(name: String, written: &Written, merged: &[Dimensions]) -> Option<Table> {
    let (first, _) = written.first_key_value()?;
    let left = written.keys().map(|(_, column)| *column).min()?;
    let right = written.keys().map(|(_, column)| *column).max()?;
    let bottom = written.keys().map(|(row, _)| *row).max()?;
    let mut table = Table::of_sheet(name, index(first.0), index(left));
    let rows = usize::try_from(bottom - first.0).unwrap_or(usize::MAX).saturating_add(1).min(MOST_ROWS);
    let columns = usize::try_from(right - left).unwrap_or(usize::MAX).saturating_add(1).min(MOST_COLUMNS);
    for area in merged.iter().filter(|area| area.end.0 >= area.start.0 && area.end.1 >= area.start.1) {
        let (Some(y), Some(x)) = (area.start.0.checked_sub(first.0), area.start.1.checked_sub(left)) else {
            continue;
        };
        let (y, x) = (index(y), index(x));
        if y >= rows || x >= columns {
            continue;
        }
        let text = written.get(&area.start).cloned().unwrap_or_default();
        let height = index(area.end.0 - area.start.0).saturating_add(1).min(rows - y);
        let width = index(area.end.1 - area.start.1).saturating_add(1).min(columns - x);
        table.put(y, x, height, width, text);
    }
    for y in 0..rows {
        table.reach(y);
        // Empty cells are cells too: a row of a sheet has no end before the sheet's.
        for x in 0..columns {
            if table.at(y, x).is_none() {
                let at = (
                    first.0.saturating_add(u32::try_from(y).ok()?),
                    left.saturating_add(u32::try_from(x).ok()?),
                );
                table.put(y, x, 1, 1, written.get(&at).cloned().unwrap_or_default());
            }
        }
    }
    Some(table)
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
