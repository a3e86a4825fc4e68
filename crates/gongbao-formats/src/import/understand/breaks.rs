//! Cells and rows of tables that a page break tore apart.
//!
//! A program that breaks a table over pages leaves two cells where there was one: a group's label with its first words on
//! one page and the rest on the next, or a row whose label and figures are on different pages. The words of the forms
//! decide: two cells are one if their words together are a label that the words of both alone are not.

use super::{figure, sheet::Known};
use crate::import::{
    neutral::{Cell, Table},
    words::trim,
};

/// A cell with its spans.
#[derive(Debug, Clone)]
struct Span {
    rows: usize,
    columns: usize,
    cell: Cell,
}

impl Span {
    fn text(&self) -> &str {
        trim(&self.cell.text)
    }

    fn bottom(&self) -> usize {
        self.cell.row + self.rows
    }
}

/// Joins what page breaks tore apart.
pub(super) fn mend(table: &Table, known: &Known) -> Table {
    let mut table = table.clone();
    // From the last one on, so that the rows of the others stay where they are.
    for at in table.breaks.clone().into_iter().rev() {
        table = mend_break(&table, at, known);
    }
    table
}

/// Joins what the break before a row tore apart.
fn mend_break(table: &Table, at: usize, known: &Known) -> Table {
    let spans = spans(table);
    let is_torn = |above: &str, below: &str| {
        let together = format!("{above}{below}");
        known.finds(&together) && !(known.finds(above) && known.finds(below))
    };
    // Pairs of cells that meet at the break and are equally wide.
    let pairs: Vec<(usize, usize)> = spans
        .iter()
        .enumerate()
        .filter(|(_, above)| above.bottom() == at)
        .filter_map(|(index, above)| {
            let is_below = |below: &Span| {
                below.cell.row == at
                    && below.cell.column == above.cell.column
                    && below.columns == above.columns
            };
            Some((index, spans.iter().position(is_below)?))
        })
        .collect();
    let pair = |(a, b): (usize, usize)| Some((spans.get(a)?, spans.get(b)?));
    let touching = |row: fn(&Span, usize) -> bool| spans.iter().filter(|span| row(span, at)).count();
    let is_regular = pairs.len() == touching(|span, at| span.bottom() == at)
        && pairs.len() == touching(|span, at| span.cell.row == at);
    let single: Vec<(&Span, &Span)> = pairs
        .iter()
        .filter_map(|(a, b)| pair((*a, *b)))
        .filter(|(above, below)| above.rows == 1 && below.rows == 1)
        .collect();
    let is_row_torn = is_regular && !single.is_empty() && is_one_row(&single, is_torn);
    let mut joined: Vec<(usize, usize, String, Option<String>)> = Vec::new();
    for &(a, b) in &pairs {
        let Some((above, below)) = pair((a, b)) else { continue };
        let (first, second) = (above.text(), below.text());
        let doubt = above.cell.doubt.clone().or_else(|| below.cell.doubt.clone());
        let is_label = !figure::is_figure(first) && !figure::is_figure(second);
        let goes_on = above.rows > 1 || below.rows > 1;
        if !(is_row_torn || goes_on && is_label) {
            continue;
        }
        match (first.is_empty(), second.is_empty()) {
            (false, false) if is_torn(first, second) => {
                joined.push((a, b, format!("{first}{second}"), doubt))
            }
            (false, false) if is_row_torn && is_label => {
                joined.push((a, b, format!("{first}\n{second}"), doubt));
            }
            (false, false) if is_row_torn => {
                let why = "这一格被分在两页上，不知道是不是一个数".to_owned();
                joined.push((a, b, format!("{first}\n{second}"), Some(why)));
            }
            (false, false) => {}
            _ => joined.push((a, b, format!("{first}{second}"), doubt)),
        }
    }
    let mut mended = rebuilt(table, &spans, &joined, is_row_torn.then_some(at));
    if !joined.is_empty() || is_stranded(table, at) {
        mended.torn.push(at);
    }
    mended
}

