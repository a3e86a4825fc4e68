//! Types of a report in the order of print. The fields have the names of the contract, `docs/template-data.md`.

use std::borrow::Cow;

use serde::Serialize;

use super::Run;
use crate::form::{Align, Face};

/// The report in the order of print.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// Version of the contract.
    pub template_api: u32,
    /// Metadata of the file.
    pub document: Metadata,
    /// Font families of each role, for Typst only.
    pub fonts: serde_json::Value,
    /// Lines of the title.
    pub title: Vec<String>,
    /// The same lines, each divided into the parts between which a narrow screen may break it.
    #[serde(skip)]
    pub title_parts: Vec<Vec<String>>,
    /// 题注 under the title of a corrected report: （2025年3月2日更正）.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Paragraphs before the first chapter.
    pub preface: Vec<ParagraphData>,
    /// Chapters of the form.
    pub chapters: Vec<ChapterData>,
    /// Signature, if the report has a date.
    pub signature: Option<Signature>,
}

/// Metadata of a file.
#[derive(Debug, Clone, Serialize)]
pub struct Metadata {
    /// Title on one line.
    pub title: String,
    /// Name of the agency.
    pub author: String,
    /// Description in one sentence.
    pub description: String,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Year, month and day.
    pub date: [i16; 3],
}

/// A chapter: a text, or a table with its notes and the texts beside it.
#[derive(Debug, Clone, Serialize)]
pub struct ChapterData {
    /// Heading, numbered as in the form.
    pub heading: String,
    /// Paragraphs of a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraphs: Option<Vec<ParagraphData>>,
    /// Paragraphs before the table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<ParagraphData>,
    /// Table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<TableData>,
    /// Notes under the table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Paragraphs after the table and its notes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<ParagraphData>,
}

/// A paragraph.
#[derive(Debug, Clone, Serialize)]
pub struct ParagraphData {
    /// 0 for body, 2 for （一）, 3 for `1.`, 4 for （1）.
    pub level: u8,
    /// Run-in heading (level 2), full stop included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<Vec<Run>>,
    /// The heading without its full stop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bookmark: Option<String>,
    /// Text after the heading, or the whole paragraph.
    pub runs: Vec<Run>,
}

/// Signature.
#[derive(Debug, Clone, Serialize)]
pub struct Signature {
    /// Name of the agency.
    pub name: String,
    /// 2025年1月24日.
    pub date: String,
}

/// A table: a grid of labels and figures.
#[derive(Debug, Clone, Serialize)]
pub struct TableData {
    /// Key in the report file: `applications`.
    pub key: String,
    /// Name: 表三.
    pub name: String,
    /// Summary for screen readers.
    pub summary: String,
    /// Type size in points.
    pub size: f64,
    /// Widths of the grid columns in millimetres.
    pub widths: Vec<f64>,
    /// Minimum widths in millimetres.
    pub narrowest: Vec<f64>,
    /// Minimum height of a row in millimetres.
    pub row_height: f64,
    /// Blocks from top to bottom.
    pub blocks: Vec<BlockData>,
}

/// A piece of a table that is divided by paragraphs between its blocks.
#[derive(Debug, Clone)]
pub struct TablePiece<'a> {
    /// Paragraphs before the piece.
    pub before: &'a [ParagraphData],
    /// The piece as a table of its own; its grid rows are counted from 0.
    pub table: Cow<'a, TableData>,
    /// First grid row of the piece within the whole table.
    pub first_row: usize,
}

