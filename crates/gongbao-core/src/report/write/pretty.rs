//! Prints JSON for people: a row of figures on one line, every other value on a line of its own.

use serde_json::Value;

/// Longest array that is printed on one line, in characters.
const LINE: usize = 100;

/// Prints a value without a line end at the end.
pub(super) fn print(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out
}

fn write(value: &Value, level: usize, out: &mut String) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            out.push('{');
            for (index, (key, value)) in map.iter().enumerate() {
                next(index, level + 1, out);
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push_str(": ");
                write(value, level + 1, out);
            }
            end('}', level, out);
        }
        Value::Array(items) if !fits(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                next(index, level + 1, out);
                write(item, level + 1, out);
            }
            end(']', level, out);
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            out.push_str(&format!("[{}]", items.join(", ")));
        }
        _ => out.push_str(&value.to_string()),
    }
}

/// Whether an array is a short row of figures, with or without notes.
fn fits(items: &[Value]) -> bool {
    let is_flat = |value: &Value| !value.is_array() && !value.is_object();
    let is_cell = |value: &Value| {
        value.as_object().is_some_and(|map| map.contains_key("value") && map.values().all(is_flat))
    };
    items.iter().all(|item| is_flat(item) || is_cell(item))
        && items.iter().map(|item| inline(item).len() + 2).sum::<usize>() <= LINE
}

fn inline(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let entries: Vec<String> =
                map.iter().map(|(key, value)| format!("{}: {value}", Value::from(key.as_str()))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        _ => value.to_string(),
    }
}

fn next(index: usize, level: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
    line(level, out);
}

fn end(mark: char, level: usize, out: &mut String) {
    line(level, out);
    out.push(mark);
}

fn line(level: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", level));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rows_are_lines() {
        let value = json!({ "a": { "new": [1, { "value": 2, "note": "注" }, null] }, "b": [{ "path": "x" }], "c": {}, "d": [] });
        let expected = "{\n  \"a\": {\n    \"new\": [1, { \"value\": 2, \"note\": \"注\" }, null]\n  },\n  \"b\": [\n    {\n      \"path\": \"x\"\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}";
        assert_eq!(print(&value), expected);
        assert_eq!(serde_json::from_str::<Value>(expected).ok(), Some(value));
    }
}
