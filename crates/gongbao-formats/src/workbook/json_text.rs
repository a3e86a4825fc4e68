//! Old and new values of a correction in a cell: texts as they are, other values as JSON.

use serde_json::Value;

/// Returns the text of the cell for a value.
pub(super) fn write(value: &Value) -> String {
    match value {
        Value::String(text) if !is_json(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Returns the value of a cell's text.
pub(super) fn read(text: &str) -> Value {
    let json = if is_json(text) { serde_json::from_str(text).ok() } else { None };
    json.unwrap_or_else(|| text.into())
}

/// Whether a text would be read as JSON.
fn is_json(text: &str) -> bool {
    let is_number = || text.parse::<serde_json::Number>().is_ok();
    text == "null" || text.starts_with('"') || text.starts_with("{\"") || is_number()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_value_comes_back() {
        for value in [
            json!(3119),
            json!("3119"),
            json!(27.948692),
            json!("/"),
            json!(""),
            json!("本年新收{{applications.new.total}}件。"),
            json!("{{applications.new.total}}件"),
            json!("“引号”"),
            json!("\"直引号\""),
            json!("{\"a"),
            json!(null),
            json!("null"),
            json!({ "value": 22, "note": "其中修订16件" }),
        ] {
            assert_eq!(read(&write(&value)), value, "{value}");
        }
        assert_eq!(write(&json!("公开了文件。")), "公开了文件。");
    }
}