/// Whether a header is the last row of its page.
fn is_stranded(table: &Table, at: usize) -> bool {
    let has_figure = |row: usize| {
        let cells = table.in_row(row);
        cells.iter().any(|(_, cell)| figure::is_figure(&cell.text))
    };
    let last_words = at.checked_sub(1).is_some_and(|above| {
        !has_figure(above) && table.in_row(above).iter().any(|(_, cell)| !trim(&cell.text).is_empty())
    });
    last_words && (at..table.rows()).take(3).any(has_figure)
}

/// Whether the rows on both sides of a break are one row: its label is torn, or its label and its figures are on different
/// pages.
fn is_one_row(pairs: &[(&Span, &Span)], is_torn: impl Fn(&str, &str) -> bool) -> bool {
    let is_blank = |text: &str| text.is_empty();
    let torn = pairs.iter().any(|(above, below)| {
        let (first, second) = (above.text(), below.text());
        !is_blank(first) && !is_blank(second) && is_torn(first, second)
    });
    // No column has words on both pages, and both pages have some.
    let never_both = pairs.iter().all(|(above, below)| is_blank(above.text()) || is_blank(below.text()));
    let has = |side: fn(&(&Span, &Span)) -> bool| pairs.iter().any(side);
    let is_divided = never_both
        && has(|(above, _)| !above.text().is_empty())
        && has(|(_, below)| !below.text().is_empty())
        && pairs
            .iter()
            .any(|(above, below)| figure::is_figure(above.text()) || figure::is_figure(below.text()));
    torn || is_divided
}

/// Cells with their spans.
fn spans(table: &Table) -> Vec<Span> {
    let mut spans: Vec<Span> =
        table.cells.iter().map(|cell| Span { rows: 1, columns: 1, cell: cell.clone() }).collect();
    for row in 0..table.rows() {
        for column in 0..table.columns() {
            if let Some(span) = table.at(row, column).and_then(|index| spans.get_mut(index)) {
                span.rows = span.rows.max(row + 1 - span.cell.row.min(row));
                span.columns = span.columns.max(column + 1 - span.cell.column.min(column));
            }
        }
    }
    spans
}

/// The table with joined cells. The row at `torn` becomes part of the row above it.
fn rebuilt(
    table: &Table,
    spans: &[Span],
    joined: &[(usize, usize, String, Option<String>)],
    torn: Option<usize>,
) -> Table {
    let mut new =
        Table { is_cut: table.is_cut, sheet: table.sheet.clone(), size: table.size, ..Table::default() };
    let moved = |row: usize| if torn.is_some_and(|torn| row >= torn) { row - 1 } else { row };
    for (index, span) in spans.iter().enumerate() {
        if joined.iter().any(|(_, below, ..)| *below == index) {
            continue;
        }
        let merge = joined.iter().find(|(above, ..)| *above == index);
        let below = merge.and_then(|(_, below, ..)| spans.get(*below));
        let (text, doubt) =
            merge.map_or((&span.cell.text, &span.cell.doubt), |(.., text, doubt)| (text, doubt));
        let bottom = below.map_or(span.bottom(), Span::bottom);
        let (row, end) =
            (moved(span.cell.row), if torn.is_some_and(|torn| bottom > torn) { bottom - 1 } else { bottom });
        let (column, columns) = (span.cell.column, span.columns);
        new.put_doubtful(row, column, end.saturating_sub(row), columns, text.clone(), doubt.as_deref());
    }
    let last = moved(table.rows().saturating_sub(1));
    new.reach(last);
    let kept = table.pages.iter().enumerate().filter(|(row, _)| torn != Some(*row));
    new.pages = kept.map(|(_, page)| *page).collect();
    // The row at the break is now part of the row above it, so that later rows and breaks move up.
    let up = |rows: &[usize]| {
        rows.iter().map(|at| if torn.is_some_and(|torn| *at > torn) { at - 1 } else { *at }).collect()
    };
    (new.breaks, new.torn) = (up(&table.breaks), up(&table.torn));
    new
}
