//! Facts about the layout of a PDF, for whoever examines published reports.

use serde::{Deserialize, Serialize};

/// Facts about the layout of a PDF.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Layout {
    /// Number of pages.
    pub pages: usize,
    /// Whether the file has structure tags.
    pub is_tagged: bool,
    /// Names of fonts that are used and not embedded.
    pub loose_fonts: Vec<String>,
    /// Pages that are images without text, from 1.
    pub scanned: Vec<usize>,
    /// Tables, in the order of the file.
    pub tables: Vec<TableLayout>,
}

/// Facts about the layout of a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TableLayout {
    /// Name of the form's table; empty if the table is not recognised.
    pub name: String,
    /// Page on which it begins, from 1.
    pub page: usize,
    /// Usual font size of its texts in points.
    pub size: Option<f64>,
    /// Pages at whose end a group or a row of it is torn apart.
    pub torn: Vec<usize>,
}

/// Font size of 小五 in points.
pub const SMALLEST: f64 = 9.0;

impl TableLayout {
    /// Whether its texts are smaller than 小五. Programs round sizes to tenths of a point.
    pub fn is_small(&self) -> bool {
        self.size.is_some_and(|size| size < SMALLEST - 0.15)
    }
}
