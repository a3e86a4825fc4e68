//! A report in the data format: JSON for the PDF and the archive, TOML and YAML for people.

mod outline;
mod pretty;
mod rows;
mod toml;
mod yaml;

pub use self::toml::toml_paragraphs;
pub use self::{outline::to_outline, toml::to_toml, yaml::to_yaml};

use serde_json::{Map, Value, json};

use self::rows::{Row, Section};
use super::{Agency, Cell, Correction, Figure, Filing, Member, Number, Report};
use crate::{form::Form, syntax::Format};

/// Who is to read what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everybody: without `[filing]`, `[[accepted]]`, `[[members]]` and what a correction withdrew.
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

/// A report in the data format, in whichever of its three notations.
///
/// Reading it gives the same report again, as [`to_json`] says.
pub fn to_text(report: &Report, form: &Form, scope: Scope, format: Format) -> String {
    match format {
        Format::Toml => to_toml(report, form, scope),
        Format::Json => to_json(report, form, scope),
        Format::Yaml => to_yaml(report, form, scope),
    }
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
    let texts = form.text_keys();
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
        // What was withdrawn stays in the office.
        let corrections = match scope {
            Scope::Public => report.public_corrections(),
            Scope::Office => report.corrections.clone(),
        };
        let corrections: Vec<Value> = corrections.iter().map(correction).collect();
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
    if !report.members.is_empty() {
        let entry =
            |member: &Member| json!({ "name": member.name, "file": member.file, "digest": member.digest });
        map.insert("members".into(), report.members.iter().map(entry).collect());
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
            for (key, value) in [("old", &change.old), ("new", &change.new)] {
                if !value.is_null() {
                    entry.insert(key.into(), value.clone());
                }
            }
            if change.redact {
                entry.insert("redact".into(), true.into());
            }
            entry.into()
        })
        .collect();
    let mut entry = Map::new();
    entry.insert("date".into(), correction.date.to_string().into());
    entry.insert("reason".into(), correction.reason.clone().into());
    if let Some(digest) = &correction.replaces {
        entry.insert("replaces".into(), digest.clone().into());
    }
    entry.insert("changes".into(), changes.into());
    entry.into()
}

/// A table's section: its rows nested by their keys, its note, its extra rows.
fn section(report: &Report, form: &Form, key: &str) -> Value {
    let Section { rows, note, extras } = Section::of(report, form, key);
    let mut map = Map::new();
    for row in &rows {
        let (Some((last, groups)), Some(value)) = (row.keys.split_last(), row.value()) else { continue };
        if let Some(group) = group(&mut map, groups) {
            group.insert(last.clone(), value);
        }
    }
    if let Some(note) = note {
        map.insert("note".into(), note.into());
    }
    if !extras.is_empty() {
        map.insert("extra".into(), extras.iter().map(|(after, row)| extra_row(after, row)).collect());
    }
    map.into()
}

fn extra_row(after: &str, row: &Row) -> Value {
    let mut map = Map::new();
    map.insert("after".into(), after.into());
    map.insert("label".into(), row.label.clone().into());
    if let Some(figures) = row.value() {
        map.insert("figures".into(), figures);
    }
    map.into()
}

/// The map of a group, made where it is not there yet.
fn group<'m>(mut map: &'m mut Map<String, Value>, keys: &[String]) -> Option<&'m mut Map<String, Value>> {
    for key in keys {
        map = map.entry(key.as_str()).or_insert_with(|| Map::new().into()).as_object_mut()?;
    }
    Some(map)
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
