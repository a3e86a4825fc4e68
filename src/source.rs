//! A file as it came: its encoding, its text, and the values written in it with their places.

mod depth;
mod format;
mod fullwidth;
mod syntax;
mod toml;

pub use format::{Format, parse};

use std::{fmt, ops::Range};

/// A file's text, decoded.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    /// The file's name as it was given, for messages.
    pub name: String,
    /// Its text in UTF-8, without a byte order mark.
    pub text: String,
    /// What it was written in.
    pub encoding: &'static str,
    /// Byte offset of the start of each line of `text`.
    lines: Vec<usize>,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?})", self.name)
    }
}

impl Source {
    /// A source from text that is decoded already.
    pub fn new(name: impl Into<String>, text: impl Into<String>, encoding: &'static str) -> Self {
        let text = text.into();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name: name.into(), text, encoding, lines }
    }

    /// Line and column of a byte of the text, both from 1, the column in characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start..byte).unwrap_or_default();
        (line, before.chars().count() + 1)
    }
}

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
