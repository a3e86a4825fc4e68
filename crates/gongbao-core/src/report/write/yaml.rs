//! Writes a report as YAML 1.2, laid out for people.
//!
//! Texts of several lines are literal blocks; every other text is in double quotes, as in JSON, so that no YAML reader
//! takes it for a value of another type.

use serde_json::{Map, Value};

use super::{
    Scope,
    rows::{Line, Row, Section, comment, labelled},
    to_value,
};
use crate::{form::Form, report::Report};

/// Writes a report as YAML, the rows of each table in the order of the form with their labels as comments.
///
/// Reading the output gives the same report, as for [`super::to_json`].
pub fn to_yaml(report: &Report, form: &Form, scope: Scope) -> String {
    let value = to_value(report, form, scope);
    let empty = Map::new();
    let map = value.as_object().unwrap_or(&empty);
    let mut out = String::new();
    for (key, value) in map {
        let is_text = form.text_keys().any(|text| text == key);
        match value {
            Value::String(text) if is_text => {
                heading(&mut out, form.heading(key));
                out.push_str(&format!("{}: {}\n", self::key(key), block(text, 1, Chomp::Clip)));
            }
            Value::Object(_) if form.tables.contains_key(key) => section(&mut out, report, form, key),
            _ => {
                if value.is_object() || value.is_array() {
                    out.push('\n');
                }
                entry(&mut out, 0, key, value);
            }
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

/// Writes a key with its value: tables and lists of tables with one entry on each line, other values on one line.
fn entry(out: &mut String, level: usize, key: &str, value: &Value) {
    let indent = "  ".repeat(level);
    let key = self::key(key);
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            out.push_str(&format!("{indent}{key}:\n"));
            entries.iter().for_each(|(key, value)| entry(out, level + 1, key, value));
        }
        Value::Array(items) if items.iter().any(Value::is_object) && !is_row(items) => {
            out.push_str(&format!("{indent}{key}:\n"));
            items.iter().for_each(|item| element(out, level + 1, item));
        }
        _ => out.push_str(&format!("{indent}{key}: {}\n", inline(value))),
    }
}

/// Writes one entry of a list of tables; a change of a correction takes one line.
fn element(out: &mut String, level: usize, item: &Value) {
    let indent = "  ".repeat(level);
    let Value::Object(entries) = item else {
        return out.push_str(&format!("{indent}- {}\n", inline(item)));
    };
    if entries.contains_key("path") && !entries.contains_key("rule") {
        return out.push_str(&format!("{indent}- {}\n", inline(item)));
    }
    let mut text = String::new();
    entries.iter().for_each(|(key, value)| entry(&mut text, level + 1, key, value));
    // The first entry follows the dash.
    let inner = "  ".repeat(level + 1);
    out.push_str(&format!("{indent}- {}", text.strip_prefix(inner.as_str()).unwrap_or(&text)));
}

/// Whether a list is a row of figures, with or without notes.
fn is_row(items: &[Value]) -> bool {
    items.iter().all(|item| item.as_object().is_none_or(|cell| cell.contains_key("value")))
}

/// Writes a table's section.
fn section(out: &mut String, report: &Report, form: &Form, key: &str) {
    let Section { rows, note, texts, extras } = Section::of(report, form, key);
    heading(out, form.heading(key));
    let mut tree = Tree::default();
    for row in &rows {
        if let Some(value) = row.by_hand() {
            tree.put(&row.keys, row, value);
        }
    }
    if tree.0.is_empty() && note.is_none() && texts.is_empty() && extras.is_empty() {
        return out.push_str(&format!("{}: {{}}\n", self::key(key)));
    }
    out.push_str(&format!("{}:\n", self::key(key)));
    let mut lines = Lines { out, pending: Vec::new(), columns: String::new() };
    tree.write(1, &mut lines);
    lines.flush();
    if let Some(note) = note {
        let value = if note.contains('\n') { block(&note, 2, Chomp::Strip) } else { quoted(&note) };
        out.push_str(&format!("  note: {value}\n"));
    }
    beside(out, &texts);
    if !extras.is_empty() {
        out.push_str("  extra:\n");
    }
    for (after, row) in &extras {
        out.push_str(&format!("    - after: {}\n      label: {}\n", quoted(after), quoted(&row.label)));
        if let Some(figures) = row.by_hand() {
            out.push_str(&format!("      figures: {}\n", inline(&figures)));
        }
    }
}

/// Writes the texts beside a table, `between` nested by the keys of its rows.
fn beside(out: &mut String, texts: &[(Vec<String>, Vec<String>)]) {
    let mut open: &[String] = &[];
    for (keys, paragraphs) in texts {
        let Some((last, groups)) = keys.split_last() else { continue };
        let common = open.iter().zip(groups).take_while(|(open, group)| open == group).count();
        for (depth, group) in groups.iter().enumerate().skip(common) {
            out.push_str(&format!("{}{}:\n", "  ".repeat(depth + 1), self::key(group)));
        }
        open = groups;
        let text = block(&paragraphs.join("\n"), groups.len() + 2, Chomp::Clip);
        out.push_str(&format!("{}{}: {text}\n", "  ".repeat(groups.len() + 1), self::key(last)));
    }
}

/// Rows nested by their keys, in the order of the form.
#[derive(Default)]
struct Tree<'r>(Vec<(String, Branch<'r>)>);

