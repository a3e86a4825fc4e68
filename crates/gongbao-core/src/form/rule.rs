//! Arithmetic rules of a form: sums over rows or columns, of this year and the year before.

use std::fmt;

use serde::Deserialize;

/// An arithmetic rule: in each row, or in each column, the left side equals (or does not exceed) the right side.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Code under which a violation is reported: `S1`.
    pub code: crate::finding::Rule,
    /// Key of its table.
    pub table: String,
    /// Whether it holds in each row or in each column.
    pub each: Each,
    /// Rows it is limited to, empty for all; only with `each = "row"`.
    #[serde(default)]
    pub rows: Vec<String>,
    /// Terms of the left side: with `each = "row"` keys of columns, with `each = "column"` paths of rows within the
    /// table. The path of a group stands for the sum of its rows.
    pub left: Vec<Term>,
    /// Relation of the sides.
    #[serde(default)]
    pub relation: Relation,
    /// Terms of the right side.
    pub right: Vec<Term>,
    /// Whether the right side, a single term, is computed where a file leaves it out.
    #[serde(default)]
    pub fills: bool,
    /// Severity; the default of its code if the form gives none.
    #[serde(default)]
    pub severity: Option<crate::finding::Severity>,
    /// Severity if the report of the year before is binding: named by the user, or published.
    #[serde(default)]
    pub severity_if_binding: Option<crate::finding::Severity>,
}

impl Rule {
    /// Whether a term is taken from the report of the year before.
    pub fn needs_last_year(&self) -> bool {
        self.left.iter().chain(&self.right).any(|term| term.last_year)
    }
}

/// Scope of a rule's equations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Each {
    /// One equation for each row of figures.
    Row,
    /// One equation for each column.
    Column,
}

/// Relation between the sides of a rule.
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
    /// Whether it is subtracted.
    pub negative: bool,
    /// Whether it is taken from the report of the year before.
    pub last_year: bool,
    /// Key of a column, or path of a row or group.
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
