//! Neutral form of imported files: paragraphs, and tables as cells with spans.

use serde::{Deserialize, Serialize};

/// A file as paragraphs and tables, in order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Document {
    pub(super) blocks: Vec<Block>,
    /// Title of a web page.
    pub(super) title: Option<String>,
    /// Whether the file is a web page, or may be a printed one, with words of the portal around the report.
    pub(super) page: bool,
    /// Parts of the file that could not be read.
    pub(super) lost: Vec<Lost>,
}

/// A part of a file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Lost {
    /// Place in the file: 第3页.
    pub(super) place: String,
    /// What can be read of it.
    pub(super) text: String,
    /// Reason, in Chinese.
    pub(super) why: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

/// A paragraph, with its automatic number.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// Whether it is navigation, or header or footer of a web page.
    pub(super) aside: bool,
}

/// A table. Cells never overlap, but may leave gaps, as in short rows.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(super) struct Table {
    pub(super) cells: Vec<Cell>,
    /// Index of the cell at each grid position, row by row.
    pub(super) covered: Vec<Vec<Option<usize>>>,
    /// Number of grid positions.
    pub(super) area: usize,
    /// Sheet of a workbook, if the table is one.
    pub(super) sheet: Option<Sheet>,
    /// Whether the table was larger than the limit.
    pub(super) is_cut: bool,
    /// Page of each row, from 1; empty in a file without pages.
    pub(super) pages: Vec<usize>,
    /// Rows before which a page ends.
    pub(super) breaks: Vec<usize>,
    /// Rows before which the end of a page tears a group or a row apart.
    pub(super) torn: Vec<usize>,
    /// Usual font size of its texts in points; `None` in a file without pages.
    pub(super) size: Option<f64>,
}

/// Position of a table in a workbook.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(super) struct Sheet {
    /// Name of the sheet.
    pub(super) name: String,
    /// Rows and columns of the sheet that the table consists of, from 0.
    pub(super) rows: Vec<usize>,
    pub(super) columns: Vec<usize>,
}

/// A cell with its position, spans and text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) text: String,
    /// Reason for which the text is not certain, in Chinese. No figure is read from such a cell.
    pub(super) doubt: Option<String>,
}

/// Maximum number of columns and rows; longer spans are cut.
pub(super) const MOST_COLUMNS: usize = 256;
pub(super) const MOST_ROWS: usize = 4096;
/// Maximum number of grid positions of a table: rows and columns cannot both be at their maximum.
const LARGEST: usize = 1 << 18;
/// Number of grid positions of all tables of a file, after which further tables are left out.
pub(super) const MOST_AREA: usize = 1 << 22;

impl Table {
    /// Creates the table of a sheet.
    pub(super) fn of_sheet(sheet: Sheet) -> Self {
        Self { sheet: Some(sheet), ..Self::default() }
    }

    /// Number of grid positions.
    pub(super) fn area(&self) -> usize {
        self.area
    }

    /// First free grid column of a row, from `from` on.
    pub(super) fn free(&self, row: usize, from: usize) -> usize {
        let Some(cells) = self.covered.get(row) else { return from };
        (from..).find(|column| cells.get(*column).is_none_or(Option::is_none)).unwrap_or(from)
    }

    /// Adds a cell. Its spans are cut where other cells are, and nothing is added beyond the limits. Returns whether the cell
    /// was added.
    pub(super) fn put(
        &mut self,
        row: usize,
        column: usize,
        rows: usize,
        columns: usize,
        text: String,
    ) -> bool {
        self.put_doubtful(row, column, rows, columns, text, None)
    }

    /// Adds a cell as [`put`](Self::put) does, with the reason for which its text is not certain.
    pub(super) fn put_doubtful(
        &mut self,
        row: usize,
        column: usize,
        rows: usize,
        columns: usize,
        text: String,
        doubt: Option<&str>,
    ) -> bool {
        if row >= MOST_ROWS || column >= MOST_COLUMNS || self.area >= LARGEST {
            self.is_cut |= !text.trim().is_empty();
            return false;
        }
        let index = self.cells.len();
        self.cells.push(Cell { row, column, text, doubt: doubt.map(str::to_owned) });
        for y in row..row.saturating_add(rows.max(1)).min(MOST_ROWS) {
            self.cover(index, y, column, columns);
        }
        true
    }

