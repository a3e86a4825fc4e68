//! The values written in a text, each with its place: TOML, JSON and YAML as one tree.

mod depth;
mod duplicate;
mod error;
mod format;
mod fullwidth;
mod json;
mod open;
mod toml;
mod yaml;

pub use format::{Format, parse};
pub use open::open;

use std::ops::Range;

use crate::text::Source;

/// A value with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its bytes in the source's text.
    pub span: Range<usize>,
}

/// A value, the same for TOML, JSON and YAML.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// JSON's and YAML's null.
    Null,
    /// True or false.
    Bool(bool),
    /// A number as it was written: `22`, `2.2e1`, `1_000`, `NaN`. Never read through a binary float.
    Number(String),
    /// A text.
    Text(String),
    /// TOML's date or date and time, as it was written.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order it was written. Keys are unique.
    Table(Vec<(Key, Node)>),
}

/// A key with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub name: String,
    /// Its bytes in the source's text.
    pub span: Range<usize>,
}
