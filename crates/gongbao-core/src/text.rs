//! The text of a file: its encoding, its lines, and the place of every byte.

mod decode;
mod splice;

pub use decode::{DecodeError, decode, is_too_large};
pub use splice::{Splice, SpliceError, splice};

use std::{fmt, ops::Range};

/// A file's text, decoded.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    /// The file's name as it was given, for messages.
    pub name: String,
    /// Its text in UTF-8, without a byte order mark; from [`decode()`], with `\n` as its line ends.
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
    pub fn line_number(&self, byte: usize) -> usize {
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

/// A place in a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCell {
    /// The sheet's name: 表三.
    pub sheet: String,
    /// The cell: F12.
    pub cell: String,
}

impl fmt::Display for SheetCell {
    /// As people say it: 表三!F12.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}!{}", self.sheet, self.cell)
    }
}
