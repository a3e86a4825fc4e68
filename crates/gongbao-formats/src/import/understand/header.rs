//! The headers of columns, over one to four rows: which grid column is which of a form's.

use std::ops::Range;

use super::{axis::Said, figure, target::Target};
use crate::import::{neutral::Table, words::trim};

/// What the headers read last say of the columns below them.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// For each block that the headers may be those of, its columns, the best first.
    pub(super) columns: Vec<Columns>,
    /// For each grid column whether anything stands at its head.
    pub(super) headed: Vec<bool>,
    /// How many grid columns the table has.
    width: usize,
    /// Whether the columns still stand where they were: not in a table of another width.
    pub(super) in_place: bool,
    /// Rows that have been found, by block.
    used: Vec<(usize, usize)>,
}

/// Where a block's columns stand.
#[derive(Debug)]
pub(super) struct Columns {
    /// The block.
    pub(super) target: usize,
    /// For each of its columns the grid columns under it, and the words at its head.
    pub(super) at: Vec<Option<(Vec<usize>, String)>>,
}

impl Columns {
    fn found(&self) -> usize {
        self.at.iter().flatten().count()
    }

    /// The first grid column that is a figure's.
    pub(super) fn first(&self) -> Option<usize> {
        self.at.iter().flatten().flat_map(|(columns, _)| columns).copied().min()
    }
}

