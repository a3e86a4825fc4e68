//! Type size, column widths and row heights of a table in Word, so that figures do not touch rules and the table fits on
//! a page.
//!
//! Word breaks a figure that is too wide into two lines. So widths are computed here: hanzi are 1 em wide, other characters
//! half an em. The method is that of `typst/fit.typ`: columns that may be narrower give room to figures, then the size is
//! reduced by half points.
//!
//! The PDF has a solver of its own in `typst/fit.typ`. The two are not merged, for three reasons. The PDF's solver needs
//! the heights of labels as Typst breaks and sets them at each size it tries (`cell.typ`, `height`), not only widths, so a
//! solver outside Typst would have to compile the report twice. Its measurements hold for the typefaces that are embedded in
//! the PDF, while a Word file is set by the reader's computer in 方正小标宋, 仿宋_GB2312 and others, whose digits are half
//! an em wide. And this crate writes Word files without Typst or typefaces, so that nothing could be measured here.

use gongbao_core::document::{CellContent, CellData, TableData, TablePiece};

/// Minimum type size in points.
const SMALLEST: f64 = 6.0;
/// Step by which the size is reduced, in points.
const STEP: f64 = 0.5;
/// Minimum horizontal scale of a label's line. If that is not enough, the label is broken freely.
const CONDENSED: f64 = 0.7;
/// Padding above and below the words of a cell, in points.
pub(super) const INSET_ABOVE: f64 = 1.0;
/// Thickness of a rule in points; each row is higher by it.
const RULE: f64 = 0.5;
/// Points in a millimetre.
const MM: f64 = 72.0 / 25.4;

/// Dimensions of a table, in points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    /// Type size.
    pub(super) size: f64,
    /// Widths of the columns.
    pub(super) widths: Vec<f64>,
    /// Minimum heights of the rows.
    pub(super) rows: Vec<f64>,
    /// Whether it fits on one page.
    pub(super) whole: bool,
}

impl Plan {
    /// The dimensions of a piece of the table on pages with this room.
    pub(super) fn piece(&self, piece: &TablePiece<'_>, room: f64) -> Self {
        let count: usize = piece.table.blocks.iter().map(|block| block.header.len() + block.rows.len()).sum();
        let rows: Vec<f64> = self.rows.iter().skip(piece.first_row).take(count).copied().collect();
        let whole = self.whole || rows.iter().map(|row| row + RULE).sum::<f64>() <= room;
        Self { size: self.size, widths: self.widths.clone(), rows, whole }
    }
}

/// Width of words in em.
pub(super) fn ems(words: &str) -> f64 {
    words.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// Padding left and right of a figure.
pub(super) fn figure_inset(size: f64) -> f64 {
    (0.2 * size).max(1.2)
}

/// Padding left and right of a label, less in narrow columns.
pub(super) fn label_inset(width: f64) -> f64 {
    (0.05 * width).clamp(1.5, 3.0)
}

/// Treatment of a label's lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// As in the form.
    Wanted,
    /// As in the form, with wide lines condensed.
    Condensed,
    /// Joined and broken freely.
    Joined,
}

/// Treatment of a label's lines in a cell of this width.
pub(super) fn lines(lines: &[String], size: f64, room: f64) -> Lines {
    let widest = lines.iter().map(|line| ems(line)).fold(0.0, f64::max) * size;
    if widest <= room + 0.01 {
        Lines::Wanted
    } else if lines.len() > 1 && room / widest >= CONDENSED {
        Lines::Condensed
    } else {
        Lines::Joined
    }
}

/// All cells of a table, from top to bottom.
pub(super) fn cells(table: &TableData) -> impl Iterator<Item = &CellData> {
    table
        .blocks
        .iter()
        .flat_map(|block| block.header.iter().flatten().chain(block.rows.iter().flat_map(|row| &row.cells)))
}

/// Width of a cell.
pub(super) fn width(cell: &CellData, widths: &[f64]) -> f64 {
    widths.iter().skip(cell.x).take(cell.colspan).sum()
}

/// Width available to a cell's words.
pub(super) fn room(cell: &CellData, widths: &[f64], size: f64) -> f64 {
    let width = width(cell, widths);
    let inset = match cell.content {
        CellContent::Figure { .. } => figure_inset(size),
        _ => label_inset(width),
    };
    (width - 2.0 * inset).max(size)
}

/// Computes the dimensions of a table for a page with this room.
pub(super) fn plan(table: &TableData, area_width: f64, room: f64) -> Plan {
    let wanted = widths(table, area_width);
    let steps = ((table.size - SMALLEST) / STEP).floor().max(0.0) as u32;
    let sizes: Vec<f64> = (0..=steps).map(|step| table.size - f64::from(step) * STEP).collect();
    let floors = floors(table);
    let noted = cells(table)
        .any(|cell| matches!(&cell.content, CellContent::Figure { note, .. } if !note.is_empty()));
    let mut first = None;
    for size in &sizes {
        // Row heights are reduced in proportion to the size before the size is reduced further.
        let lower: Vec<f64> = floors.iter().map(|floor| floor * size / table.size).collect();
        for notes in if noted { vec![false, true] } else { vec![false] } {
            let Some(widths) = columns(table, &wanted, *size, notes) else { continue };
            for floors in [&floors, &lower] {
                let rows = rows(table, &widths, *size, floors);
                let high = rows.iter().map(|row| row + RULE).sum::<f64>();
                let plan = Plan { size: *size, widths: widths.clone(), rows, whole: high <= room };
                if plan.whole {
                    return plan;
                }
                first.get_or_insert(plan);
            }
        }
    }
    // Higher than a page: the largest size at which all figures fit, or else the smallest size.
    first.unwrap_or_else(|| {
        let size = table.size.min(SMALLEST);
        Plan { size, rows: rows(table, &wanted, size, &floors), widths: wanted, whole: false }
    })
}

