//! What became of the report after it was published.

use super::{
    fields::Fields,
    head,
    office::flag,
    reader::{Lines, Reader},
    spot::Spot,
};
use crate::{
    finding::Rule,
    report::{Correction, CorrectionChange, Number, Published, characters::forbidden, write},
    syntax::{Node, Value},
};

/// For digests that are none.
const WRITTEN: &str = "这个键由 gongbao publish、gongbao correct 写入，请不要手改";

/// `published`.
pub(super) fn published(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Published> {
    let spot = Spot::head("published");
    let node = fields.get("published")?;
    reader.origins.insert("published".to_owned(), node.span.clone());
    let entries = reader.table(node, &spot, &["date", "digest"])?;
    let date = required_date(reader, &entries, &spot, node);
    let digest = reader.required(&entries, &spot, "digest", Some(node.span.clone()));
    if let (Some(digest), Some(node)) = (&digest, entries.get("digest"))
        && !is_digest(digest)
    {
        reader.wrong_kind(node, &spot.key("digest"), "“sha256:”加64位十六进制数", WRITTEN);
        return None;
    }
    Some(Published { date: date?, digest: digest? })
}

fn is_digest(text: &str) -> bool {
    let is_hex = |c: u8| matches!(c, b'0'..=b'9' | b'a'..=b'f');
    text.strip_prefix("sha256:").is_some_and(|hex| hex.len() == 64 && hex.bytes().all(is_hex))
}

fn required_date(
    reader: &mut Reader<'_>,
    entries: &Fields<'_>,
    spot: &Spot,
    owner: &Node,
) -> Option<jiff::civil::Date> {
    let spot = spot.key("date");
    if entries.get("date").is_none() {
        reader.add_missing(&spot, Some(owner.span.clone()));
    }
    head::date(reader, entries, &spot)
}

/// `[[corrections]]`.
pub(super) fn corrections(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Vec<Correction> {
    let Some(node) = fields.get("corrections") else { return Vec::new() };
    let tables = reader.tables(node, &Spot::head("corrections"), &["date", "reason", "replaces", "changes"]);
    let mut corrections = Vec::new();
    for (spot, node, entries) in tables {
        reader.origins.insert(spot.path().to_owned(), node.span.clone());
        let date = required_date(reader, &entries, &spot, node);
        let reason = reader.required(&entries, &spot, "reason", Some(node.span.clone()));
        let replaces = reader.optional(&entries, &spot, "replaces", Lines::One);
        if let (Some(digest), Some(node)) = (&replaces, entries.get("replaces"))
            && !is_digest(digest)
        {
            reader.wrong_kind(node, &spot.key("replaces"), "“sha256:”加64位十六进制数", WRITTEN);
        }
        let changes = match entries.get("changes") {
            Some(list) => changes(reader, list, &spot.key("changes")),
            None => {
                reader.add_missing(&spot.key("changes"), Some(node.span.clone()));
                Vec::new()
            }
        };
        if let (Some(date), Some(reason)) = (date, reason) {
            corrections.push(Correction { date, reason, replaces, changes });
        }
    }
    corrections
}

fn changes(reader: &mut Reader<'_>, list: &Node, spot: &Spot) -> Vec<CorrectionChange> {
    let mut changes = Vec::new();
    for (spot, node, entries) in reader.tables(list, spot, &["path", "old", "new", "redact"]) {
        let path = reader.required(&entries, &spot, "path", Some(node.span.clone()));
        let redact = entries.get("redact").and_then(|node| flag(reader, node, &spot.key("redact")));
        let withdrawn = redact.unwrap_or_default();
        let old = side(reader, &entries, &spot.key("old"), node, withdrawn);
        let new = side(reader, &entries, &spot.key("new"), node, withdrawn);
        if let (Some(path), Some(old), Some(new)) = (path, old, new) {
            changes.push(CorrectionChange { path, old, new, redact: redact.unwrap_or_default() });
        }
    }
    changes
}

/// The old or the new value; null where it was withdrawn and is not there. What was published stays to the
/// letter: it is not put right.
fn side(
    reader: &mut Reader<'_>,
    entries: &Fields<'_>,
    spot: &Spot,
    owner: &Node,
    withdrawn: bool,
) -> Option<serde_json::Value> {
    let Some(node) = entries.get(spot.words()) else {
        if withdrawn {
            return Some(serde_json::Value::Null);
        }
        reader.add_missing(spot, Some(owner.span.clone()));
        return None;
    };
    let value = value(&node.value);
    if value.is_none() {
        reader.wrong_kind(node, spot, "文字、数，或者带 note 的数", "");
    }
    if let Value::Text(text) = &node.value
        && let Some((c, what)) = text.chars().find_map(|c| Some((c, forbidden(c).filter(|_| c != '\n')?)))
    {
        let message = format!("有不能印出来的字符 U+{:04X}（{what}）", u32::from(c));
        let finding = reader.error(Rule::Character, spot, message);
        reader.add(finding, Some(node.span.clone()));
    }
    value
}

/// A value in JSON; `None` where no cell and no text can be like that.
fn value(value: &Value) -> Option<serde_json::Value> {
    match value {
        Value::Text(text) => Some(text.clone().into()),
        Value::Number(number) => Number::parse(number).ok().map(write::number),
        Value::Table(entries) => {
            let mut map = serde_json::Map::new();
            for (key, node) in entries {
                let inner = self::value(&node.value).filter(|inner| !inner.is_object())?;
                map.insert(key.name.clone(), inner);
            }
            Some(map.into())
        }
        Value::Null | Value::Bool(_) | Value::Date(_) | Value::List(_) => None,
    }
}
