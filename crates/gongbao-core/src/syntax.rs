//! TOML, JSON and YAML parsed into one tree of values with places.

mod depth;
mod duplicate;
mod error;
mod format;
mod fullwidth;
mod json;
mod open;
mod strict;
mod toml;
mod yaml;

pub use format::{Format, parse};
pub use open::open;
pub(crate) use strict::{Entries, Fault, StrictReader, nearest};

use std::ops::Range;

use crate::text::Source;

/// A value with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Bytes of the source's text.
    pub span: Range<usize>,
}

/// A value, the same for TOML, JSON and YAML.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// JSON's and YAML's null.
    Null,
    /// True or false.
    Bool(bool),
    /// A number as written: `22`, `2.2e1`, `1_000`, `NaN`. It is never converted to a binary float.
    Number(String),
    /// A text.
    Text(String),
    /// A TOML date, or date and time, as written.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table in the order of the file. Keys are unique.
    Table(Vec<(Key, Node)>),
}

/// A key with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub name: String,
    /// Bytes of the source's text.
    pub span: Range<usize>,
}
