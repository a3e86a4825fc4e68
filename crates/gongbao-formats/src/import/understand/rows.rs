//! Rows of figures, matched with the form's rows, and their cells with the form's columns.

use super::{
    axis::Phrase,
    figure::may_be_figure,
    header::{Columns, Context},
    target::Target,
};
use crate::import::{
    neutral::{Cell, Table},
    words::trim,
};

/// Result of matching a row.
pub(super) enum Row {
    /// A row of a form.
    Known(Placed),
    /// A row that the form does not have, after all rows of a block: the block, its label, its cells.
    Extra { target: usize, label: String, cells: Vec<Found> },
    /// No match.
    Unknown,
}

/// A row of a form with its cells.
pub(super) struct Placed {
    /// Index of the block.
    pub(super) target: usize,
    /// Row within the block.
    pub(super) row: usize,
    /// Cells by column of the block.
    pub(super) cells: Vec<(usize, Found)>,
    /// Grid column and words of cells under headers that the form does not have.
    pub(super) stray: Vec<(usize, String)>,
}

/// A cell in the place of a figure.
pub(super) struct Found {
    /// Grid column.
    pub(super) at: usize,
    pub(super) text: String,
    /// Reason for which its text is not certain.
    pub(super) doubt: Option<String>,
    /// Whether it also extends under other columns.
    pub(super) shared: bool,
}

