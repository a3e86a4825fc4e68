//! Rosters that were written as a workbook.

use std::io::Cursor;

use calamine::{Data, Reader, open_workbook_auto_from_rs};

use crate::{
    archive::{Archive, Limits},
    claims,
    import::records,
};

/// Limits of a workbook with a roster.
const LIMITS: Limits = Limits { unpacked: 64 << 20, parts: 1000 };
/// Headings of the column with the names; rows above them are a title.
const NAMES: [&str; 5] = ["单位名称", "单位", "名称", "机构名称", "name"];

/// Returns the first sheet of a workbook that is not empty as a list with commas, as the roster reader takes it; `None` if
/// the file is not a workbook or has no words.
pub fn list_in_workbook(bytes: &[u8]) -> Option<String> {
    // What the file claims is checked before a library allocates by it.
    if bytes.starts_with(b"PK") {
        claims::check(Archive::open(bytes, LIMITS).ok()?).ok()?;
    } else {
        records::check(bytes).ok()?;
    }
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).ok()?;
    let names = workbook.sheet_names();
    let range = names
        .iter()
        .filter_map(|name| workbook.worksheet_range(name).ok())
        .find(|range| !range.is_empty())?;
    let rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(words).collect()).collect();
    let has_heading = |row: &Vec<String>| row.iter().any(|cell| NAMES.contains(&cell.as_str()));
    let first = rows.iter().position(has_heading).unwrap_or(0);
    let mut list = String::new();
    for cells in rows.iter().skip(first) {
        if cells.iter().any(|cell| !cell.is_empty()) {
            list += &cells.join(",");
            list.push('\n');
        }
    }
    (!list.is_empty()).then_some(list)
}

/// Returns the words of a cell as one field of a list.
fn words(cell: &Data) -> String {
    let text = match cell {
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
