//! What the sheet 注释 calls rows and columns: the words of the form, so that nobody has to know a path.

use gongbao_core::form::{Address, Form, Record};

/// Rows of figures by name and path; a row whose words another one has too goes by its path.
pub(super) fn rows(records: &[Record]) -> Vec<(String, String)> {
    let is_alone = |place: &str| records.iter().filter(|record| record.place == place).count() == 1;
    let name = |record: &Record| {
        if is_alone(&record.place) { record.place.clone() } else { record.path.clone() }
    };
    records.iter().map(|record| (name(record), record.path.clone())).collect()
}

/// What a column is called within its row.
pub(super) fn column<'a>(address: &'a Address, record: &Record) -> &'a str {
    address
        .place
        .strip_prefix(record.place.as_str())
        .and_then(|rest| rest.strip_prefix(" › "))
        .unwrap_or(&address.column)
}

/// All names of columns, each once.
pub(super) fn columns(records: &[Record]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for record in records {
        for address in &record.figures {
            let name = column(address, record);
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// The rows after which a locality may add one: name, section, path within it.
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

/// Words as they are compared: without the spaces and line breaks that somebody may have put in.
pub(super) fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}
