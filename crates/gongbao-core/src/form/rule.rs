//! The arithmetic of a form as data: sums over rows or columns, this year's and last year's.

use std::fmt;

use serde::Deserialize;

/// A rule: for each row, or each column, the left side equals (or does not exceed) the right side.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The code under which it is reported: `S1`.
    pub code: String,
    /// The key of the table it holds in.
    pub table: String,
    /// What it is held against, one by one.
    pub each: Each,
    /// The rows it holds for, where it is not all of them; only with `each = "row"`.
    #[serde(default)]
    pub rows: Vec<String>,
    /// The terms of the left side. With `each = "row"` keys of columns, with `each = "column"` paths of
    /// rows within the table; the path of a group stands for the sum of its rows.
    pub left: Vec<Term>,
    /// What holds between the sides.
    #[serde(default)]
    pub relation: Relation,
    /// The terms of the right side.
    pub right: Vec<Term>,
    /// Whether the right side, a single term, is computed where the file leaves it out.
    #[serde(default)]
    pub fills: bool,
    /// A severity other than the code's own.
    #[serde(default)]
    pub severity: Option<crate::finding::Severity>,
}

impl Rule {
    /// Whether a term comes from the report of the year before.
    pub fn needs_last_year(&self) -> bool {
        self.left.iter().chain(&self.right).any(|term| term.last_year)
    }
}

/// What a rule is held against, one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Each {
    /// Each row of figures.
    Row,
    /// Each column.
    Column,
}

/// What holds between the two sides of a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Relation {
    /// They are equal.
    #[default]
    #[serde(rename = "=")]
    Equal,
    /// The left side does not exceed the right side.
    #[serde(rename = "<=")]
    AtMost,
}

/// A term of a side: `issued`, `-repealed`, `last:in_force`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Term {
    /// Whether it is taken away.
    pub negative: bool,
    /// Whether it comes from the report of the year before.
    pub last_year: bool,
    /// The key of a column, or the path of a row or group.
    pub key: String,
}

impl From<String> for Term {
    fn from(text: String) -> Self {
        let rest = text.strip_prefix('-');
        let negative = rest.is_some();
        let rest = rest.unwrap_or(&text);
        let key = rest.strip_prefix("last:");
        Self { negative, last_year: key.is_some(), key: key.unwrap_or(rest).to_owned() }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let last = if self.last_year { "last:" } else { "" };
        write!(f, "{sign}{last}{}", self.key)
    }
}
