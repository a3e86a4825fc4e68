//! Names of rows and columns on the sheet 注释: the words of the form instead of paths.

use gongbao_core::finding::Place;
use gongbao_core::form::{Form, Position, Record};

/// Returns the name and path of each row; rows with equal words are named by their paths.
pub(super) fn rows(records: &[Record]) -> Vec<(String, String)> {
    let is_alone = |place: &Place| records.iter().filter(|record| record.place == *place).count() == 1;
    let name = |record: &Record| {
        if is_alone(&record.place) { record.place.to_string() } else { record.path.clone() }
    };
    records.iter().map(|record| (name(record), record.path.clone())).collect()
}

/// Returns all names of columns, each once.
pub(super) fn columns(records: &[Record]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for record in records {
        for address in &record.figures {
            let name = address.label();
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Returns the rows after which a locality may add one: name, section, path within the section.
pub(super) fn after(form: &Form) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for (key, _) in form.tables().filter(|(_, table)| table.extra_rows) {
        for (name, path) in rows(form.records_of(key)) {
            if let Some(row) = path.strip_prefix(key).and_then(|rest| rest.strip_prefix('.')) {
                found.push((name, key.to_owned(), row.to_owned()));
            }
        }
    }
    found
}

/// Returns the texts beside the tables: name, key. Rows with equal words are named by their keys.
pub(super) fn passages(form: &Form) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (section, table) in form.tables() {
        for passage in form.passages(section) {
            let table = &table.name;
            let name = match passage.position {
                Position::Before => format!("{table}之前"),
                Position::After => format!("{table}之后"),
                Position::Between(_) => {
                    let row = passage.row().unwrap_or_default();
                    let path = format!("{section}.{row}");
                    let record = form.records_of(section).iter().find(|record| record.path == path);
                    format!("{table}“{}”一块之前", record.map_or(row, Record::label))
                }
            };
            let is_taken = found.iter().any(|(known, _)| *known == name);
            found.push((if is_taken { passage.key.clone() } else { name }, passage.key.clone()));
        }
    }
    found
}

/// Returns words without white space, for comparison.
pub(super) fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}
