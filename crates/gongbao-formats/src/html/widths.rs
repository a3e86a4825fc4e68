//! Column widths of tables on the page, from the form's widths and the figures.

use gongbao_core::document::{CellContent, CellData, TableData};

/// A millimetre in points.
const MM: f64 = 72.0 / 25.4;
/// Width of a digit in em, and padding left and right of a figure together.
const DIGIT: f64 = 0.6;
const ROOM: f64 = 0.7;
/// Maximum width of a column of labels on narrow screens, in em.
const NARROW: f64 = 5.75;
/// Type size of tables on narrow and on wide screens in rem, as in `page.css`.
const LETTERS: (f64, f64) = (0.875, 0.9375);
/// Width of the article in em on a tablet and on a desktop.
const TABLET: f64 = 46.0;
const DESK: f64 = 52.0;

/// Id of a table.
pub(super) fn table_id(number: usize) -> String {
    format!("t{number}")
}

/// Id of the line above a table which says that the table scrolls.
pub(super) fn hint_id(number: usize) -> String {
    format!("h{number}")
}

/// Number of grid columns with row labels.
pub(super) fn stub(table: &TableData) -> usize {
    let cells = table.blocks.iter().flat_map(|block| block.rows.iter().flat_map(|row| &row.cells));
    cells
        .filter(|cell| matches!(cell.content, CellContent::Row { .. }))
        .map(|cell| cell.x + cell.colspan)
        .max()
        .unwrap_or(0)
}

/// Class of a table's scrolling box. The header of a table that does not scroll stays visible while the page scrolls.
pub(super) fn scroll_class(table: &TableData) -> &'static str {
    let width: f64 = wide(table).iter().sum();
    if width <= TABLET {
        "scroll fits"
    } else if width <= DESK {
        "scroll fits-desk"
    } else {
        "scroll"
    }
}

/// Style rules for the widths of all tables.
pub(super) fn rules(tables: &[&TableData]) -> String {
    let mut rules = String::new();
    for (index, table) in tables.iter().enumerate() {
        let id = table_id(index + 1);
        let (narrow, wide) = (narrow(table), wide(table));
        rules += &columns(&id, table, &narrow);
        rules += &format!("@media (min-width:48em),print{{{}}}\n", columns(&id, table, &wide));
        let hint = hint_id(index + 1);
        let shown = |widths: &[f64], size: f64| {
            let width = rounded(widths.iter().sum::<f64>() * size);
            format!("@container (max-width:{width}rem){{#{hint}{{display:block}}}}")
        };
        rules += &format!("{}\n", shown(&narrow, LETTERS.0));
        rules += &format!("@media (min-width:48em){{{}}}\n", shown(&wide, LETTERS.1));
        // In print a table is never wider than the type area; long figures reduce the type size.
        let area: f64 = table.widths.iter().sum::<f64>() * MM;
        let size = (area / wide.iter().sum::<f64>()).min(table.size);
        rules += &format!("@media print{{#{id}{{font-size:{}pt}}}}\n", rounded(size));
    }
    rules
}

fn columns(id: &str, table: &TableData, widths: &[f64]) -> String {
    let mut rules = format!("#{id}{{min-width:{}em}}", rounded(widths.iter().sum()));
    let mut left = 0.0;
    for (x, width) in widths.iter().enumerate() {
        rules += &format!("#{id} col:nth-child({}){{width:{}em}}", x + 1, rounded(*width));
        if x > 0 && x < stub(table) {
            rules += &format!("#{id} .x{x}{{left:{}em}}", rounded(left));
        }
        left += width;
    }
    rules + "\n"
}

/// Widths of the form in em, increased for long figures.
fn wide(table: &TableData) -> Vec<f64> {
    at_least(table, &table.widths, f64::INFINITY)
}

/// Minimum widths in em.
fn narrow(table: &TableData) -> Vec<f64> {
    at_least(table, &table.narrowest, NARROW)
}

fn at_least(table: &TableData, millimetres: &[f64], most: f64) -> Vec<f64> {
    let mut widths: Vec<f64> = millimetres.iter().map(|width| (width * MM / table.size).min(most)).collect();
    for cell in cells(table) {
        let CellContent::Figure { text, .. } = &cell.content else { continue };
        let characters = u32::try_from(text.chars().count()).map_or(f64::MAX, f64::from);
        let end = (cell.x + cell.colspan).min(widths.len());
        let Some(columns) = widths.get_mut(cell.x..end) else { continue };
        let lacking = characters * DIGIT + ROOM - columns.iter().sum::<f64>();
        if lacking > 0.0 {
            let share = u32::try_from(columns.len()).map_or(1.0, f64::from);
            columns.iter_mut().for_each(|width| *width += lacking / share);
        }
    }
    widths
}

fn cells(table: &TableData) -> impl Iterator<Item = &CellData> {
    table.blocks.iter().flat_map(|block| block.rows.iter().flat_map(|row| &row.cells))
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
