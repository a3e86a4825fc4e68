//! A file as it came: its encoding, its text, and the values written in it with their places.

mod archive;
mod decode;
mod depth;
mod duplicate;
mod format;
mod found;
mod fullwidth;
mod json;
mod splice;
mod syntax;
mod toml;
mod yaml;

pub(crate) use archive::{Archive, ArchiveError, Limits};
pub(crate) use decode::is_too_large;
pub use decode::open;
pub use format::{Format, is_workbook_name, may_be_report, parse};
pub(crate) use found::reports_below;
pub use splice::{Splice, SpliceError, splice};

use std::{
    fmt,
    ops::Range,
    path::{Path, PathBuf},
};

use crate::finding::SheetCell;

/// A file's text, decoded.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    /// The file's name as it was given, for messages.
    pub name: String,
    /// Its text in UTF-8, without a byte order mark; from [`open()`], with `\n` as its line ends.
    pub text: String,
    /// What it was written in: UTF-8, UTF-16, GB 18030.
    pub encoding: &'static str,
    /// The line end that came first in the file: `\n`, `\r\n` or `\r`.
    pub line_end: &'static str,
    /// Byte offset of the start of each line of `text`.
    lines: Vec<usize>,
    /// For a workbook, where the text of each cell begins; empty for a text file.
    cells: Vec<(usize, SheetCell)>,
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
        let line_end = first_line_end(&text);
        let lines = line_starts(&text);
        Self { name: name.into(), text, encoding, line_end, lines, cells: Vec::new() }
    }

    /// A workbook: what its cells say, one after the other, and where in `text` each begins, in order.
    pub fn of_cells(
        name: impl Into<String>,
        text: impl Into<String>,
        cells: Vec<(usize, SheetCell)>,
    ) -> Self {
        Self { cells, ..Self::new(name, text, "XLSX") }
    }

    /// Whether the text is that of a workbook's cells.
    pub fn is_workbook(&self) -> bool {
        !self.cells.is_empty()
    }

    /// The cell that a byte of the text stands in; `None` in a text file.
    pub fn cell(&self, byte: usize) -> Option<&SheetCell> {
        let after = self.cells.partition_point(|(start, _)| *start <= byte);
        self.cells.get(after.checked_sub(1)?).map(|(_, cell)| cell)
    }

    /// Line and column of a byte of the text, both from 1, the column in characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.text.len());
        let line = self.line_number(byte);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start..byte).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// The line of a byte of the text, from 1.
    fn line_number(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start <= byte)
    }

    /// The bytes of a line of the text, counted from 1, without its line end.
    pub fn line(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.lines.get(line.checked_sub(1)?)?;
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        let text = self.text.get(start..end)?;
        Some(start..start + text.trim_end_matches(['\n', '\r']).len())
    }
}

/// Where each line starts: after `\n`, `\r\n` and a lone `\r`.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
}

/// The line end that comes first.
fn first_line_end(text: &str) -> &'static str {
    match text.find(['\n', '\r']).and_then(|at| text.get(at..)) {
        Some(rest) if rest.starts_with("\r\n") => "\r\n",
        Some(rest) if rest.starts_with('\r') => "\r",
        _ => "\n",
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

/// The files of a folder that may be reports, in order; none where it cannot be read.
pub fn reports_in(folder: &Path) -> Vec<PathBuf> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(here).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .filter(|entry| may_be_report(&entry.file_name().to_string_lossy()))
        .map(|entry| folder.join(entry.file_name()))
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}