    fn cover(&mut self, index: usize, row: usize, column: usize, columns: usize) {
        if self.covered.len() <= row {
            self.covered.resize_with(row + 1, Vec::new);
        }
        let end = column.saturating_add(columns.max(1)).min(MOST_COLUMNS);
        let Some(cells) = self.covered.get_mut(row) else { return };
        if self.area >= LARGEST {
            self.is_cut = true;
            return;
        }
        self.area += end.saturating_sub(cells.len());
        if cells.len() < end {
            cells.resize(end, None);
        }
        for place in cells.iter_mut().take(end).skip(column).filter(|place| place.is_none()) {
            *place = Some(index);
        }
    }

    /// Extends the cell above that begins at this column into this row. Returns whether there is one.
    pub(super) fn extend(&mut self, row: usize, column: usize, columns: usize) -> bool {
        let above = row.checked_sub(1).and_then(|above| self.at(above, column));
        let Some(index) =
            above.filter(|index| self.cells.get(*index).is_some_and(|cell| cell.column == column))
        else {
            return false;
        };
        if row < MOST_ROWS {
            self.cover(index, row, column, columns);
        }
        true
    }

    /// Extends the cell at this position over this number of columns.
    pub(super) fn widen(&mut self, row: usize, column: usize, columns: usize) {
        if let Some(index) = self.at(row, column) {
            self.cover(index, row, column, columns);
        }
    }

    /// Adds the row, even if no cell begins in it.
    pub(super) fn reach(&mut self, row: usize) {
        if self.covered.len() <= row && row < MOST_ROWS {
            self.covered.resize_with(row + 1, Vec::new);
        }
    }

    /// Index of the cell at a grid position.
    pub(super) fn at(&self, row: usize, column: usize) -> Option<usize> {
        *self.covered.get(row)?.get(column)?
    }

    /// Whether the cell at a position extends into the next row.
    pub(super) fn is_tall(&self, row: usize, column: usize) -> bool {
        let here = self.at(row, column);
        here.is_some() && self.at(row + 1, column) == here
    }

    /// Number of rows.
    pub(super) fn rows(&self) -> usize {
        self.covered.len()
    }

    /// Number of grid columns.
    pub(super) fn columns(&self) -> usize {
        self.covered.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// Cells that cover a row, from left to right, each with the first column it covers there.
    pub(super) fn in_row(&self, row: usize) -> Vec<(usize, &Cell)> {
        let mut cells: Vec<(usize, &Cell)> = Vec::new();
        let mut last = None;
        for (column, index) in self.covered.get(row).into_iter().flatten().enumerate() {
            if *index != last
                && let Some(cell) = index.and_then(|index| self.cells.get(index))
            {
                cells.push((column, cell));
            }
            last = *index;
        }
        cells
    }

    /// Extracts rows into a new table.
    pub(super) fn part(&self, rows: std::ops::Range<usize>) -> Self {
        let mut part = Self { sheet: self.sheet.clone(), is_cut: self.is_cut, ..Self::default() };
        part.pages = self.pages.get(rows.clone()).unwrap_or_default().to_vec();
        part.size = self.size;
        let breaks = self.breaks.iter().filter(|at| rows.start < **at && **at < rows.end);
        part.breaks = breaks.map(|at| at - rows.start).collect();
        if let Some(sheet) = &mut part.sheet {
            sheet.rows = sheet.rows.get(rows.clone()).unwrap_or_default().to_vec();
        }
        let mut moved = vec![None; self.cells.len()];
        for row in rows.clone() {
            let mut line = Vec::new();
            for index in self.covered.get(row).into_iter().flatten() {
                line.push(index.and_then(|index| {
                    let cell = self.cells.get(index)?;
                    let new = moved.get_mut(index)?;
                    if new.is_none() {
                        *new = Some(part.cells.len());
                        part.cells.push(Cell { row: cell.row.max(rows.start) - rows.start, ..cell.clone() });
                    }
                    *new
                }));
            }
            part.covered.push(line);
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_cut_and_never_overlap() {
        let mut table = Table::default();
        assert!(table.put(0, 0, 1_000_000_000, 2, "高".into()));
        assert!(table.put(0, 2, 1, 1_000_000_000, "宽".into()));
        assert!(table.put(1, 1, 1, 2, "让".into()));
        assert!(!table.put(0, 300, 1, 1, "远".into()));
        assert_eq!((table.rows(), table.columns()), (MOST_ROWS, MOST_COLUMNS));
        assert_eq!(table.at(1, 1), Some(0));
        assert_eq!(table.at(1, 2), Some(2));
        assert_eq!(table.free(1, 0), 3);
        let part = table.part(1..3);
        assert_eq!((part.rows(), part.cells.len()), (2, 2));
    }
}
