//! temporary
/// JSON Schema
pub fn json_schema(_: Option<&crate::form::Form>) -> serde_json::Value {
    serde_json::Value::Null
}