/// Whether headers of columns begin in this row.
pub(super) fn begins(targets: &[Target<'_>], table: &Table, row: usize) -> bool {
    let begin: Vec<_> = table.in_row(row).into_iter().filter(|(_, cell)| cell.row == row).collect();
    if begin.iter().any(|(_, cell)| figure::is_figure(&cell.text)) {
        return false;
    }
    let said: Vec<Said> =
        begin.iter().map(|(_, cell)| Said::new(&cell.text)).filter(|said| !said.is_empty()).collect();
    let heads = |said: &&Said| targets.iter().any(|target| target.columns.knows(said));
    let is_row = |said: &Said| targets.iter().any(|target| target.rows.knows(said));
    match said.iter().filter(heads).count() {
        0 => false,
        1 => !said.iter().any(is_row),
        _ => !said.first().is_some_and(|first| is_row(first) && !heads(&first)),
    }
}

/// The row after the last that belongs to the headers beginning at `start`.
pub(super) fn end(targets: &[Target<'_>], table: &Table, start: usize) -> usize {
    /// No header of a form is higher.
    const HIGHEST: usize = 6;
    let goes_on = |row: usize| {
        let cells = table.in_row(row);
        let begin: Vec<&str> =
            cells.iter().filter(|(_, cell)| cell.row == row).map(|(_, cell)| trim(&cell.text)).collect();
        let said: Vec<&str> = begin.iter().copied().filter(|text| !text.is_empty()).collect();
        let is_row = |text: &&str| {
            let said = Said::new(text);
            targets.iter().any(|target| target.rows.knows(&said))
                && !targets.iter().any(|target| target.columns.knows(&said))
        };
        // A row whose first words are a row's own is no header, and neither is a band across the table.
        let is_band = said.len() == 1 && cells.len() == 1;
        !said.is_empty()
            && !is_band
            && !said.iter().any(|text| figure::is_figure(text))
            && !said.iter().any(is_row)
            && !is_total_row(targets, &cells, row)
    };
    let mut end = start + 1;
    while end < table.rows() && end - start < HIGHEST && goes_on(end) {
        end += 1;
    }
    end
}

/// Whether a row of blanks is headed by words that are a row's as well as a column's: 总计, 其他.
fn is_total_row(
    targets: &[Target<'_>],
    cells: &[(usize, &crate::import::neutral::Cell)],
    row: usize,
) -> bool {
    let begin: Vec<_> = cells.iter().filter(|(_, cell)| cell.row == row).collect();
    let mut said = begin.iter().filter(|(_, cell)| !trim(&cell.text).is_empty());
    let (Some((_, only)), None) = (said.next(), said.next()) else { return false };
    let only = Said::new(&only.text);
    targets.iter().any(|target| target.rows.knows(&only)) && begin.len() > 1
}

impl Context {
    /// Reads the headers in these rows.
    pub(super) fn read(targets: &[Target<'_>], table: &Table, rows: Range<usize>) -> Self {
        let width = table.columns();
        let chains: Vec<Vec<usize>> = (0..width)
            .map(|column| {
                let mut chain: Vec<usize> = Vec::new();
                for cell in rows.clone().filter_map(|row| table.at(row, column)) {
                    let says = table.cells.get(cell).is_some_and(|cell| !trim(&cell.text).is_empty());
                    if says && chain.last() != Some(&cell) {
                        chain.push(cell);
                    }
                }
                chain
            })
            .collect();
        let mut columns: Vec<Columns> = targets
            .iter()
            .enumerate()
            .map(|(index, target)| Columns { target: index, at: assign(target, table, &chains) })
            .filter(|columns| columns.found() > 0)
            .collect();
        // Most columns found first; among equals the block of which least is left.
        let missing = |columns: &Columns| columns.at.len() - columns.found();
        columns.sort_by_key(|columns| (std::cmp::Reverse(columns.found()), missing(columns)));
        let best = columns.first().map(|best| (best.found(), missing(best)));
        columns.retain(|columns| {
            // Half a header says nothing where another block has all of its own.
            best.is_none_or(|(found, missing_of_best)| {
                columns.found() * 2 >= found
                    && (missing_of_best > 0 || columns.found() * 2 > columns.at.len())
            })
        });
        let headed = chains.iter().map(|chain| !chain.is_empty()).collect();
        Self { columns, headed, width, in_place: true, used: Vec::new() }
    }

    /// Goes on in the next table, which may be the same one cut by a page.
    pub(super) fn turn_page(&mut self, width: usize) {
        self.in_place = self.in_place && self.width == width;
    }

    /// The blocks that the headers may be those of, the best first.
    pub(super) fn order(&self) -> Vec<usize> {
        self.columns.iter().map(|columns| columns.target).collect()
    }

    /// The words at the head of a block's column.
    pub(super) fn words(&self, target: usize, column: usize) -> &str {
        let columns = self.columns.iter().find(|columns| columns.target == target);
        let at = columns.and_then(|columns| columns.at.get(column));
        at.and_then(Option::as_ref).map_or("", |(_, words)| words)
    }

    pub(super) fn use_row(&mut self, target: usize, row: usize) {
        self.used.push((target, row));
    }

    /// Whether a row has been found under these headers.
    pub(super) fn has_used(&self, target: usize, row: usize) -> bool {
        self.used.contains(&(target, row))
    }
}

/// The grid columns of each of a block's columns, as far as the chains of words at their heads tell.
fn assign(target: &Target<'_>, table: &Table, chains: &[Vec<usize>]) -> Vec<Option<(Vec<usize>, String)>> {
    // Grid columns under one and the same header are one.
    let mut units: Vec<(Vec<usize>, &Vec<usize>)> = Vec::new();
    for (column, chain) in chains.iter().enumerate().filter(|(_, chain)| !chain.is_empty()) {
        match units.last_mut() {
            Some((columns, last))
                if last.last() == chain.last() && columns.last() == Some(&(column.wrapping_sub(1))) =>
            {
                columns.push(column);
            }
            _ => units.push((vec![column], chain)),
        }
    }
    let words = |chain: &[usize]| -> Vec<&str> {
        chain.iter().filter_map(|cell| table.cells.get(*cell)).map(|cell| cell.text.as_str()).collect()
    };
    let led: Vec<Vec<usize>> = units.iter().map(|(_, chain)| target.columns.lead(&words(chain))).collect();
    let mut at: Vec<Option<(Vec<usize>, String)>> = vec![None; target.width()];
    let known: Vec<usize> =
        (0..units.len()).filter(|unit| led.get(*unit).is_some_and(|ends| !ends.is_empty())).collect();
    // Where the same words stand more than once, as 总计 in 表四, they are told apart by their order, if all are there.
    let in_order = known.len() == target.width()
        && known.iter().enumerate().all(|(end, unit)| led.get(*unit).is_some_and(|ends| ends.contains(&end)));
    let mut contradicted = Vec::new();
    for (order, unit) in known.iter().enumerate() {
        let Some((columns, chain)) = units.get(*unit) else { continue };
        let end = match led.get(*unit).map(Vec::as_slice) {
            _ if in_order => order,
            Some([only]) => *only,
            _ => continue,
        };
        let Some(place) = at.get_mut(end) else { continue };
        if place.is_some() {
            contradicted.push(end);
        }
        *place = Some((columns.clone(), words(chain).last().copied().unwrap_or_default().to_owned()));
    }
    for end in contradicted {
        if let Some(place) = at.get_mut(end) {
            *place = None;
        }
    }
    at
}