enum Branch<'r> {
    Row(&'r Row, Value),
    Group(Tree<'r>),
}

impl<'r> Tree<'r> {
    fn put(&mut self, keys: &[String], row: &'r Row, value: Value) {
        let Some((first, rest)) = keys.split_first() else { return };
        if rest.is_empty() {
            return self.0.push((first.clone(), Branch::Row(row, value)));
        }
        let at = self.0.iter().position(|(key, _)| key == first).unwrap_or_else(|| {
            self.0.push((first.clone(), Branch::Group(Tree::default())));
            self.0.len() - 1
        });
        if let Some((_, Branch::Group(group))) = self.0.get_mut(at) {
            group.put(rest, row, value);
        }
    }

    fn write(&self, level: usize, lines: &mut Lines<'_>) {
        let indent = "  ".repeat(level);
        for (key, branch) in &self.0 {
            match branch {
                Branch::Row(row, value) => {
                    let columns = row.columns();
                    if lines.columns != columns {
                        lines.flush();
                        lines.out.push_str(&format!("{indent}# {}\n", comment(&columns)));
                        lines.columns = columns;
                    }
                    let text = format!("{indent}{}: {}", self::key(key), inline(value));
                    lines.pending.push(Line { text, label: row.label.clone() });
                }
                Branch::Group(group) => {
                    lines.flush();
                    lines.out.push_str(&format!("{indent}{}:\n", self::key(key)));
                    group.write(level + 1, lines);
                }
            }
        }
    }
}

/// Buffers the lines of consecutive rows, so that their labels can be aligned.
struct Lines<'o> {
    out: &'o mut String,
    pending: Vec<Line>,
    columns: String,
}

impl Lines<'_> {
    fn flush(&mut self) {
        labelled(&std::mem::take(&mut self.pending), self.out);
    }
}

/// Whether the last line end of a block is part of the text.
#[derive(Clone, Copy)]
pub(super) enum Chomp {
    Clip,
    Strip,
}

/// Returns a text as a literal block, or in quotes if a block would change it.
pub(super) fn block(text: &str, level: usize, chomp: Chomp) -> String {
    let keeps = |c: char| c == '\n' || !escaped(c);
    let plain = !text.is_empty()
        && text.chars().all(keeps)
        && text.split('\n').all(|line| !line.is_empty() && !line.starts_with([' ', '\t']));
    if !plain {
        return quoted(text);
    }
    let indent = "  ".repeat(level);
    let lines: Vec<String> = text.split('\n').map(|line| format!("{indent}{line}")).collect();
    format!("|{}\n{}", if matches!(chomp, Chomp::Strip) { "-" } else { "" }, lines.join("\n"))
}

/// Returns a value on one line.
pub(super) fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| format!("{}: {}", self::key(key), inline(value));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// Returns a key, in quotes if a YAML reader might not take it for a text.
pub(super) fn key(key: &str) -> String {
    // YAML 1.1 reads these words as true, false or null.
    const WORDS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let bare = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if bare && !WORDS.contains(&key) { key.to_owned() } else { quoted(key) }
}

/// Returns a text in double quotes, as JSON writes it.
fn quoted(text: &str) -> String {
    let json = Value::from(text).to_string();
    if !json.chars().any(escaped) {
        return json;
    }
    let escape = |c: char| if escaped(c) { format!("\\u{:04X}", u32::from(c)) } else { c.to_string() };
    json.chars().map(escape).collect()
}

/// Whether a character must be escaped in YAML: it is not printable, or it ends a line in some version of YAML.
fn escaped(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}
