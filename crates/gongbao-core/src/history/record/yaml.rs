//! Writing of records into YAML.

use super::{Place, PublicationRecord, RecordError, changes, entries, inline, json};
use crate::{
    report::{Correction, Published},
    syntax::Value,
    text::Splice,
};

/// Replacements that write the record.
pub(super) fn splices(
    place: Place<'_>,
    recorded: &PublicationRecord<'_>,
) -> Result<Vec<Splice>, RecordError> {
    if place.text[place.root.span.start..].starts_with('{') {
        return json::splices(place, recorded);
    }
    // A new key is inserted before another key at the start of a line, where any value above it has ended.
    let lines = || {
        let keys = place.entries.iter().map(|(key, _)| key);
        keys.filter_map(|key| Some((key, place.indentation(key.span.start)?)))
    };
    let (key, indentation) = lines()
        .find(|(key, _)| key.name == "agency")
        .or_else(|| lines().next())
        .ok_or(RecordError::Place("published"))?;
    let at = key.span.start - indentation.len();
    let mut splices = Vec::new();
    let mut added = String::new();
    match place.new_digest(&recorded.published.digest) {
        Some(splice) => splices.push(splice),
        None if place.get("published").is_none() => {
            let Published { date, digest } = &recorded.published;
            let value = inline(&[("date", date.to_string().into()), ("digest", digest.clone().into())]);
            added += &format!("{indentation}published: {value}\n");
        }
        None => return Err(RecordError::Place("published")),
    }
    match (recorded.correction, place.get("corrections")) {
        (None, _) => {}
        (Some(correction), None) => {
            let item = item(correction, &format!("{indentation}  "));
            added += &format!("{indentation}corrections:\n{item}");
        }
        (Some(correction), Some(list)) if place.text[list.span.start..].starts_with('[') => {
            splices.push(json::item(list, correction, None)?);
        }
        (Some(correction), Some(list)) => {
            let Value::List(items) = &list.value else { return Err(RecordError::Place("corrections")) };
            let first = items.first().ok_or(RecordError::Place("corrections"))?;
            let line = place.text[..first.span.start].rfind('\n').map_or(0, |line| line + 1);
            let before = &place.text[line..first.span.start];
            let dash = before.find('-').ok_or(RecordError::Place("corrections"))?;
            let item = item(correction, &before[..dash]);
            // Inserted before the next key at the start of a line, or at the end of the file.
            let next = lines().find(|(key, _)| key.span.start > list.span.start);
            splices.push(match next {
                Some((key, indentation)) => {
                    Splice { at: key.span.start - indentation.len(), removed: 0, text: item }
                }
                None if place.text.ends_with('\n') => Splice { at: place.text.len(), removed: 0, text: item },
                None => Splice { at: place.text.len(), removed: 0, text: format!("\n{item}") },
            });
        }
    }
    if !added.is_empty() {
        splices.push(Splice { at, removed: 0, text: added });
    }
    Ok(splices)
}

/// A correction as an item of a list with this indentation. JSON strings are valid YAML.
fn item(correction: &Correction, indentation: &str) -> String {
    let mut text = String::new();
    for (number, (key, value)) in entries(correction).into_iter().enumerate() {
        let mark = if number == 0 { '-' } else { ' ' };
        text += &format!("{indentation}{mark} {key}: {value}\n");
    }
    text += &format!("{indentation}  changes:\n");
    for change in changes(correction) {
        text += &format!("{indentation}    - {}\n", inline(&change));
    }
    text
}
