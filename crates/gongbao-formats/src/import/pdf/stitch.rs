//! Tables continued over several pages, as one table.

use super::page::DrawnTable;
use crate::import::{neutral::Table, words::compact};

/// The parts of a table on consecutive pages, each with its page number.
#[derive(Debug, Default)]
pub(super) struct Parts(Vec<(usize, DrawnTable)>);

/// Maximum difference in the width of two parts of a table, in points.
const WIDER: f64 = 4.0;
/// Maximum difference of their places: left and right pages may have different margins.
const ASIDE: f64 = 40.0;
/// Positions nearer to each other than this are one.
const SNAP: f64 = 3.0;

/// A cell of one part.
struct Placed {
    row: usize,
    column: usize,
    rows: usize,
    columns: usize,
    text: String,
    doubt: Option<&'static str>,
}

impl Parts {
    pub(super) fn new(page: usize, table: DrawnTable) -> Self {
        Self(vec![(page, table)])
    }

    /// Whether a table at the top of the next page may continue this one: it is as wide.
    pub(super) fn continues_in(&self, table: &DrawnTable) -> bool {
        self.0.last().is_some_and(|(_, last)| {
            (last.area.width() - table.area.width()).abs() <= WIDER
                && (last.area.x0 - table.area.x0).abs() <= ASIDE
        })
    }

    pub(super) fn push(&mut self, page: usize, table: DrawnTable) {
        self.0.push((page, table));
    }

    /// The parts as one table. Headers repeated on later pages are left out.
    pub(super) fn join(self) -> Table {
        let Some((_, first)) = self.0.first() else { return Table::default() };
        let left = first.area.x0;
        // The right edges agree up to `WIDER`.
        let width = first.area.width();
        let place =
            |x: f64, table: &DrawnTable| (x - table.area.x0) * width / table.area.width().max(1.0) + left;
        let xs = positions(self.0.iter().flat_map(|(_, table)| {
            table.cells.iter().flat_map(|cell| [place(cell.area.x0, table), place(cell.area.x1, table)])
        }));
        let mut joined = Table::default();
        let mut head: Vec<Vec<Signature>> = Vec::new();
        let mut start = 0;
        for (index, (page, table)) in self.0.iter().enumerate() {
            let ys = positions(table.cells.iter().flat_map(|cell| [cell.area.y0, cell.area.y1]));
            let mut cells: Vec<Placed> = Vec::new();
            for cell in &table.cells {
                let (row, bottom) = (nearest(&ys, cell.area.y0), nearest(&ys, cell.area.y1));
                let (column, right) =
                    (nearest(&xs, place(cell.area.x0, table)), nearest(&xs, place(cell.area.x1, table)));
                cells.push(Placed {
                    row,
                    column,
                    rows: bottom.saturating_sub(row).max(1),
                    columns: right.saturating_sub(column).max(1),
                    text: cell.text.clone(),
                    doubt: cell.doubt,
                });
            }
            cells.sort_by_key(|cell| (cell.row, cell.column));
            let mut rows = ys.len().saturating_sub(1);
            let signatures = signatures(&cells, rows);
            if index == 0 {
                head = signatures;
            } else {
                let repeated = repeated(&head, &signatures);
                cells.retain(|cell| cell.row >= repeated);
                cells.iter_mut().for_each(|cell| cell.row -= repeated);
                rows -= repeated;
                joined.breaks.push(start);
            }
            for cell in cells {
                let Placed { row, column, rows, columns, text, doubt } = cell;
                joined.put_doubtful(start + row, column, rows, columns, text, doubt);
            }
            joined.pages.resize(start + rows, *page);
            start += rows;
            if let Some(last) = start.checked_sub(1) {
                joined.reach(last);
            }
        }
        joined.size = self.usual_size();
        joined
    }

    /// Median of the font sizes of the cells.
    fn usual_size(&self) -> Option<f64> {
        let cells = self.0.iter().flat_map(|(_, table)| &table.cells);
        let mut sizes: Vec<f64> = cells.map(|cell| cell.size).filter(|size| size.is_finite()).collect();
        sizes.sort_by(f64::total_cmp);
        sizes.get(sizes.len() / 2).copied()
    }
}

/// Distinct positions in ascending order.
fn positions(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.dedup_by(|next, kept| *next - *kept <= SNAP);
    values
}

fn nearest(positions: &[f64], value: f64) -> usize {
    let distances = positions.iter().map(|position| (position - value).abs()).enumerate();
    distances.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(index, _)| index)
}

/// Column, spans and text of a cell.
type Signature = (usize, usize, usize, String);

/// Cells that begin in each row.
fn signatures(cells: &[Placed], rows: usize) -> Vec<Vec<Signature>> {
    let mut signatures = vec![Vec::new(); rows];
    for cell in cells {
        if let Some(row) = signatures.get_mut(cell.row) {
            row.push((cell.column, cell.rows, cell.columns, compact(&cell.text)));
        }
    }
    signatures
}

/// Number of rows at the top of a part that repeat the first rows of the table: headers have words and no figures.
fn repeated(head: &[Vec<Signature>], rows: &[Vec<Signature>]) -> usize {
    let is_header = |row: &[Signature]| {
        let is_figure =
            |text: &str| text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic);
        row.iter().any(|(.., text)| !text.is_empty()) && !row.iter().any(|(.., text)| is_figure(text))
    };
    let same = head.iter().zip(rows).take_while(|(a, b)| a == b && is_header(a)).count();
    // A header ends where none of its cells extends further.
    (1..=same.min(rows.len().saturating_sub(1)))
        .rev()
        .find(|end| {
            let above = rows.iter().take(*end).enumerate();
            above
                .flat_map(|(row, cells)| cells.iter().map(move |cell| row + cell.1))
                .all(|bottom| bottom <= *end)
        })
        .unwrap_or(0)
}
