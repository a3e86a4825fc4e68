//! Text of a file with its encoding, lines and positions.

mod decode;
mod splice;
mod visible;

pub use decode::{DecodeError, DecodeHint, decode, is_too_large};
pub use splice::{Splice, SpliceError, splice};
pub use visible::{shortened, visible, visible_char, visible_lines, visible_path, width};

use std::{fmt, ops::Range};

/// A file's text, decoded.
#[derive(Clone, PartialEq, Eq)]
pub struct Source {
    /// Name of the file as the user gave it, for messages.
    pub name: String,
    /// The text in UTF-8, without a byte order mark; [`decode()`] normalises line ends to `\n`.
    pub text: String,
    /// Name of the file's encoding: UTF-8, UTF-16, GB 18030.
    pub encoding: &'static str,
    /// The first line end in the file: `\n`, `\r\n` or `\r`.
    pub line_end: &'static str,
    /// Byte offset of the start of each line of `text`.
    lines: Vec<usize>,
    /// For a workbook, the byte at which the text of each cell begins; empty for a text file.
    cells: Vec<(usize, SheetCell)>,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?})", self.name)
    }
}

impl Source {
    /// Creates a source from decoded text.
    pub fn new(name: impl Into<String>, text: impl Into<String>, encoding: &'static str) -> Self {
        let text = text.into();
        let line_end = first_line_end(&text);
        let lines = line_starts(&text);
        Self { name: name.into(), text, encoding, line_end, lines, cells: Vec::new() }
    }

    /// Creates a source from the cells of a workbook: their texts joined, and the byte at which each begins, in order.
    pub fn of_cells(
        name: impl Into<String>,
        text: impl Into<String>,
        cells: Vec<(usize, SheetCell)>,
    ) -> Self {
        Self { cells, ..Self::new(name, text, "XLSX") }
    }

    /// Whether the source is a workbook.
    pub fn is_workbook(&self) -> bool {
        !self.cells.is_empty()
    }

    /// The cell that contains a byte of the text; `None` in a text file.
    pub fn cell(&self, byte: usize) -> Option<&SheetCell> {
        let after = self.cells.partition_point(|(start, _)| *start <= byte);
        self.cells.get(after.checked_sub(1)?).map(|(_, cell)| cell)
    }

    /// Line and column of a byte of the text, both from 1; columns count characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.text.len());
        let line = self.line_number(byte);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start..byte).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// Line of a byte of the text, from 1.
    pub fn line_number(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start <= byte)
    }

    /// Bytes of a line, counted from 1, without its line end.
    pub fn line(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.lines.get(line.checked_sub(1)?)?;
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        let text = self.text.get(start..end)?;
        Some(start..start + text.trim_end_matches(['\n', '\r']).len())
    }
}

/// Byte offsets of line starts: after `\n`, `\r\n` and a lone `\r`.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
}

/// The first line end.
fn first_line_end(text: &str) -> &'static str {
    match text.find(['\n', '\r']).and_then(|at| text.get(at..)) {
        Some(rest) if rest.starts_with("\r\n") => "\r\n",
        Some(rest) if rest.starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// Position in a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCell {
    /// Name of the sheet: 表三.
    pub sheet: String,
    /// Name of the cell: F12.
    pub cell: String,
}

impl fmt::Display for SheetCell {
    /// Sheet and cell: 表三!F12.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}!{}", self.sheet, self.cell)
    }
}
