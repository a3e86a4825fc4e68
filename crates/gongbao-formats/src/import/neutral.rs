//! What all kinds of files come to: paragraphs, and tables as cells with spans.

/// A file as paragraphs and tables in the order in which they stand.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) blocks: Vec<Block>,
    /// The title that the file gives itself apart from its text (of a web page).
    pub(super) title: Option<String>,
    /// Whether it is a web page, with a portal's words around the report.
    pub(super) page: bool,
}

#[derive(Debug)]
pub(super) enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

/// A paragraph with what numbering makes visible before it.
#[derive(Debug, Default, Clone)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// Whether it stands beside the text: navigation, the head and foot of a web page.
    pub(super) aside: bool,
}

/// A table. Its cells may leave holes, as cut-off rows do; they never overlap.
#[derive(Debug, Default, Clone)]
pub(super) struct Table {
    pub(super) cells: Vec<Cell>,
    /// For each grid position the cell that covers it, row by row.
    covered: Vec<Vec<Option<usize>>>,
    /// The sheet of a workbook that it is.
    pub(super) sheet: Option<Sheet>,
    /// Whether there was more in it than any table of a report holds.
    pub(super) is_cut: bool,
}

/// Where a table stands in a workbook.
#[derive(Debug, Default, Clone)]
pub(super) struct Sheet {
    /// The sheet's name.
    pub(super) name: String,
    /// The sheet's rows and columns that the table's are, from 0.
    pub(super) rows: Vec<usize>,
    pub(super) columns: Vec<usize>,
}

/// A cell: where it begins, how far it reaches, what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) text: String,
}

/// No table of a report has more columns or rows; spans beyond are cut.
pub(super) const MOST_COLUMNS: usize = 256;
pub(super) const MOST_ROWS: usize = 4096;

impl Table {
    /// The table that a sheet is.
    pub(super) fn of_sheet(sheet: Sheet) -> Self {
        Self { sheet: Some(sheet), ..Self::default() }
    }

    /// The grid column at which a row's next cell begins, from `from` on.
    pub(super) fn free(&self, row: usize, from: usize) -> usize {
        let Some(cells) = self.covered.get(row) else { return from };
        (from..).find(|column| cells.get(*column).is_none_or(Option::is_none)).unwrap_or(from)
    }

    /// Puts a cell where it begins; as far as it would cover what another covers, it gives way. Beyond the
    /// largest table nothing is kept: whether the cell found room.
    pub(super) fn put(
        &mut self,
        row: usize,
        column: usize,
        rows: usize,
        columns: usize,
        text: String,
    ) -> bool {
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            self.is_cut |= !text.trim().is_empty();
            return false;
        }
        let index = self.cells.len();
        self.cells.push(Cell { row, column, text });
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
        if cells.len() < end {
            cells.resize(end, None);
        }
        for place in cells.iter_mut().take(end).skip(column).filter(|place| place.is_none()) {
            *place = Some(index);
        }
    }

    /// Lets the cell above, which begins at this column, reach down into this row; whether there is one.
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

    /// Lets the cell that covers this position reach over so many columns of the row.
    pub(super) fn widen(&mut self, row: usize, column: usize, columns: usize) {
        if let Some(index) = self.at(row, column) {
            self.cover(index, row, column, columns);
        }
    }

    /// Makes sure that the row is there, even if nothing begins in it.
    pub(super) fn reach(&mut self, row: usize) {
        if self.covered.len() <= row && row < MOST_ROWS {
            self.covered.resize_with(row + 1, Vec::new);
        }
    }

    /// The cell that covers a grid position.
    pub(super) fn at(&self, row: usize, column: usize) -> Option<usize> {
        *self.covered.get(row)?.get(column)?
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.covered.len()
    }

    /// How many grid columns there are.
    pub(super) fn columns(&self) -> usize {
        self.covered.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// The cells that cover a row, from left to right, each once with the first column it covers there.
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

    /// Some rows as a table of their own.
    pub(super) fn part(&self, rows: std::ops::Range<usize>) -> Self {
        let mut part = Self { sheet: self.sheet.clone(), is_cut: self.is_cut, ..Self::default() };
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
