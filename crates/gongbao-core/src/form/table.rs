//! A table of a form: blocks, each a tree of column headers over a tree of row headers.

use serde::Deserialize;

/// A table: blocks stacked on one set of grid columns.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What people call it: 表三.
    pub name: String,
    /// One sentence for readers who cannot see it.
    pub summary: String,
    /// The wanted size of its type in points.
    pub size: f64,
    /// The widths of the grid columns in millimetres; together they are the type area's 156 mm.
    pub widths: Vec<f64>,
    /// How narrow each grid column may become to make room for long figures; `widths` where not given.
    #[serde(default)]
    pub narrowest: Vec<f64>,
    /// The least height of a row in millimetres.
    #[serde(default)]
    pub row_height: f64,
    /// How many digits a figure may have before the decimal point.
    pub digits: u32,
    /// How row headers are aligned.
    #[serde(default)]
    pub row_align: Align,
    /// Whether a locality may add rows of its own.
    #[serde(default)]
    pub extra_rows: bool,
    /// The blocks from top to bottom.
    pub blocks: Vec<Block>,
}

/// A block: an optional band, column headers, rows.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Words across the block, shaded: 第二十条第（一）项.
    #[serde(default)]
    pub band: Option<String>,
    /// What stands where column and row headers meet; needed where there are row headers.
    #[serde(default)]
    pub corner: Option<Corner>,
    /// The least height of a row of figures in millimetres, where it is not the table's.
    #[serde(default)]
    pub row_height: Option<f64>,
    /// The tree of column headers.
    pub columns: Vec<Node>,
    /// The tree of row headers. Where there is none, the block has one row of figures, whose paths
    /// come from the column headers alone.
    #[serde(default)]
    pub rows: Vec<Node>,
}

/// The corner cell over the row headers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corner {
    /// Its words.
    pub label: String,
    /// Its face.
    #[serde(default)]
    pub face: Face,
    /// Its alignment.
    #[serde(default)]
    pub align: Align,
    /// Whether it heads the row labels below it; a note only stands in the corner.
    #[serde(default = "yes")]
    pub heads: bool,
}

fn yes() -> bool {
    true
}

/// A header with the headers under it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Its part of a figure's path; a header without a key only gathers others.
    #[serde(default)]
    pub key: Option<String>,
    /// Its words, with wanted line breaks.
    pub label: String,
    /// Words that follow the label in 楷体.
    #[serde(default)]
    pub remark: String,
    /// How it is aligned, where it is not as the rest.
    #[serde(default)]
    pub align: Option<Align>,
    /// How many grid columns a column header without children takes.
    #[serde(default = "one")]
    pub width: usize,
    /// What kind of figure stands under a column header without children.
    #[serde(default)]
    pub figure: FigureKind,
    /// Units that a figure may carry in its cell.
    #[serde(default)]
    pub units: Vec<String>,
    /// Whether only governments make what this row counts, so that their departments' reports count it again.
    #[serde(default)]
    pub of_government: bool,
    /// The headers under it.
    #[serde(default)]
    pub children: Vec<Node>,
}

fn one() -> usize {
    1
}

impl Node {
    /// The words without wanted breaks, remark included: what the form prints.
    pub fn words(&self) -> String {
        self.label.replace('\n', "") + &self.remark
    }

    /// How many levels of headers there are, this one included.
    pub fn depth(&self) -> usize {
        1 + self.children.iter().map(Node::depth).max().unwrap_or(0)
    }

    /// The headers at the ends of the tree, this one if it has no children, from left to right or
    /// from top to bottom.
    pub fn leaves(&self) -> Vec<&Node> {
        if self.children.is_empty() {
            vec![self]
        } else {
            self.children.iter().flat_map(Node::leaves).collect()
        }
    }
}

/// What kind of figure a cell holds.
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

/// Where the words of a cell stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// In the middle.
    #[default]
    Center,
    /// At the left.
    Left,
}

/// The face of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Face {
    /// 宋体.
    #[default]
    Songti,
    /// 楷体.
    Kaiti,
}
