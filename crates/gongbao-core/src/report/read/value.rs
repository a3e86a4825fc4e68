//! Reads values by the kinds of the field table.

use jiff::civil::Date;

use super::{reader::Reader, spot::Spot};
use crate::{
    finding::{FieldName, MediumWords, Remedy, Rule},
    form,
    report::{
        Number,
        characters::forbidden,
        fields::{FieldScope, FieldSpec, YEARS},
        write,
    },
    syntax::{Node, Value},
};

/// Reads a year; one in quotes is reported and accepted.
pub(super) fn year(reader: &mut Reader<'_>, spec: &FieldSpec, node: &Node, spot: &Spot) -> Option<u16> {
    reader.origins.insert(spot.path().to_owned(), node.span.clone());
    let written = match &node.value {
        Value::Number(text) | Value::Text(text) => Some(text),
        _ => None,
    };
    let number = written.and_then(|text| Number::parse(text).ok()).filter(|number| number.is_whole());
    let year = number
        .filter(|number| !number.is_negative())
        .and_then(|number| u16::try_from(number.whole_part()).ok())
        .filter(|year| YEARS.contains(year));
    if year.is_none() || !matches!(node.value, Value::Number(_)) {
        let hint = Remedy::WriteYear {
            field: spot.name(),
            file: format!("例如 {}，不加引号", spec.example_line()).into(),
            is_missing: false,
        };
        reader.wrong_kind(node, spot, "四位数的年份", hint);
    }
    year
}

/// Reads the name of the form; the number of a known form is reported and accepted.
pub(super) fn form_name(
    reader: &mut Reader<'_>,
    spec: &FieldSpec,
    node: &Node,
    spot: &Spot,
) -> Option<String> {
    reader.origins.insert(spot.path().to_owned(), node.span.clone());
    match &node.value {
        Value::Text(name) => Some(name.trim().to_owned()),
        Value::Number(name) => {
            let hint = MediumWords::of_file(format!("请用引号括起来，例如 {}", spec.example_line()));
            reader.wrong_kind(node, spot, "文字", hint);
            matches!(form::by_id(name), Ok(Some(_))).then(|| name.clone())
        }
        _ => {
            let hint = MediumWords::of_file(format!("例如 {}", spec.example_line()));
            reader.wrong_kind(node, spot, "文字", hint);
            None
        }
    }
}

/// Reads a date, as TOML writes it or in quotes.
pub(super) fn date(reader: &mut Reader<'_>, spec: &FieldSpec, node: &Node, spot: &Spot) -> Option<Date> {
    reader.origins.insert(spot.path().to_owned(), node.span.clone());
    let date = match &node.value {
        Value::Date(text) | Value::Text(text) => parse_date(text.trim()),
        _ => None,
    };
    if date.is_none() {
        // The workbook and the browser read other notations of dates in the head alone.
        let padded = spec.scope == FieldScope::Record;
        reader.wrong_kind(node, spot, "日期", Remedy::WriteDate { padded });
    }
    date
}

/// Parses a date of the form `2025-01-24`; any other text gives `None`.
pub fn parse_date(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    let fits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if !fits(year, 4) || !fits(month, 2) || !fits(day, 2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Reads a switch: the word that turns it on.
pub(super) fn switch(
    reader: &mut Reader<'_>,
    spec: &FieldSpec,
    on: &str,
    node: &Node,
    spot: &Spot,
) -> Option<bool> {
    reader.origins.insert(spot.path().to_owned(), node.span.clone());
    let is_on = matches!(&node.value, Value::Text(text) if text == on);
    if !is_on {
        let wanted = MediumWords::new(format!("“{on}”"), "“是”或“否”");
        reader.wrong_kind(node, spot, wanted, Remedy::Answer { file: spec.remedy.into() });
    }
    Some(is_on)
}

/// Reads one of several keys.
pub(super) fn choice(
    reader: &mut Reader<'_>,
    spec: &FieldSpec,
    options: &[(&'static str, &'static str)],
    node: &Node,
    spot: &Spot,
) -> Option<String> {
    reader.origins.insert(spot.path().to_owned(), node.span.clone());
    let known = match &node.value {
        Value::Text(text) => options.iter().find(|(key, _)| *key == text.trim()),
        _ => None,
    };
    if known.is_none() {
        let options = options.iter().map(|(key, label)| FieldName::new(*key, *label)).collect();
        reader.wrong_kind(node, spot, spec.label, Remedy::Choose { options });
    }
    known.map(|(key, _)| (*key).to_owned())
}

/// Reads a digest. A malformed one is reported; it is kept if the key is optional, so that the chain of corrections is
/// still checked against it.
pub(super) fn digest(
    reader: &mut Reader<'_>,
    spec: &FieldSpec,
    node: &Node,
    spot: &Spot,
    text: String,
) -> Option<String> {
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_digest =
        text.strip_prefix("sha256:").is_some_and(|hex| hex.len() == 64 && hex.bytes().all(is_hex));
    if !is_digest {
        reader.wrong_kind(node, spot, "“sha256:”加64位十六进制数", spec.remedy_words());
    }
    (is_digest || !spec.required).then_some(text)
}

/// Reads a figure or a paragraph before or after a correction. It is not normalised: it stays as it was published.
pub(super) fn quoted(reader: &mut Reader<'_>, node: &Node, spot: &Spot) -> Option<serde_json::Value> {
    let value = to_json(&node.value);
    if value.is_none() {
        let wanted = MediumWords::new("文字、数，或者带 note 的数", "文字、数，或者带注的数");
        reader.wrong_kind(node, spot, wanted, "");
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

/// Converts a value to JSON; `None` if it is neither a cell nor a text.
fn to_json(value: &Value) -> Option<serde_json::Value> {
    match value {
        Value::Text(text) => Some(text.clone().into()),
        Value::Number(number) => Number::parse(number).ok().map(write::number),
        Value::Table(entries) => {
            let mut map = serde_json::Map::new();
            for (key, node) in entries {
                let inner = to_json(&node.value).filter(|inner| !inner.is_object())?;
                map.insert(key.name.clone(), inner);
            }
            Some(map.into())
        }
        Value::Null | Value::Bool(_) | Value::Date(_) | Value::List(_) => None,
    }
}
