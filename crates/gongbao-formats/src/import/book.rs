//! Workbooks of other origin: each sheet is a table.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, DataRef, Dimensions, Reader, SheetVisible, Xls, Xlsx};

use super::{
    ImportError, LIMITS, damaged,
    neutral::{Block, Document, MOST_COLUMNS, MOST_ROWS, Sheet, Table},
    records,
};
use crate::{archive::Archive, claims};

/// Texts of a sheet by row and column.
type Written = BTreeMap<(u32, u32), String>;

/// Maximum size of the texts of all cells in bytes. Cells may share one long text.
const MOST_TEXT: usize = 32 << 20;

/// Maximum number of cells; a report in Excel has some hundred.
const MOST_CELLS: usize = 200_000;
const MOST_SHEETS: usize = 200;

/// Reads an Excel workbook (.xlsx). Macros and hidden sheets are ignored.
///
/// # Errors
/// It is damaged, encrypted, or larger than any report.
pub(super) fn xlsx(bytes: &[u8]) -> Result<Document, ImportError> {
    claims::check(Archive::open(bytes, LIMITS)?)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let sheets = visible(&book)?;
    let mut document = Document::default();
    let mut room = MOST_TEXT;
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
            put(&mut written, &mut room, cell.get_position(), words)?;
        }
        document.blocks.extend(table(name, &written, &merged).map(Block::Table));
    }
    Ok(document)
}

/// Reads an old Excel workbook (.xls).
///
/// # Errors
/// As [`xlsx`].
pub(super) fn xls(bytes: &[u8]) -> Result<Document, ImportError> {
    records::check(bytes)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let sheets = visible(&book)?;
    let mut document = Document::default();
    let mut room = MOST_TEXT;
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
                put(&mut written, &mut room, (row, column), words)?;
            }
        }
        document.blocks.extend(table(name, &written, &merged).map(Block::Table));
    }
    Ok(document)
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

fn put(written: &mut Written, room: &mut usize, at: (u32, u32), words: String) -> Result<(), ImportError> {
    let left = room.checked_sub(words.len());
    *room = left.unwrap_or_default();
    if !words.trim().is_empty() {
        written.insert(at, words);
    }
    if written.len() > MOST_CELLS || left.is_none() {
        return Err(ImportError::new(
            "工作表里的格太多，不像一份年度报告",
            "请删去不是报告的工作表，另存一份再试",
        ));
    }
    Ok(())
}

/// A number as displayed: 0.3, not 0.30000000000000004.
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

/// Converts a sheet into a table. Of blank rows and columns between cells only as many are kept as a table may contain.
fn table(name: String, written: &Written, merged: &[Dimensions]) -> Option<Table> {
    if written.is_empty() {
        return None;
    }
    let begin = |area: &&Dimensions| {
        written.contains_key(&area.start) && area.end.0 >= area.start.0 && area.end.1 >= area.start.1
    };
    let reach = |from: u32, to: u32| to.min(from.saturating_add(BLANKS));
    let mut rows: Vec<u32> = written.keys().map(|(row, _)| *row).collect();
    let mut columns: Vec<u32> = written.keys().map(|(_, column)| *column).collect();
    // Columns below a merged header, and the row of figures below the last header, may be blank.
    rows.extend(merged.iter().filter(begin).map(|area| reach(area.start.0, area.end.0)));
    columns.extend(merged.iter().filter(begin).map(|area| reach(area.start.1, area.end.1)));
    rows.extend(rows.iter().max().and_then(|last| last.checked_add(1)));
    let (rows, columns) = (kept(rows), kept(columns));
    let numbers = |kept: &[u32]| kept.iter().map(|at| usize::try_from(*at).unwrap_or(usize::MAX)).collect();
    let mut table = Table::of_sheet(Sheet { name, rows: numbers(&rows), columns: numbers(&columns) });
    table.is_cut = rows.len() > MOST_ROWS || columns.len() > MOST_COLUMNS;
    let span = |kept: &[u32], from: u32, to: u32| {
        let first = kept.partition_point(|at| *at < from);
        (first, kept.partition_point(|at| *at <= to).saturating_sub(first))
    };
    // Limits the cost of overlapping merged areas.
    let mut room = 4 * MOST_ROWS * MOST_COLUMNS;
    for area in merged {
        let (y, height) = span(&rows, area.start.0, area.end.0);
        let (x, width) = span(&columns, area.start.1, area.end.1);
        if height == 0 || width == 0 || table.at(y, x).is_some() {
            continue;
        }
        match room.checked_sub(height.min(MOST_ROWS) * width.min(MOST_COLUMNS)) {
            Some(left) => room = left,
            None => {
                table.is_cut = true;
                break;
            }
        }
        table.put(y, x, height, width, written.get(&area.start).cloned().unwrap_or_default());
    }
    for (y, row) in rows.iter().enumerate().take(MOST_ROWS) {
        table.reach(y);
        // Empty cells are cells, too: all rows of a sheet have the same length.
        for (x, column) in columns.iter().enumerate().take(MOST_COLUMNS) {
            if table.at(y, x).is_none() {
                table.put(y, x, 1, 1, written.get(&(*row, *column)).cloned().unwrap_or_default());
            }
        }
    }
    Some(table)
}

/// Maximum number of adjacent blank rows or columns in a table.
const BLANKS: u32 = 12;

/// The rows or columns in use, in order, each with up to [`BLANKS`] blank ones before it.
fn kept(mut used: Vec<u32>) -> Vec<u32> {
    used.sort_unstable();
    used.dedup();
    let mut kept: Vec<u32> = Vec::new();
    for at in used {
        let from = kept.last().map_or(at, |last| last.saturating_add(1).max(at.saturating_sub(BLANKS)));
        kept.extend(from..=at);
    }
    kept
}
