//! A report in the data format, as JSON: what the PDF carries and the archive keeps.

mod outline;
mod pretty;

pub use outline::to_outline;

use serde_json::{Map, Value, json};

use super::{Agency, Cell, Correction, Figure, Filing, Number, Report, totals};
use crate::form::{Extra, Form, Record};

/// Who is to read what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everybody: without `[filing]` and `[[accepted]]`.
    Public,
    /// The office itself: everything.
    Office,
}

/// A report as JSON in the data format, the keys in the order of its page, with a line end at the end.
///
/// Reading it gives the same report again, `[filing]` and `[[accepted]]` aside where the scope leaves
/// them out. Totals that the file left out are left out.
pub fn to_json(report: &Report, form: &Form, scope: Scope) -> String {
    pretty::print(&to_value(report, form, scope)) + "\n"
}

/// The same as a value.
pub(super) fn to_value(report: &Report, form: &Form, scope: Scope) -> Value {
    let mut map = Map::new();
    if let Some(form) = &report.form {
        map.insert("form".into(), form.clone().into());
    }
    map.insert("year".into(), report.year.into());
    if let Some(title) = &report.title {
        map.insert("title".into(), title.clone().into());
    }
    if let Some(date) = report.date {
        map.insert("date".into(), date.to_string().into());
    }
    if report.blanks_are_zero {
        map.insert("blanks".into(), "zero".into());
    }
    let texts = std::iter::once("preface").chain(form.texts().filter(|key| *key != "preface"));
    for key in texts {
        if let Some(paragraphs) = report.texts.get(key) {
            map.insert(key.into(), paragraphs.join("\n").into());
        }
    }
    map.insert("agency".into(), agency(&report.agency));
    if scope == Scope::Office {
        office(report, &mut map);
    }
    for (key, _) in form.tables() {
        map.insert(key.into(), section(report, form, key));
    }
    if let Some(published) = &report.published {
        let value = json!({ "date": published.date.to_string(), "digest": published.digest });
        map.insert("published".into(), value);
    }
    if !report.corrections.is_empty() {
        let corrections: Vec<Value> = report.corrections.iter().map(correction).collect();
        map.insert("corrections".into(), corrections.into());
    }
    map.into()
}

/// A number; as text where a binary float would not bring it back.
pub(super) fn number(number: Number) -> Value {
    let json = number.to_json();
    if json.to_string() == number.to_string() { json.into() } else { number.to_string().into() }
}

fn agency(agency: &Agency) -> Value {
    let mut map = Map::new();
    map.insert("name".into(), agency.name.clone().into());
    if let Some(kind) = agency.kind {
        map.insert("kind".into(), kind.key().into());
    }
    for key in Agency::DETAILS {
        if let Some(value) = agency.details.get(key) {
            map.insert(key.into(), value.clone().into());
        }
    }
    map.into()
}

fn office(report: &Report, map: &mut Map<String, Value>) {
    if let Some(Filing { recipient, roles, phone, seal }) = &report.filing {
        let value = json!({ "recipient": recipient, "roles": roles, "phone": phone, "seal": seal });
        map.insert("filing".into(), value);
    }
    if report.accepted.is_empty() {
        return;
    }
    let entries = report.accepted.iter().map(|accepted| {
        let mut entry = Map::new();
        entry.insert("rule".into(), accepted.rule.clone().into());
        if let Some(path) = &accepted.path {
            entry.insert("path".into(), path.clone().into());
        }
        entry.insert("reason".into(), accepted.reason.clone().into());
        entry.insert("by".into(), accepted.by.clone().into());
        Value::from(entry)
    });
    map.insert("accepted".into(), entries.collect::<Vec<_>>().into());
}

fn correction(correction: &Correction) -> Value {
    let changes: Vec<Value> = correction
        .changes
        .iter()
        .map(|change| {
            let mut entry = Map::new();
            entry.insert("path".into(), change.path.clone().into());
            entry.insert("old".into(), change.old.clone());
            entry.insert("new".into(), change.new.clone());
            if change.redact {
                entry.insert("redact".into(), true.into());
            }
            entry.into()
        })
        .collect();
    json!({ "date": correction.date.to_string(), "reason": correction.reason, "changes": changes })
}