/// Matches a row below headers.
pub(super) fn find(targets: &[Target<'_>], table: &Table, row: usize, context: &Context) -> Row {
    if context.in_place {
        for columns in &context.columns {
            let Some(target) = targets.get(columns.target) else { continue };
            let Some(index) = row_of(target, columns, table, row, context) else { continue };
            if let Some((cells, stray)) = under_headers(target, columns, table, row, context) {
                return Row::Known(Placed { target: columns.target, row: index, cells, stray });
            }
        }
    }
    // A shifted row, or a row after a page break, is recognised if it has as many cells as its block has columns.
    for columns in &context.columns {
        let Some(target) = targets.get(columns.target) else { continue };
        if let Some((index, cells)) = in_order(target, columns.target, table, row, context) {
            return Row::Known(Placed { target: columns.target, row: index, cells, stray: Vec::new() });
        }
    }
    extra(targets, table, row, context)
}

/// Words left of the figures.
fn stub(table: &Table, row: usize, first: usize) -> Vec<&str> {
    let cells = table.in_row(row).into_iter().filter(|(column, _)| *column < first);
    cells.map(|(_, cell)| cell.text.as_str()).filter(|text| !trim(text).is_empty()).collect()
}

/// Row of the block that the words left of the figures denote.
fn row_of(
    target: &Target<'_>,
    columns: &Columns,
    table: &Table,
    row: usize,
    context: &Context,
) -> Option<usize> {
    let stub = stub(table, row, columns.first()?);
    if !target.has_rows {
        // The only row of the block follows its headers directly; its label is ignored.
        let begins = table.in_row(row).into_iter().any(|(_, cell)| cell.row == row);
        return (begins && !context.has_used(columns.target, 0)).then_some(0);
    }
    match target.rows.find_leaves(&stub)[..] {
        [only] => Some(only),
        _ => None,
    }
}

type Cells = (Vec<(usize, Found)>, Vec<(usize, String)>);

/// Cells under the headers; `None` where they are not aligned with the headers.
fn under_headers(
    target: &Target<'_>,
    columns: &Columns,
    table: &Table,
    row: usize,
    context: &Context,
) -> Option<Cells> {
    let first = columns.first()?;
    // Whether the next row is a row of its own: a figure or a known label begins in it.
    let next = table.in_row(row + 1);
    let next: Vec<_> = next.iter().filter(|(_, cell)| cell.row == row + 1).collect();
    let labels: Vec<&str> =
        next.iter().filter(|(column, _)| *column < first).map(|(_, cell)| cell.text.as_str()).collect();
    let below_begins = next.iter().any(|(column, _)| *column >= first)
        || target.has_rows && !target.rows.find_leaves(&labels).is_empty();
    let mut cells = Vec::new();
    let mut taken = Vec::new();
    for (index, at) in columns.at.iter().enumerate() {
        let Some((grid, _)) = at else { continue };
        let mut covering: Vec<usize> = grid.iter().filter_map(|column| table.at(row, *column)).collect();
        covering.dedup();
        if covering.is_empty() {
            return None;
        }
        let says = |cell: &&usize| table.cells.get(**cell).is_some_and(|cell| !trim(&cell.text).is_empty());
        let cell = match covering.iter().filter(says).collect::<Vec<_>>()[..] {
            [] => covering.first(),
            [only] => Some(only),
            // Two figures under one header.
            _ => return None,
        };
        taken.extend(covering.iter().copied());
        let cell = table.cells.get(*cell?)?;
        // A row label that extends under the headers, or a figure from a row above, is no cell of this row.
        if cell.column < first || cell.row != row && !trim(&cell.text).is_empty() {
            return None;
        }
        let shared = columns.at.iter().enumerate().any(|(other, at)| {
            let under =
                |column: &usize| table.at(row, *column).and_then(|at| table.cells.get(at)) == Some(cell);
            other != index && at.as_ref().is_some_and(|(grid, _)| grid.iter().any(under))
        });
        let is_tall = below_begins && !trim(&cell.text).is_empty() && table.is_tall(row, cell.column);
        let tall = || is_tall.then(|| "这一格跨了几行，不知道是哪一行的数".to_owned());
        let doubt = cell.doubt.clone().or_else(tall);
        cells.push((index, Found { at: cell.column, text: cell.text.clone(), doubt, shared }));
    }
    let mut stray = Vec::new();
    for (column, cell) in table.in_row(row) {
        let is_taken = table.at(row, column).is_some_and(|at| taken.contains(&at));
        if column < first || is_taken || trim(&cell.text).is_empty() {
            continue;
        }
        // A cell without any header: the row is not aligned.
        if !context.headed.get(column).copied().unwrap_or_default() {
            return None;
        }
        stray.push((column, cell.text.clone()));
    }
    Some((cells, stray))
}

/// Matches a row by its label and the order of its cells, if there are as many as columns.
fn in_order(
    target: &Target<'_>,
    index: usize,
    table: &Table,
    row: usize,
    context: &Context,
) -> Option<(usize, Vec<(usize, Found)>)> {
    /// Maximum number of columns with row labels.
    const MOST: usize = 4;
    let cells = table.in_row(row);
    if cells
        .iter()
        .any(|(_, cell)| cell.row != row && may_be_figure(&cell.text) && !trim(&cell.text).is_empty())
    {
        return None;
    }
    let heads = cells.len().checked_sub(target.width())?;
    if heads > MOST || (heads == 0) == target.has_rows {
        return None;
    }
    let (heads, figures) = cells.split_at(heads);
    if !figures.iter().all(|(_, cell)| may_be_figure(&cell.text)) {
        return None;
    }
    let found = if target.has_rows {
        let chain: Vec<&str> =
            heads.iter().map(|(_, cell)| cell.text.as_str()).filter(|text| !trim(text).is_empty()).collect();
        match target.rows.find_leaves(&chain)[..] {
            [only] => only,
            _ => return None,
        }
    } else {
        if context.has_used(index, 0) {
            return None;
        }
        0
    };
    let found_cells = figures.iter().enumerate().map(|(column, (at, cell))| {
        let Cell { text, doubt, .. } = Cell::clone(cell);
        (column, Found { at: *at, text, doubt, shared: false })
    });
    Some((found, found_cells.collect()))
}

/// Matches a row that a locality added: after all rows of a block that allows extra rows.
fn extra(targets: &[Target<'_>], table: &Table, row: usize, context: &Context) -> Row {
    let Some(columns) = context.columns.first().filter(|_| context.in_place) else { return Row::Unknown };
    let Some(target) = targets.get(columns.target).filter(|target| target.extra_rows && target.has_rows)
    else {
        return Row::Unknown;
    };
    let all = (0..target.rows.leaves.len()).all(|row| context.has_used(columns.target, row));
    let whole = columns.at.iter().all(Option::is_some);
    let Some(first) = columns.first().filter(|_| all && whole) else { return Row::Unknown };
    let label: String = stub(table, row, first).iter().flat_map(|text| text.split_whitespace()).collect();
    let phrase = Phrase::new(&label);
    let is_known = targets.iter().any(|target| target.rows.knows(&phrase) || target.columns.knows(&phrase));
    let Some((cells, stray)) = under_headers(target, columns, table, row, context) else {
        return Row::Unknown;
    };
    let is_row = cells.iter().all(|(_, cell)| may_be_figure(&cell.text) && !cell.shared)
        && cells.iter().any(|(_, cell)| !trim(&cell.text).is_empty());
    if phrase.is_empty() || is_known || !stray.is_empty() || !is_row {
        return Row::Unknown;
    }
    Row::Extra { target: columns.target, label, cells: cells.into_iter().map(|(_, cell)| cell).collect() }
}