/// Widths of the form. They are rounded; the widest column takes the remainder.
fn widths(table: &TableData, area_width: f64) -> Vec<f64> {
    let mut widths: Vec<f64> = table.widths.iter().map(|width| width * MM).collect();
    let missing = area_width - widths.iter().sum::<f64>();
    if let Some(widest) = widths.iter_mut().reduce(|a, b| if *b > *a { b } else { a }) {
        *widest += missing;
    }
    widths
}

/// Minimum heights of the rows, without regard to their content.
fn floors(table: &TableData) -> Vec<f64> {
    let mut floors = Vec::new();
    for block in &table.blocks {
        floors.extend(block.header.iter().map(|_| table.row_height * MM));
        floors.extend(block.rows.iter().map(|_| block.row_height * MM));
    }
    floors
}

/// Column widths at which all figures fit; `None` if there are none.
fn columns(table: &TableData, widths: &[f64], size: f64, notes: bool) -> Option<Vec<f64>> {
    let mut need = vec![0.0; widths.len()];
    let mut noted = vec![false; widths.len()];
    let figures = || {
        cells(table).filter_map(|cell| match &cell.content {
            CellContent::Figure { text, note } => {
                Some((cell, ems(text) * size + 2.0 * figure_inset(size), !note.is_empty()))
            }
            _ => None,
        })
    };
    // Figures of a single column first: room for them is also room for figures that span the column.
    for (cell, wide, has_note) in figures().filter(|(cell, ..)| cell.colspan == 1) {
        if let (Some(need), Some(noted)) = (need.get_mut(cell.x), noted.get_mut(cell.x)) {
            *need = f64::max(*need, wide);
            *noted |= has_note;
        }
    }
    for (cell, wide, _) in figures().filter(|(cell, ..)| cell.colspan > 1) {
        let columns = cell.x..(cell.x + cell.colspan).min(widths.len());
        let have: f64 = columns.clone().map(|i| f64::max(widths[i], need[i])).sum();
        if wide > have + 0.01 {
            for i in columns {
                need[i] = f64::max(widths[i], need[i]) + (wide - have) / cell.colspan as f64;
            }
        }
    }
    let narrowest = |i: usize| table.narrowest.get(i).map_or(widths[i], |width| width * MM);
    let spare: Vec<f64> = (0..widths.len())
        .map(|i| if need[i] > 0.0 { 0.0 } else { (widths[i] - narrowest(i)).max(0.0) })
        .collect();
    let total: f64 = spare.iter().sum();
    let mut extra: Vec<f64> = (0..widths.len()).map(|i| (need[i] - widths[i]).max(0.0)).collect();
    if notes {
        let left = total - extra.iter().sum::<f64>();
        let count = noted.iter().filter(|noted| **noted).count();
        for (extra, _) in extra.iter_mut().zip(&noted).filter(|(_, noted)| left > 0.0 && **noted) {
            *extra += left / count as f64;
        }
    }
    let wanted: f64 = extra.iter().sum();
    if wanted > total + 0.01 {
        return None;
    }
    let share = if total > 0.0 { wanted / total } else { 0.0 };
    Some((0..widths.len()).map(|i| widths[i] + extra[i] - spare[i] * share).collect())
}

/// Heights of all rows.
fn rows(table: &TableData, widths: &[f64], size: f64, floors: &[f64]) -> Vec<f64> {
    let mut heights = floors.to_vec();
    let mut wanted: Vec<(&CellData, f64)> = cells(table)
        .map(|cell| {
            (cell, count_lines(cell, size, room(cell, widths, size)) * super::styles::table_line(size))
        })
        .collect();
    wanted.sort_by_key(|(cell, _)| cell.rowspan);
    for (cell, high) in wanted {
        let Some(rows) = heights.get_mut(cell.y..cell.y + cell.rowspan) else { continue };
        let missing = high + 2.0 * INSET_ABOVE - rows.iter().sum::<f64>();
        if missing > 0.0 {
            let share = missing / rows.len() as f64;
            rows.iter_mut().for_each(|row| *row += share);
        }
    }
    heights
}

/// Number of lines of a cell's words.
fn count_lines(cell: &CellData, size: f64, room: f64) -> f64 {
    let broken = |ems: f64| (ems / (room / size + 0.01).floor().max(1.0)).ceil().max(1.0);
    match &cell.content {
        CellContent::Figure { text, note } if note.is_empty() => {
            if text.is_empty() {
                0.0
            } else {
                1.0
            }
        }
        CellContent::Figure { text, note } => broken(ems(text) + ems(note) + 2.0),
        CellContent::Band { lines: label, remark }
        | CellContent::Note { lines: label, remark }
        | CellContent::Column { lines: label, remark, .. }
        | CellContent::Row { lines: label, remark, .. } => {
            match (lines(label, size, room), label.split_last()) {
                (Lines::Wanted, Some((last, before))) => {
                    before.len() as f64 + broken(ems(last) + ems(remark))
                }
                (Lines::Condensed, Some((_, before))) => {
                    before.len() as f64 + 1.0 + broken(ems(remark)) - 1.0
                }
                _ => broken(label.iter().map(|line| ems(line)).sum::<f64>() + ems(remark)),
            }
        }
    }
}
