//! Writing of records into JSON, and into YAML written like JSON.

use super::{Place, PublicationRecord, RecordError, changes, entries, inline};
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
    // New keys come after the last key, indented like the first.
    let end = place.entries.last().map(|(_, node)| node.span.end).ok_or(RecordError::Place("published"))?;
    let first = place.entries.first().map_or(0, |(key, _)| key.span.start);
    let indentation =
        place.indentation(first).filter(|_| place.text[place.root.span.start..first].contains('\n'));
    let mut added = String::new();
    let mut splices = Vec::new();
    match place.new_digest(&recorded.published.digest) {
        Some(splice) => splices.push(splice),
        None if place.get("published").is_none() => {
            let Published { date, digest } = &recorded.published;
            let value = inline(&[("date", date.to_string().into()), ("digest", digest.clone().into())]);
            added += &format!(",{}\"published\": {value}", line(indentation, 1));
        }
        None => return Err(RecordError::Place("published")),
    }
    match (recorded.correction, place.get("corrections")) {
        (None, _) => {}
        (Some(correction), Some(list)) => splices.push(item(list, correction, indentation)?),
        (Some(correction), None) => {
            added += &format!(
                ",{}\"corrections\": [{}{}{}]",
                line(indentation, 1),
                line(indentation, 2).trim_start_matches(' '),
                object(correction, indentation),
                line(indentation, 1).trim_start_matches(' ')
            );
        }
    }
    if !added.is_empty() {
        splices.push(Splice { at: end, removed: 0, text: added });
    }
    Ok(splices)
}

/// Adds a correction at the end of a list in brackets.
pub(super) fn item(
    list: &Node,
    correction: &Correction,
    indentation: Option<&str>,
) -> Result<Splice, RecordError> {
    let Value::List(items) = &list.value else { return Err(RecordError::Place("corrections")) };
    let object = object(correction, indentation);
    Ok(match items.last() {
        Some(last) => {
            Splice { at: last.span.end, removed: 0, text: format!(",{}{object}", line(indentation, 2)) }
        }
        None => Splice { at: list.span.start + 1, removed: 0, text: object },
    })
}

/// A correction as an object, on several lines if the file has several lines.
fn object(correction: &Correction, indentation: Option<&str>) -> String {
    let mut parts: Vec<String> =
        entries(correction).into_iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
    let changes: Vec<String> = changes(correction).iter().map(|change| inline(change)).collect();
    let (inner, outer) = (line(indentation, 4), line(indentation, 3));
    let separator = format!(",{inner}");
    parts.push(format!(
        "\"changes\": [{}{}{}]",
        inner.trim_start_matches(' '),
        changes.join(&separator),
        outer.trim_start_matches(' ')
    ));
    let separator = format!(",{outer}");
    format!("{{{outer}{}{}}}", parts.join(&separator), line(indentation, 2))
}

/// Line break with the indentation of this many levels; a space in a file of one line.
fn line(indentation: Option<&str>, levels: usize) -> String {
    match indentation {
        Some(one) => format!("\n{}", one.repeat(levels)),
        None => " ".to_owned(),
    }
}
