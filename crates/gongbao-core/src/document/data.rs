//! A report in the order of print: what the template reads, and what every other output is made from.
//! `docs/template-data.md` is the contract; the fields stand here under the names they have there.

use serde::Serialize;

use super::Run;
use crate::form::{Align, Face};

/// The report in the order of print.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// The version of this contract.
    pub template_api: u32,
    /// What the file says of itself.
    pub document: Metadata,
    /// The families of each role; for Typst alone.
    pub fonts: serde_json::Value,
    /// The lines of the title.
    pub title: Vec<String>,
    /// The paragraphs before the first chapter.
    pub preface: Vec<Para>,
    /// The chapters of the form.
    pub chapters: Vec<ChapterData>,
    /// Who signs, and when, where the report gives a date.
    pub signature: Option<Signature>,
}

/// What a file says of itself.
#[derive(Debug, Clone, Serialize)]
pub struct Metadata {
    /// The title on one line.
    pub title: String,
    /// The body's name.
    pub author: String,
    /// What the report is, in one sentence.
    pub description: String,
    /// What people would search for.
    pub keywords: Vec<String>,
    /// Year, month and day of the document.
    pub date: [i16; 3],
}

/// A chapter: a text, or a table with its notes.
#[derive(Debug, Clone, Serialize)]
pub struct ChapterData {
    /// Its heading, numbered as in the form.
    pub heading: String,
    /// Its paragraphs, if it is a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraphs: Option<Vec<Para>>,
    /// Its table, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<TableData>,
    /// The notes under the table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A paragraph.
#[derive(Debug, Clone, Serialize)]
pub struct Para {
    /// 0 for body, 2 for （一）, 3 for `1.`, 4 for （1）.
    pub level: u8,
    /// The heading it opens with (level 2), full stop included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<Vec<Run>>,
    /// The heading without its full stop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bookmark: Option<String>,
    /// What follows the heading, or the whole paragraph.
    pub runs: Vec<Run>,
}

/// Who signs, and when.
#[derive(Debug, Clone, Serialize)]
pub struct Signature {
    /// The body's name.
    pub name: String,
    /// 2025年1月24日.
    pub date: String,
}

/// A table: its grid filled with labels and figures.
#[derive(Debug, Clone, Serialize)]
pub struct TableData {
    /// Its key in the report file: `applications`.
    pub key: String,
    /// What people call it: 表三.
    pub name: String,
    /// What it is, for readers who cannot see it.
    pub summary: String,
    /// The size of its type in points.
    pub size: f64,
    /// The widths of its grid columns in millimetres.
    pub widths: Vec<f64>,
    /// The least they may become, in millimetres.
    pub narrowest: Vec<f64>,
    /// The least height of a row in millimetres.
    pub row_height: f64,
    /// Its blocks from top to bottom.
    pub blocks: Vec<BlockData>,
}

/// A part of a table with column headers of its own.
#[derive(Debug, Clone, Serialize)]
pub struct BlockData {
    /// The least height of a row of figures in millimetres.
    pub row_height: f64,
    /// The rows that head it; they are repeated wherever it goes on.
    pub header: Vec<Vec<CellData>>,
    /// The rows of figures.
    pub rows: Vec<RowData>,
}

/// A row of figures with its headers.
#[derive(Debug, Clone, Serialize)]
pub struct RowData {
    /// Rows of one number belong together.
    pub group: usize,
    /// The cells that begin in it, from left to right.
    pub cells: Vec<CellData>,
}

/// A cell of a table. What most cells are is not said in the JSON: it is half as long, and quicker to set.
#[derive(Debug, Clone, Serialize)]
pub struct CellData {
    /// Its first grid column, from 0.
    pub x: usize,
    /// Its first grid row, from 0, over the whole table.
    pub y: usize,
    /// How many grid columns it spans.
    #[serde(skip_serializing_if = "is_one")]
    pub colspan: usize,
    /// How many grid rows it spans.
    #[serde(skip_serializing_if = "is_one")]
    pub rowspan: usize,
    /// How its words stand in it.
    #[serde(skip_serializing_if = "is_usual")]
    pub align: Align,
    /// The face of its words.
    #[serde(skip_serializing_if = "is_usual")]
    pub face: Face,
    /// Whether its ground is shaded.
    #[serde(skip_serializing_if = "is_usual")]
    pub shade: bool,
    /// Whether it is a figure like most: digits, a stroke or nothing, centred in 宋体 in one grid cell.
    #[serde(skip_serializing_if = "is_usual")]
    pub plain: bool,
    /// What stands in it.
    #[serde(flatten)]
    pub content: CellContent,
}

/// What stands in a cell: the `lines` of a label as they are wanted (joined they are the label), and the
/// `remark` that follows it in 楷体; a `level` of 1 is outermost.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(missing_docs, reason = "said once above")]
pub enum CellContent {
    /// A header across the block: 第二十条第（一）项.
    Band {
        lines: Vec<String>,
        #[serde(skip_serializing_if = "String::is_empty")]
        remark: String,
    },
    /// Words in a header's place that head nothing.
    Note {
        lines: Vec<String>,
        #[serde(skip_serializing_if = "String::is_empty")]
        remark: String,
    },
    /// A header of the columns below it.
    Column {
        lines: Vec<String>,
        #[serde(skip_serializing_if = "String::is_empty")]
        remark: String,
        level: usize,
    },
    /// A header of the rows beside it.
    Row {
        lines: Vec<String>,
        #[serde(skip_serializing_if = "String::is_empty")]
        remark: String,
        level: usize,
    },
    /// A figure as printed (it may be empty), and its note.
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
