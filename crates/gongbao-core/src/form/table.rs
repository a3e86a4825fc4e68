//! Tables of a form: blocks, each a tree of column headers over a tree of row headers.

use serde::Deserialize;

/// A table: blocks stacked on one set of grid columns.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Name: 表三.
    pub name: String,
    /// One sentence for screen readers.
    pub summary: String,
    /// Preferred type size in points.
    pub size: f64,
    /// Widths of the grid columns in millimetres; they add up to the type area's 156 mm.
    pub widths: Vec<f64>,
    /// Minimum widths of the grid columns, used to make room for long figures; `widths` if empty.
    #[serde(default)]
    pub narrowest: Vec<f64>,
    /// Minimum height of a row in millimetres.
    #[serde(default)]
    pub row_height: f64,
    /// Maximum number of digits before the decimal point of a figure.
    pub digits: u32,
    /// Alignment of row headers.
    #[serde(default)]
    pub row_align: Align,
    /// Whether a locality may add rows.
    #[serde(default)]
    pub extra_rows: bool,
    /// Blocks from top to bottom.
    pub blocks: Vec<Block>,
}

/// A block: optional band, column headers, rows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Shaded words across the block: 第二十条第（一）项.
    #[serde(default)]
    pub band: Option<String>,
    /// Cell between column and row headers; required where there are row headers.
    #[serde(default)]
    pub corner: Option<Corner>,
    /// Minimum height of a row of figures in millimetres, where it differs from the table's.
    #[serde(default)]
    pub row_height: Option<f64>,
    /// Trees of column headers.
    pub columns: Vec<Node>,
    /// Trees of row headers. A block without row headers has one row of figures, whose paths consist of the keys of the
    /// column headers.
    #[serde(default)]
    pub rows: Vec<Node>,
}

/// The corner cell over the row headers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corner {
    /// Words.
    pub label: String,
    /// Typeface.
    #[serde(default)]
    pub face: Face,
    /// Alignment.
    #[serde(default)]
    pub align: Align,
    /// Whether it is the header of the row labels below it, rather than a note.
    #[serde(default = "yes")]
    pub heads: bool,
}

fn yes() -> bool {
    true
}

/// A header with its children.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Its key in the paths of figures; a header without a key only groups its children.
    #[serde(default)]
    pub key: Option<String>,
    /// Words, with `\n` where a line break is required.
    pub label: String,
    /// Words after the label, set in 楷体.
    #[serde(default)]
    pub remark: String,
    /// Alignment, where it differs from the default.
    #[serde(default)]
    pub align: Option<Align>,
    /// Number of grid columns of a column header without children.
    #[serde(default = "one")]
    pub width: usize,
    /// Kind of the figures under a column header without children.
    #[serde(default)]
    pub figure: FigureKind,
    /// Units that a figure may have in its cell.
    #[serde(default)]
    pub units: Vec<String>,
    /// Whether only governments issue what this row counts. Their departments' reports count the same items again.
    #[serde(default)]
    pub of_government: bool,
    /// Child headers.
    #[serde(default)]
    pub children: Vec<Node>,
}

fn one() -> usize {
    1
}

impl Node {
    /// Words without required line breaks, remark included.
    pub fn words(&self) -> String {
        self.label.replace('\n', "") + &self.remark
    }

    /// Number of header levels, this one included.
    pub fn depth(&self) -> usize {
        1 + self.children.iter().map(Node::depth).max().unwrap_or(0)
    }

    /// Leaves of the tree in order; the header itself if it has no children.
    pub fn leaves(&self) -> Vec<&Node> {
        if self.children.is_empty() {
            vec![self]
        } else {
            self.children.iter().flat_map(Node::leaves).collect()
        }
    }
}

/// Kind of a figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FigureKind {
    /// A whole number, not negative.
    #[default]
    Count,
    /// A whole number that may be negative (本年增/减).
    Change,
    /// An amount of money, not negative, with up to six decimals.
    Amount,
}

/// Alignment of a cell's words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Centred.
    #[default]
    Center,
    /// Left-aligned.
    Left,
}

/// Typeface of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Face {
    /// 宋体.
    #[default]
    Songti,
    /// 楷体.
    Kaiti,
}
