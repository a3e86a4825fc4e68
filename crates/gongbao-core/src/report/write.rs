//! Writes a report in the data format: JSON for the PDF and the archive, TOML and YAML for people.

mod outline;
mod pretty;
mod rows;
mod toml;
mod yaml;

pub use self::toml::toml_paragraphs;
pub use self::{outline::to_outline, toml::to_toml, yaml::to_yaml};

use serde_json::{Map, Value};

use self::rows::{Row, Section};
use super::{
    Cell, Figure, Number, Report,
    fields::{self, FieldSpec, FieldTable},
};
use crate::{form::Form, syntax::Format};

/// Readers that an output is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everyone: without `[filing]`, `[[accepted]]`, `[[members]]` and withdrawn values.
    Public,
    /// The office itself: all keys.
    Office,
}

impl Scope {
    fn includes(self, spec: &FieldSpec) -> bool {
        self == Self::Office || spec.scope.is_public()
    }
}

/// Writes a report as JSON, the keys in the order of the data format, with a line end at the end.
///
/// Reading the output gives the same report, except for what the scope leaves out. Totals that the file left out are
/// left out.
pub fn to_json(report: &Report, form: &Form, scope: Scope) -> String {
    pretty::print(&to_value(report, form, scope)) + "\n"
}

/// Writes a report in one of the three notations of the data format.
///
/// Reading the output gives the same report, as for [`to_json`].
pub fn to_text(report: &Report, form: &Form, scope: Scope, format: Format) -> String {
    match format {
        Format::Toml => to_toml(report, form, scope),
        Format::Json => to_json(report, form, scope),
        Format::Yaml => to_yaml(report, form, scope),
    }
}

/// Returns the report as a JSON value, as [`to_json`] writes it.
pub(super) fn to_value(report: &Report, form: &Form, scope: Scope) -> Value {
    let mut map = fields::HEAD.to_json(report);
    if !report.scopes.is_empty() && scope.includes(&fields::SCOPES_SPEC) {
        let scopes = report.scopes.iter().map(|(path, scope)| (path.clone(), Value::from(scope.key())));
        map.insert(fields::SCOPES_SPEC.key.into(), scopes.collect::<Map<_, _>>().into());
    }
    for key in form.text_keys() {
        if let Some(paragraphs) = report.texts.get(key) {
            map.insert(key.into(), paragraphs.join("\n").into());
        }
    }
    put(&mut map, scope, &fields::AGENCY, Some(&report.agency));
    put(&mut map, scope, &fields::FILING, report.filing.as_ref());
    put_list(&mut map, scope, &fields::MEMBERS, &report.members);
    put_list(&mut map, scope, &fields::ACCEPTED, &report.accepted);
    for (key, _) in form.tables() {
        map.insert(key.into(), section(report, form, key));
    }
    put(&mut map, scope, &fields::PUBLISHED, report.published.as_ref());
    // Withdrawn values are not public.
    let corrections = match scope {
        Scope::Public => report.public_corrections(),
        Scope::Office => report.corrections.clone(),
    };
    put_list(&mut map, scope, &fields::CORRECTIONS, &corrections);
    map.into()
}

/// Puts a table under its key, if `scope` includes it and the report has it.
fn put<T>(map: &mut Map<String, Value>, scope: Scope, table: &'static FieldTable<T>, value: Option<&T>) {
    if let Some(value) = value.filter(|_| scope.includes(&table.spec)) {
        map.insert(table.spec.key.into(), table.to_json(value).into());
    }
}

/// Puts a list of tables under its key, if `scope` includes it and the report has any.
fn put_list<T>(map: &mut Map<String, Value>, scope: Scope, table: &'static FieldTable<T>, values: &[T]) {
    if !values.is_empty() && scope.includes(&table.spec) {
        let entries: Vec<Value> = values.iter().map(|value| table.to_json(value).into()).collect();
        map.insert(table.spec.key.into(), entries.into());
    }
}

/// Converts a number to JSON: to text if a binary float would change it.
pub(super) fn number(number: Number) -> Value {
    let json = number.to_json();
    if json.to_string() == number.to_string() { json.into() } else { number.to_string().into() }
}

/// Returns a table's section: its rows nested by their keys, its note, the texts beside it, its extra rows.
fn section(report: &Report, form: &Form, key: &str) -> Value {
    let Section { rows, note, texts, extras } = Section::of(report, form, key);
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
    for (keys, paragraphs) in &texts {
        if let Some((last, groups)) = keys.split_last()
            && let Some(group) = group(&mut map, groups)
        {
            group.insert(last.clone(), paragraphs.join("\n").into());
        }
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

/// Returns the map of a group of rows, which is created if needed.
fn group<'m>(mut map: &'m mut Map<String, Value>, keys: &[String]) -> Option<&'m mut Map<String, Value>> {
    for key in keys {
        map = map.entry(key.as_str()).or_insert_with(|| Map::new().into()).as_object_mut()?;
    }
    Some(map)
}

/// Converts a cell to the data format.
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
    use serde_json::json;

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
