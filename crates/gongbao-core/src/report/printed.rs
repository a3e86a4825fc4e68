//! Figures as they are printed.

use serde_json::Value;

use super::{Cell, Figure, Report, write};

impl Report {
    /// A figure as printed with its unit, and its note without brackets. A missing or blank figure prints blank, or as 0 where
    /// the report says so.
    pub fn printed(&self, path: &str) -> (String, String) {
        let cell = self.figures.get(path);
        let text = match cell.map(|cell| cell.figure) {
            Some(Figure::Number(number)) => number.to_string(),
            Some(Figure::NotApplicable) => "/".to_owned(),
            Some(Figure::Blank) | None if self.blanks_are_zero => "0".to_owned(),
            Some(Figure::Blank) | None => String::new(),
        };
        let part = |part: fn(&Cell) -> Option<&String>| cell.and_then(part).cloned().unwrap_or_default();
        (text + &part(|cell| cell.unit.as_ref()), part(|cell| cell.note.as_ref()))
    }

    /// The printed figure in the data format: a number, `"/"`, or a table with `note` or `unit`; `""` where it prints blank.
    pub fn shown(&self, path: &str) -> Value {
        let zero = || if self.blanks_are_zero { 0.into() } else { "".into() };
        match self.figures.get(path).map(write::cell) {
            None => zero(),
            Some(Value::String(text)) if text.is_empty() => zero(),
            Some(Value::Object(mut map)) => {
                if map.get("value").is_some_and(|value| value == "") {
                    map.insert("value".to_owned(), zero());
                }
                map.into()
            }
            Some(value) => value,
        }
    }
}

/// Printed form of a value of the data format: `22（其中修订16件）`, `251000元`, or the text itself.
pub fn printed_value(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(map) => {
            let part = |key| map.get(key).map(printed_value).unwrap_or_default();
            let note = map.get("note").map(|note| format!("（{}）", printed_value(note)));
            part("value") + &part("unit") + &note.unwrap_or_default()
        }
        Value::Null => String::new(),
        _ => value.to_string(),
    }
}
