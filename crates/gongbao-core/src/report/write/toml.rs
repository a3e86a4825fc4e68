//! Writes a report as TOML, laid out for people.

use serde_json::{Map, Value};
use toml_writer::{ToTomlKey, ToTomlValue, TomlKeyBuilder, TomlStringBuilder};

use super::{
    Scope,
    rows::{Line, Section, comment, labelled, width},
    to_value,
};
use crate::{
    form::Form,
    report::{
        Published, Report,
        fields::{self, FieldKind},
    },
};

/// Writes a report as TOML: the head first, then a section for each table with its rows in the order of the form and
/// their labels as comments.
///
/// Reading the output gives the same report, as for [`super::to_json`].
pub fn to_toml(report: &Report, form: &Form, scope: Scope) -> String {
    let value = to_value(report, form, scope);
    let empty = Map::new();
    let map = value.as_object().unwrap_or(&empty);
    let is_text = |key: &str| form.text_keys().any(|text| text == key);
    let mut out = String::new();
    // TOML demands all keys of the head before the first table; short values come before the texts.
    for (key, value) in map.iter().filter(|(key, _)| !is_text(key)) {
        match value {
            Value::String(date) if is_date(key) => entry(&mut out, key, date),
            Value::String(_) | Value::Number(_) => entry(&mut out, key, &inline(value)),
            // The paths of paragraphs cannot be keys of a table in brackets without quotes.
            Value::Object(_) if key == fields::SCOPES_SPEC.key => entry(&mut out, key, &inline(value)),
            _ => {}
        }
    }
    if let Some(Published { date, digest }) = &report.published {
        let value = format!("{{ date = {date}, digest = {} }}", string(digest));
        entry(&mut out, fields::PUBLISHED.spec.key, &value);
    }
    for (key, value) in map {
        if let (true, Value::String(text)) = (is_text(key), value) {
            heading(&mut out, form.heading(key));
            entry(&mut out, key, &many_lines(&format!("{text}\n")));
        }
    }
    for (key, value) in map {
        match value {
            Value::Object(_) if form.tables.contains_key(key) => section(&mut out, report, form, key),
            Value::Object(entries) if key != fields::PUBLISHED.spec.key && key != fields::SCOPES_SPEC.key => {
                out.push_str(&format!("\n[{}]\n", self::key(key)));
                entries.iter().for_each(|(key, value)| entry(&mut out, key, &inline(value)));
            }
            Value::Array(items) => items.iter().for_each(|item| element(&mut out, key, item)),
            _ => {}
        }
    }
    out
}

/// Writes an empty line and the chapter's heading as a comment.
fn heading(out: &mut String, words: Option<&str>) {
    out.push('\n');
    if let Some(words) = words {
        out.push_str(&format!("# {}\n", comment(words)));
    }
}

fn entry(out: &mut String, key: &str, value: &str) {
    out.push_str(&format!("{} = {value}\n", self::key(key)));
}

/// Writes a table's section.
fn section(out: &mut String, report: &Report, form: &Form, key: &str) {
    let Section { rows, note, texts, extras } = Section::of(report, form, key);
    heading(out, form.heading(key));
    out.push_str(&format!("[{}]\n", self::key(key)));
    let rows: Vec<_> = rows.iter().filter_map(|row| Some((row, row.by_hand()?))).collect();
    let path = |keys: &[String]| keys.iter().map(|key| self::key(key)).collect::<Vec<_>>().join(".");
    let longest = rows.iter().map(|(row, _)| width(&path(&row.keys))).max().unwrap_or_default();
    for block in rows.chunk_by(|(one, _), (next, _)| one.columns() == next.columns()) {
        let Some((first, _)) = block.first() else { continue };
        out.push_str(&format!("# {}\n", comment(&first.columns())));
        let values = aligned(&block.iter().map(|(_, value)| value).collect::<Vec<_>>());
        let lines = block.iter().zip(values).map(|((row, _), value)| {
            let path = path(&row.keys);
            let gap = " ".repeat(longest - width(&path));
            Line { text: format!("{path}{gap} = {value}"), label: row.label.clone() }
        });
        labelled(&lines.collect::<Vec<_>>(), out);
    }
    if let Some(note) = note {
        let value = if note.contains('\n') { many_lines(&note) } else { string(&note) };
        entry(out, "note", &value);
    }
    for (keys, paragraphs) in &texts {
        let path = keys.iter().map(|key| self::key(key)).collect::<Vec<_>>().join(".");
        out.push_str(&format!("{path} = {}\n", many_lines(&format!("{}\n", paragraphs.join("\n")))));
    }
    for (after, row) in &extras {
        out.push_str(&format!("\n[[{}.extra]]\n", self::key(key)));
        entry(out, "after", &string(after));
        entry(out, "label", &string(&row.label));
        if let Some(figures) = row.by_hand() {
            entry(out, "figures", &inline(&figures));
        }
    }
}

/// Writes one entry of a list of tables; lists of tables within it have one line for each entry.
fn element(out: &mut String, table: &str, item: &Value) {
    out.push_str(&format!("\n[[{}]]\n", self::key(table)));
    let Value::Object(entries) = item else { return };
    for (key, value) in entries {
        match value {
            Value::Array(items) if items.iter().any(Value::is_object) => {
                let lines: String = items.iter().map(|item| format!("  {},\n", inline(item))).collect();
                entry(out, key, &format!("[\n{lines}]"));
            }
            Value::String(date) if is_date(&format!("{table}.{key}")) => entry(out, key, date),
            _ => entry(out, key, &inline(value)),
        }
    }
}

/// Whether the key at this path holds a date, which TOML writes without quotes.
fn is_date(path: &str) -> bool {
    fields::spec(path).is_some_and(|spec| spec.kind == FieldKind::Date)
}

/// Returns rows with the same columns, their figures aligned.
fn aligned(rows: &[&Value]) -> Vec<String> {
    // A longer value, such as a cell with a note, is not aligned.
    const LONGEST: usize = 13;
    let mut widths: Vec<usize> = Vec::new();
    for cells in rows.iter().filter_map(|row| row.as_array()) {
        for (at, cell) in cells.iter().enumerate() {
            let width = Some(width(&inline(cell))).filter(|width| *width <= LONGEST).unwrap_or_default();
            match widths.get_mut(at) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    let row = |row: &&Value| match row.as_array() {
        Some(cells) => {
            let cells = cells.iter().zip(&widths).map(|(cell, widest)| {
                let cell = inline(cell);
                format!("{}{cell}", " ".repeat(widest.saturating_sub(width(&cell))))
            });
            format!("[{}]", cells.collect::<Vec<_>>().join(", "))
        }
        None => inline(row),
    };
    rows.iter().map(row).collect()
}

/// Returns a value on one line.
pub(super) fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => string(text),
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| format!("{} = {}", self::key(key), inline(value));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        // TOML has no null: `by_hand` leaves none.
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

pub(super) fn key(key: &str) -> String {
    TomlKeyBuilder::new(key).as_default().to_toml_key()
}

fn string(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}

/// Returns a text of several lines between triple quotes.
pub(super) fn many_lines(text: &str) -> String {
    TomlStringBuilder::new(text).as_ml_basic().to_toml_value()
}

/// Returns the paragraphs of a text as a TOML value, one on each line.
pub fn toml_paragraphs(paragraphs: &[&str]) -> String {
    let lines: String = paragraphs.iter().map(|line| format!("{line}\n")).collect();
    many_lines(&lines)
}
