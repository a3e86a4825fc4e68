//! Figures of a report, as the page shows them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use gongbao_core::{
    form::{Part, Record},
    report::{Cell, Figure, ReportFile},
};

/// Returns a cell as it is typed: digits, `/`, or nothing for a cell left blank on purpose.
pub(super) fn raw(cell: &Cell) -> String {
    match cell.figure {
        Figure::Number(number) => number.to_string() + cell.unit.as_deref().unwrap_or_default(),
        Figure::NotApplicable => "/".to_owned(),
        Figure::Blank => String::new(),
    }
}

/// Returns all figures by path: `raw` (null if the file leaves it out), and where they apply `note`, `unit`, the sum
/// `computed` by the form's rules, and its `formula` in words.
pub(super) fn values(file: &ReportFile) -> BTreeMap<String, Value> {
    let report = &file.report;
    let records = report.records(&file.form);
    let mut values = BTreeMap::new();
    for address in records.iter().flat_map(|record| &record.figures) {
        let cell = report.figures.get(&address.path);
        let mut value = Map::new();
        let given = cell.filter(|cell| !cell.computed);
        value.insert("raw".to_owned(), given.map_or(Value::Null, |cell| raw(cell).into()));
        if let Some(note) = given.and_then(|cell| cell.note.as_ref()) {
            value.insert("note".to_owned(), note.clone().into());
        }
        let parts = file.form.parts_of(&records, &address.path);
        if !parts.is_empty() {
            let sum = report.sum(&parts);
            let sum = sum.map(|figure| raw(&Cell { figure, note: None, unit: None, computed: true }));
            value.insert("computed".to_owned(), json!(sum));
            value.insert("formula".to_owned(), formula(&records, &parts).into());
        }
        values.insert(address.path.clone(), value.into());
    }
    values
}

/// Returns a sum in words: its parts, or their number if there are many.
fn formula(records: &[Record], parts: &[Part]) -> String {
    const SHOWN: usize = 8;
    if parts.len() > SHOWN {
        return format!("以上{}项之和", parts.len());
    }
    let mut text = "＝".to_owned();
    for (index, part) in parts.iter().enumerate() {
        let address = records.iter().flat_map(|record| &record.figures).find(|a| a.path == part.path);
        let words = address.map_or("", |address| address.label());
        text += match (index, part.negative) {
            (_, true) => "－",
            (0, false) => "",
            (_, false) => "＋",
        };
        text += words;
    }
    text
}