/// A table's section: its rows nested by their keys, its note, its extra rows.
fn section(report: &Report, form: &Form, key: &str) -> Value {
    let mut map = Map::new();
    let extras = report.extras.get(key).map(Vec::as_slice).unwrap_or_default();
    let records = report.records(form);
    let records = records.iter().filter(|record| totals::section(&record.path) == Some(key));
    let (rows, added): (Vec<&Record>, Vec<&Record>) = records.partition(|record| {
        !extras.iter().enumerate().any(|(index, _)| record.path == extra_path(key, index))
    });
    for record in rows {
        // A row that is the section itself, or that has rows under it, is written by its columns.
        let keys: Vec<&str> = record.path.split('.').skip(1).collect();
        let Some(value) = row(report, record) else { continue };
        match (keys.split_last(), value) {
            (Some((last, groups)), value) => {
                if let Some(group) = group(&mut map, groups) {
                    group.insert((*last).into(), value);
                }
            }
            (None, _) => map.extend(by_column(report, record)),
        }
    }
    if let Some(note) = report.notes.get(key) {
        map.insert("note".into(), note.clone().into());
    }
    if !extras.is_empty() {
        let entries = extras.iter().enumerate().map(|(index, extra)| {
            let path = extra_path(key, index);
            let figures =
                added.iter().find(|record| record.path == path).and_then(|record| row(report, record));
            extra_row(extra, figures)
        });
        map.insert("extra".into(), entries.collect::<Vec<_>>().into());
    }
    map.into()
}

fn extra_path(section: &str, index: usize) -> String {
    format!("{section}.extra[{}]", index + 1)
}

fn extra_row(extra: &Extra, figures: Option<Value>) -> Value {
    let mut map = Map::new();
    map.insert("after".into(), extra.after.clone().into());
    map.insert("label".into(), extra.label.clone().into());
    if let Some(figures) = figures {
        map.insert("figures".into(), figures);
    }
    map.into()
}

/// The map of a group, made where it is not there yet.
fn group<'m>(mut map: &'m mut Map<String, Value>, keys: &[&str]) -> Option<&'m mut Map<String, Value>> {
    for key in keys {
        map = map.entry(*key).or_insert_with(|| Map::new().into()).as_object_mut()?;
    }
    Some(map)
}

/// A row: an array, or its one figure bare; `None` where the file leaves it out or it is missing.
fn row(report: &Report, record: &Record) -> Option<Value> {
    let mut cells: Vec<Option<Value>> =
        record.figures.iter().map(|address| given(report, &address.path)).collect();
    if cells.iter().all(Option::is_none) {
        return None;
    }
    if let [Some(only)] = cells.as_slice() {
        return Some(only.clone());
    }
    // What comes before a gap needs its place; a total at the end is simply left out.
    if cells.last().is_some_and(Option::is_none) {
        cells.pop();
    }
    Some(cells.into_iter().map(Option::unwrap_or_default).collect())
}

fn by_column(report: &Report, record: &Record) -> Map<String, Value> {
    let cells = record
        .figures
        .iter()
        .filter_map(|address| Some((address.column.clone(), given(report, &address.path)?)));
    cells.collect()
}

/// A cell as the file gives it; `None` where it leaves it out.
fn given(report: &Report, path: &str) -> Option<Value> {
    report.figures.get(path).filter(|cell| !cell.computed).map(cell)
}

/// A cell in the data format.
pub(super) fn cell(cell: &Cell) -> Value {
    let value = match cell.figure {
        Figure::Number(figure) => number(figure),
        Figure::NotApplicable => "/".into(),
        Figure::Blank => "".into(),
    };
    if cell.note.is_none() && cell.unit.is_none() {
        return value;
    }
    let mut map = Map::new();
    map.insert("value".into(), value);
    if let Some(note) = &cell.note {
        map.insert("note".into(), note.clone().into());
    }
    if let Some(unit) = &cell.unit {
        map.insert("unit".into(), unit.clone().into());
    }
    map.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_a_float_would_spoil_is_text() {
        let written = |text: &str| number(Number::parse(text).expect("a number"));
        assert_eq!(written("3120"), json!(3120));
        assert_eq!(written("-8"), json!(-8));
        assert_eq!(written("27.948692"), json!(27.948692));
        assert_eq!(written("999999999999"), json!(999_999_999_999_i64));
        assert_eq!(written("999999999999.999999"), json!("999999999999.999999"));
        assert_eq!(written("0.000001"), json!("0.000001"));
    }
}
