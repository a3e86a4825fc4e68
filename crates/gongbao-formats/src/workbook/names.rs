//! Names of rows and columns on the sheet 注释: the words of the form instead of paths.

use gongbao_core::finding::Place;
use gongbao_core::form::{Form, Record};

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

/// Returns words without white space, for comparison.
pub(super) fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}
