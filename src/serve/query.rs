//! The query of an address.

use std::collections::BTreeMap;

use super::answer::Refusal;

/// Its keys and values, decoded.
pub(super) struct Query(BTreeMap<String, String>);

impl Query {
    pub(super) fn of(query: Option<&str>) -> Self {
        Self(form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect())
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The same, where there must be one.
    pub(super) fn need(&self, key: &str) -> Result<String, Refusal> {
        self.get(key).map(str::to_owned).ok_or_else(|| Refusal::bad(format!("网址里没有 {key}")))
    }
}
