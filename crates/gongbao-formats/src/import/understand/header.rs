//! Column headers of one or more rows, matched with the form's columns.

use std::ops::Range;

use super::{axis::Phrase, figure, target::Target};
use crate::import::{neutral::Table, words::trim};

/// Meaning of the columns below the headers read last.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// Columns of each block that the headers may belong to, best match first.
    pub(super) columns: Vec<Columns>,
    /// Whether each grid column has a header.
    pub(super) headed: Vec<bool>,
    /// Number of grid columns of the table.
    width: usize,
    /// Whether the column positions are still valid; they are not in a table of another width.
    pub(super) in_place: bool,
    /// Rows found so far, by block.
    used: Vec<(usize, usize)>,
}

/// Positions of a block's columns.
#[derive(Debug)]
pub(super) struct Columns {
    /// Index of the block.
    pub(super) target: usize,
    /// Grid columns and header words of each column.
    pub(super) at: Vec<Option<(Vec<usize>, String)>>,
}

impl Columns {
    fn found(&self) -> usize {
        self.at.iter().flatten().count()
    }

    /// First grid column with figures.
    pub(super) fn first(&self) -> Option<usize> {
        self.at.iter().flatten().flat_map(|(columns, _)| columns).copied().min()
    }
}

/// Whether column headers begin in this row.
pub(super) fn begins(targets: &[Target<'_>], table: &Table, row: usize) -> bool {
    let begin: Vec<_> = table.in_row(row).into_iter().filter(|(_, cell)| cell.row == row).collect();
    if begin.iter().any(|(_, cell)| figure::is_figure(&cell.text)) {
        return false;
    }
    let phrases: Vec<Phrase> =
        begin.iter().map(|(_, cell)| Phrase::new(&cell.text)).filter(|phrases| !phrases.is_empty()).collect();
    let heads = |phrases: &&Phrase| targets.iter().any(|target| target.columns.knows(phrases));
    let is_row = |phrases: &Phrase| targets.iter().any(|target| target.rows.knows(phrases));
    match phrases.iter().filter(heads).count() {
        0 => false,
        1 => !phrases.iter().any(is_row),
        _ => !phrases.first().is_some_and(|first| is_row(first) && !heads(&first)),
    }
}

/// End (exclusive) of the header rows that begin at `start`.
pub(super) fn end(targets: &[Target<'_>], table: &Table, start: usize) -> usize {
    /// Maximum height of a header in rows.
    const HIGHEST: usize = 6;
    let goes_on = |row: usize| {
        let cells = table.in_row(row);
        let begin: Vec<&str> =
            cells.iter().filter(|(_, cell)| cell.row == row).map(|(_, cell)| trim(&cell.text)).collect();
        let phrases: Vec<&str> = begin.iter().copied().filter(|text| !text.is_empty()).collect();
        let is_row = |text: &&str| {
            let phrases = Phrase::new(text);
            targets.iter().any(|target| target.rows.knows(&phrases))
                && !targets.iter().any(|target| target.columns.knows(&phrases))
        };
        // A row that begins with a row label is no header, nor is a band across the table.
        let is_band = phrases.len() == 1 && cells.len() == 1;
        !phrases.is_empty()
            && !is_band
            && !phrases.iter().any(|text| figure::is_figure(text))
            && !phrases.iter().any(is_row)
            && !is_total_row(targets, &cells, row)
    };
    let mut end = start + 1;
    while end < table.rows() && end - start < HIGHEST && goes_on(end) {
        end += 1;
    }
    end
}

/// Whether a row without figures has a label that is both a row and a column header: 总计, 其他.
fn is_total_row(
    targets: &[Target<'_>],
    cells: &[(usize, &crate::import::neutral::Cell)],
    row: usize,
) -> bool {
    let begin: Vec<_> = cells.iter().filter(|(_, cell)| cell.row == row).collect();
    let mut phrases = begin.iter().filter(|(_, cell)| !trim(&cell.text).is_empty());
    let (Some((_, only)), None) = (phrases.next(), phrases.next()) else { return false };
    let only = Phrase::new(&only.text);
    targets.iter().any(|target| target.rows.knows(&only)) && begin.len() > 1
}

impl Context {
    /// Reads headers from these rows.
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
        // Most columns found first; among equals, fewest columns missing first.
        let missing = |columns: &Columns| columns.at.len() - columns.found();
        columns.sort_by_key(|columns| (std::cmp::Reverse(columns.found()), missing(columns)));
        let best = columns.first().map(|best| (best.found(), missing(best)));
        columns.retain(|columns| {
            // A partial match is dropped where another block matches completely.
            best.is_none_or(|(found, missing_of_best)| {
                columns.found() * 2 >= found
                    && (missing_of_best > 0 || columns.found() * 2 > columns.at.len())
            })
        });
        let headed = chains.iter().map(|chain| !chain.is_empty()).collect();
        Self { columns, headed, width, in_place: true, used: Vec::new() }
    }

    /// Continues in the next table, which may be the same table on another page.
    pub(super) fn turn_page(&mut self, width: usize) {
        self.in_place = self.in_place && self.width == width;
    }

    /// Blocks that the headers may belong to, best match first.
    pub(super) fn order(&self) -> Vec<usize> {
        self.columns.iter().map(|columns| columns.target).collect()
    }

    /// Header words of a block's column.
    pub(super) fn words(&self, target: usize, column: usize) -> &str {
        let columns = self.columns.iter().find(|columns| columns.target == target);
        let at = columns.and_then(|columns| columns.at.get(column));
        at.and_then(Option::as_ref).map_or("", |(_, words)| words)
    }

    pub(super) fn use_row(&mut self, target: usize, row: usize) {
        self.used.push((target, row));
    }

    /// Whether a row has already been found under these headers.
    pub(super) fn has_used(&self, target: usize, row: usize) -> bool {
        self.used.contains(&(target, row))
    }
}

/// Assigns grid columns to a block's columns by the words of their headers.
fn assign(target: &Target<'_>, table: &Table, chains: &[Vec<usize>]) -> Vec<Option<(Vec<usize>, String)>> {
    // Grid columns under the same header cell form a unit.
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
    let led: Vec<Vec<usize>> =
        units.iter().map(|(_, chain)| target.columns.find_leaves(&words(chain))).collect();
    let mut at: Vec<Option<(Vec<usize>, String)>> = vec![None; target.width()];
    let known: Vec<usize> =
        (0..units.len()).filter(|unit| led.get(*unit).is_some_and(|leaves| !leaves.is_empty())).collect();
    // Equal words, as 总计 in 表四, are distinguished by their order if no column is missing.
    let in_order = known.len() == target.width()
        && known
            .iter()
            .enumerate()
            .all(|(end, unit)| led.get(*unit).is_some_and(|leaves| leaves.contains(&end)));
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