impl TableData {
    /// Returns the pieces of the table in order: the whole table unless a block has paragraphs before it.
    pub fn pieces(&self) -> Vec<TablePiece<'_>> {
        let starts: Vec<usize> =
            (0..self.blocks.len()).filter(|at| *at == 0 || !self.blocks[*at].before.is_empty()).collect();
        let [_, _, ..] = starts.as_slice() else {
            let before = self.blocks.first().map_or(&[][..], |block| &block.before);
            return vec![TablePiece { before, table: Cow::Borrowed(self), first_row: 0 }];
        };
        let height = |blocks: &[BlockData]| -> usize {
            blocks.iter().map(|block| block.header.len() + block.rows.len()).sum()
        };
        let ends = starts.iter().skip(1).copied().chain([self.blocks.len()]);
        let piece = |(number, (start, end)): (usize, (&usize, usize))| {
            let first_row = height(&self.blocks[..*start]);
            let mut table = Self { blocks: self.blocks[*start..end].to_vec(), ..self.without_blocks() };
            table.summary = format!("{}（共{}段，第{}段）", self.summary, starts.len(), number + 1);
            let header = |block: &mut BlockData| {
                let cells = block.header.iter_mut().flatten();
                cells
                    .chain(block.rows.iter_mut().flat_map(|row| &mut row.cells))
                    .for_each(|cell| cell.y -= first_row);
            };
            table.blocks.iter_mut().for_each(header);
            TablePiece { before: &self.blocks[*start].before, table: Cow::Owned(table), first_row }
        };
        starts.iter().zip(ends).enumerate().map(piece).collect()
    }

    fn without_blocks(&self) -> Self {
        Self {
            key: self.key.clone(),
            name: self.name.clone(),
            summary: self.summary.clone(),
            widths: self.widths.clone(),
            narrowest: self.narrowest.clone(),
            size: self.size,
            row_height: self.row_height,
            blocks: Vec::new(),
        }
    }
}

/// A part of a table with its own column headers.
#[derive(Debug, Clone, Serialize)]
pub struct BlockData {
    /// Paragraphs before the block; with them a new piece of the table begins.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<ParagraphData>,
    /// Minimum height of a row of figures in millimetres.
    pub row_height: f64,
    /// Header rows, repeated where the block continues on another page.
    pub header: Vec<Vec<CellData>>,
    /// Rows of figures.
    pub rows: Vec<RowData>,
}

/// A row of figures with its row headers.
#[derive(Debug, Clone, Serialize)]
pub struct RowData {
    /// Number of the row's group; rows of a group are kept together.
    pub group: usize,
    /// Cells that begin in the row, from left to right.
    pub cells: Vec<CellData>,
}

/// A cell of a table. Default values are left out of the JSON, which halves its length and typesets faster.
#[derive(Debug, Clone, Serialize)]
pub struct CellData {
    /// First grid column, from 0.
    pub x: usize,
    /// First grid row, from 0, counted over the whole table.
    pub y: usize,
    /// Number of grid columns it spans.
    #[serde(skip_serializing_if = "is_one")]
    pub colspan: usize,
    /// Number of grid rows it spans.
    #[serde(skip_serializing_if = "is_one")]
    pub rowspan: usize,
    /// Alignment of its words.
    #[serde(skip_serializing_if = "is_usual")]
    pub align: Align,
    /// Typeface of its words.
    #[serde(skip_serializing_if = "is_usual")]
    pub face: Face,
    /// Whether its background is shaded.
    #[serde(skip_serializing_if = "is_usual")]
    pub shade: bool,
    /// Whether it is a plain figure: digits, a stroke or nothing, centred in 宋体 in a single grid cell.
    #[serde(skip_serializing_if = "is_usual")]
    pub plain: bool,
    /// Parts of a header between which a narrow screen may break it; empty where the form says nothing.
    #[serde(skip)]
    pub parts: Vec<String>,
    /// Content.
    #[serde(flatten)]
    pub content: CellContent,
}

/// Content of a cell: the `lines` of a label, and the `remark` that follows it in 楷体. A `level` of 1 is the outermost.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(missing_docs, reason = "described above")]
pub enum CellContent {
    /// Header across the block: 第二十条第（一）项.
    Band {
        lines: Vec<String>,
        #[serde(skip_serializing_if = "String::is_empty")]
        remark: String,
    },
    /// Words in the place of a header that are no header.
    Note {
        lines: Vec<String>,
        #[serde(skip_serializing_if = "String::is_empty")]
        remark: String,
    },
    /// Header of the columns below it.
    Column {
        lines: Vec<String>,
        #[serde(skip_serializing_if = "String::is_empty")]
        remark: String,
        level: usize,
    },
    /// Header of the rows beside it.
    Row {
        lines: Vec<String>,
        #[serde(skip_serializing_if = "String::is_empty")]
        remark: String,
        level: usize,
    },
    /// Figure as printed (possibly empty), and its note.
    Figure {
        text: String,
        #[serde(skip_serializing_if = "String::is_empty")]
        note: String,
    },
}

fn is_usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_one(value: &usize) -> bool {
    *value == 1
}
