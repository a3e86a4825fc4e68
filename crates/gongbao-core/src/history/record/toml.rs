//! Writing of records into TOML.

use toml_edit::{InlineTable, Value as Toml};

use super::{Place, PublicationRecord, RecordError, changes, entries};
use crate::{
    report::{Correction, Published},
    syntax::{Node, Value},
    text::Splice,
};

/// Replacements that write the record.
pub(super) fn splices(
    place: Place<'_>,
    recorded: &PublicationRecord<'_>,
) -> Result<Vec<Splice>, RecordError> {
    let mut splices = Vec::new();
    match place.new_digest(&recorded.published.digest) {
        Some(splice) => splices.push(splice),
        None if place.get("published").is_none() => {
            let at = end_of_head(place).ok_or(RecordError::Place("published"))?;
            let Published { date, digest } = &recorded.published;
            let text = format!("\npublished = {{ date = {date}, digest = \"{digest}\" }}");
            splices.push(Splice { at, removed: 0, text });
        }
        None => return Err(RecordError::Place("published")),
    }
    let Some(correction) = recorded.correction else { return Ok(splices) };
    // A new correction joins a list in the head, or becomes a table at the end of the file.
    let list = place.get("corrections").filter(|node| is_written_at(place, node, '['));
    let list = list.filter(|node| !place.text[node.span.start..].starts_with("[["));
    splices.push(match list {
        Some(Node { value: Value::List(items), span }) => match items.last() {
            Some(last) => {
                Splice { at: last.span.end, removed: 0, text: format!(",\n  {}", inline(correction)) }
            }
            None => Splice { at: span.start + 1, removed: 0, text: inline(correction) },
        },
        _ => {
            let start = if place.text.ends_with('\n') { "\n" } else { "\n\n" };
            Splice { at: place.text.len(), removed: 0, text: format!("{start}{}", table(correction)) }
        }
    });
    Ok(splices)
}

/// End of the last line of the head: after its last value, before the first `[table]`.
fn end_of_head(place: Place<'_>) -> Option<usize> {
    let mut leaves = Vec::new();
    place.entries.iter().for_each(|(_, node)| collect(place, node, &mut leaves));
    leaves.sort_by_key(|leaf| leaf.start);
    let is_within = |at: usize| {
        let next = leaves.partition_point(|leaf| leaf.start <= at);
        next.checked_sub(1).and_then(|before| leaves.get(before)).is_some_and(|leaf| at < leaf.end)
    };
    let starts = std::iter::once(0).chain(place.text.match_indices('\n').map(|(at, _)| at + 1));
    let first_table = starts
        .filter(|start| !is_within(*start))
        .find(|start| place.text[*start..].trim_start_matches([' ', '\t']).starts_with('['))
        .unwrap_or(place.text.len());
    let last = leaves.iter().filter(|leaf| leaf.start < first_table).map(|leaf| leaf.end).max()?;
    Some(place.text[last..].find('\n').map_or(place.text.len(), |line| last + line))
}

/// Collects the bytes of all values that are not tables with headers.
fn collect(place: Place<'_>, node: &Node, leaves: &mut Vec<std::ops::Range<usize>>) {
    match &node.value {
        Value::Table(entries) if !is_written_at(place, node, '{') => {
            entries.iter().for_each(|(_, node)| collect(place, node, leaves));
        }
        Value::List(items)
            if place.text[node.span.start..].starts_with("[[") || !is_written_at(place, node, '[') =>
        {
            items.iter().for_each(|node| collect(place, node, leaves));
        }
        _ => leaves.push(node.span.clone()),
    }
}

/// Whether the value is written in brackets; tables under a header are not.
fn is_written_at(place: Place<'_>, node: &Node, bracket: char) -> bool {
    let close = if bracket == '[' { ']' } else { '}' };
    let written = place.text.get(node.span.clone()).unwrap_or_default();
    let is_value =
        place.text[..node.span.start].trim_end_matches([' ', '\t']).ends_with(['=', ',', '[', '\n']);
    is_value && written.starts_with(bracket) && written.ends_with(close)
}

/// A correction as a table with a header.
fn table(correction: &Correction) -> String {
    let mut text = "[[corrections]]\n".to_owned();
    for (key, value) in entries(correction) {
        text += &format!("{key} = {}\n", written(key, &value));
    }
    text += "changes = [\n";
    for change in changes(correction) {
        text += &format!("  {},\n", inline_table(change));
    }
    text + "]\n"
}

/// A correction as an item of a list.
fn inline(correction: &Correction) -> String {
    let mut parts: Vec<String> = entries(correction)
        .into_iter()
        .map(|(key, value)| format!("{key} = {}", written(key, &value)))
        .collect();
    let changes: Vec<String> =
        changes(correction).into_iter().map(|change| inline_table(change).to_string()).collect();
    parts.push(format!("changes = [{}]", changes.join(", ")));
    format!("{{ {} }}", parts.join(", "))
}

fn inline_table(entries: Vec<(&'static str, serde_json::Value)>) -> Toml {
    let table: InlineTable = entries.into_iter().map(|(key, json)| (key, value(&json))).collect();
    Toml::InlineTable(table)
}

/// Writes a value; dates are written as TOML dates.
fn written(key: &str, json: &serde_json::Value) -> String {
    match json {
        serde_json::Value::String(date) if key == "date" => date.clone(),
        _ => value(json).to_string(),
    }
}

fn value(json: &serde_json::Value) -> Toml {
    match json {
        serde_json::Value::String(text) => text.as_str().into(),
        serde_json::Value::Bool(flag) => (*flag).into(),
        serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => whole.into(),
            (None, Some(decimal)) => decimal.into(),
            (None, None) => number.to_string().into(),
        },
        serde_json::Value::Object(map) => {
            let table: InlineTable = map.iter().map(|(key, json)| (key.as_str(), value(json))).collect();
            Toml::InlineTable(table)
        }
        _ => "".into(),
    }
}
