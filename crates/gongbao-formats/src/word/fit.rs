//! Which size, which columns, which rows a table is given, so that no figure touches a rule and the table stays on its page.
//!
//! Word is not asked: it breaks a figure that is too wide in two, in silence. So widths are reckoned here, from hanzi that are
//! 1 em wide and all else that is half of it, and the rules are those of the page (`typst/fit.typ`): columns that may be
//! narrower give what figures need, then the size falls, by half points.

use gongbao_core::document::{CellContent, CellData, TableData};

/// No table is set smaller, in points.
const SMALLEST: f64 = 6.0;
/// How the size falls.
const STEP: f64 = 0.5;
/// A label's wanted line is condensed to this share of its width before its wanted breaks are given up.
const CONDENSED: f64 = 0.7;
/// Above and below the words of a cell, in points.
pub(super) const INSET_ABOVE: f64 = 1.0;
/// A rule is as thick as this, and makes each row as much higher.
const RULE: f64 = 0.5;
/// Points in a millimetre.
const MM: f64 = 72.0 / 25.4;

/// How a table is laid out, in points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    /// The size of its type.
    pub(super) size: f64,
    /// The widths of its columns.
    pub(super) widths: Vec<f64>,
    /// The least heights of its rows.
    pub(super) rows: Vec<f64>,
    /// Whether it stays on one page.
    pub(super) whole: bool,
}

/// The width of words in ems.
pub(super) fn ems(words: &str) -> f64 {
    words.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// The room left and right of a figure.
pub(super) fn figure_inset(size: f64) -> f64 {
    (0.2 * size).max(1.2)
}

/// The room left and right of a label: less in the form's narrowest columns.
pub(super) fn label_inset(width: f64) -> f64 {
    (0.05 * width).clamp(1.5, 3.0)
}

/// How the wanted lines of a label stand in their cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// As wanted.
    Wanted,
    /// As wanted, the wide ones condensed.
    Condensed,
    /// Joined, and broken as they come.
    Joined,
}

/// How the wanted lines of a label stand in a cell with this room.
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

/// All cells of a table from the top.
pub(super) fn cells(table: &TableData) -> impl Iterator<Item = &CellData> {
    table
        .blocks
        .iter()
        .flat_map(|block| block.header.iter().flatten().chain(block.rows.iter().flat_map(|row| &row.cells)))
}

/// The width of a cell.
pub(super) fn width(cell: &CellData, widths: &[f64]) -> f64 {
    widths.iter().skip(cell.x).take(cell.colspan).sum()
}

/// The room for a cell's words.
pub(super) fn room(cell: &CellData, widths: &[f64], size: f64) -> f64 {
    let width = width(cell, widths);
    let inset = match cell.content {
        CellContent::Figure { .. } => figure_inset(size),
        _ => label_inset(width),
    };
    (width - 2.0 * inset).max(size)
}

/// The plan of a table for a page that has so much room for it.
pub(super) fn plan(table: &TableData, area_width: f64, room: f64) -> Plan {
    let wanted = widths(table, area_width);
    let steps = ((table.size - SMALLEST) / STEP).floor().max(0.0) as u32;
    let sizes: Vec<f64> = (0..=steps).map(|step| table.size - f64::from(step) * STEP).collect();
    let floors = floors(table);
    let noted = cells(table)
        .any(|cell| matches!(&cell.content, CellContent::Figure { note, .. } if !note.is_empty()));
    let mut first = None;
    for size in &sizes {
        // Rows give way before the size falls further, in proportion to it.
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
    // Higher than a page: the largest size at which every figure has its room. Failing even that, the smallest.
    first.unwrap_or_else(|| {
        let size = table.size.min(SMALLEST);
        Plan { size, rows: rows(table, &wanted, size, &floors), widths: wanted, whole: false }
    })
}

/// The form's widths; they are rounded, and the widest takes what is missing.
fn widths(table: &TableData, area_width: f64) -> Vec<f64> {
    let mut widths: Vec<f64> = table.widths.iter().map(|width| width * MM).collect();
    let missing = area_width - widths.iter().sum::<f64>();
    if let Some(widest) = widths.iter_mut().reduce(|a, b| if *b > *a { b } else { a }) {
        *widest += missing;
    }
    widths
}

/// What the rows are high whatever they hold.
fn floors(table: &TableData) -> Vec<f64> {
    let mut floors = Vec::new();
    for block in &table.blocks {
        floors.extend(block.header.iter().map(|_| table.row_height * MM));
        floors.extend(block.rows.iter().map(|_| block.row_height * MM));
    }
    floors
}

/// The columns' widths when every figure is to have its room; `None` where they cannot give it.
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
    // Figures of one column first: what they need also serves the figures that span it.
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
    let mut asked: Vec<f64> = (0..widths.len()).map(|i| (need[i] - widths[i]).max(0.0)).collect();
    if notes {
        let left = total - asked.iter().sum::<f64>();
        let count = noted.iter().filter(|noted| **noted).count();
        for (asked, _) in asked.iter_mut().zip(&noted).filter(|(_, noted)| left > 0.0 && **noted) {
            *asked += left / count as f64;
        }
    }
    let wanted: f64 = asked.iter().sum();
    if wanted > total + 0.01 {
        return None;
    }
    let share = if total > 0.0 { wanted / total } else { 0.0 };
    Some((0..widths.len()).map(|i| widths[i] + asked[i] - spare[i] * share).collect())
}

/// The heights of all rows.
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

/// How many lines a cell's words take.
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
