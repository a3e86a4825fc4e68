//! Finds the sheets of the layout in a workbook by their labels, even if tabs were renamed and rows or columns inserted.

use std::collections::{BTreeMap, HashMap};

use super::{Page, Pos, Role, Sheet, is_hidden};
use crate::workbook::{layout::Label, names::plain};

/// Place of a sheet of the layout in the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Index of the workbook's sheet.
    pub(super) page: usize,
    /// Columns by which everything is shifted to the right.
    right: i64,
    /// Rows by which everything is shifted down, each from a row of the layout on.
    down: Vec<(u32, i64)>,
    /// Quality of the match.
    score: usize,
}

impl Place {
    /// Returns the present position of a cell of the layout.
    pub(super) fn at(&self, at: Pos) -> Option<Pos> {
        let known = self.down.iter().rev().find(|(from, _)| *from <= at.row).or(self.down.first());
        let down = known.map_or(0, |(_, down)| *down);
        let row = u32::try_from(i64::from(at.row) + down).ok()?;
        let column = u16::try_from(i64::from(at.column) + self.right).ok()?;
        Some(Pos::new(row, column))
    }
}

/// Returns the place of one sheet.
pub(super) fn place(sheet: &Sheet, pages: &[Page]) -> Option<Place> {
    let indices: Vec<Words> = pages.iter().map(Words::of).collect();
    let places =
        pages.iter().zip(&indices).enumerate().filter_map(|(at, (page, words))| fit(sheet, at, page, words));
    places.max_by_key(|place| place.score)
}

/// Returns the places of all sheets; no two sheets have the same place.
pub(super) fn places(sheets: &[Sheet], pages: &[Page]) -> Vec<Option<Place>> {
    let indices: Vec<Words> = pages.iter().map(Words::of).collect();
    let mut candidates: Vec<(usize, Place)> = Vec::new();
    for (number, sheet) in sheets.iter().enumerate() {
        for (at, (page, words)) in pages.iter().zip(&indices).enumerate() {
            candidates.extend(fit(sheet, at, page, words).map(|place| (number, place)));
        }
    }
    // The best match is assigned first; of equal matches the one further to the front.
    candidates.sort_by_key(|(number, place)| (std::cmp::Reverse(place.score), place.page, *number));
    let mut places: Vec<Option<Place>> = vec![None; sheets.len()];
    let mut taken = vec![false; pages.len()];
    for (number, place) in candidates {
        let (Some(found), Some(taken)) = (places.get_mut(number), taken.get_mut(place.page)) else {
            continue;
        };
        if found.is_none() && !*taken {
            *taken = true;
            *found = Some(place);
        }
    }
    places
}

/// Positions of each text on a page.
struct Words(HashMap<String, Vec<Pos>>);

impl Words {
    fn of(page: &Page) -> Self {
        let mut words: HashMap<String, Vec<Pos>> = HashMap::new();
        if !is_hidden(page) {
            for (at, content) in &page.cells {
                // Longer texts are no labels.
                if let Some(text) = content.words().filter(|text| text.len() < 1000) {
                    words.entry(plain(text)).or_default().push(*at);
                }
            }
        }
        Self(words)
    }

    fn of_label(&self, label: &Label) -> &[Pos] {
        self.0.get(&plain(&label.text)).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Returns the place of a sheet on a page; `None` if the page is not that sheet.
fn fit(sheet: &Sheet, number: usize, page: &Page, words: &Words) -> Option<Place> {
    let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
    for label in &sheet.labels {
        for at in words.of_label(label) {
            *votes.entry(i64::from(at.column) - i64::from(label.at.column)).or_default() += 1;
        }
    }
    let mut columns: Vec<(i64, usize)> = votes.into_iter().collect();
    columns.sort_by_key(|(right, votes)| (std::cmp::Reverse(*votes), right.abs()));
    let best = columns.into_iter().take(3).map(|(right, _)| down(sheet, right, words));
    let (right, down, matched) = best.max_by_key(|(_, _, matched)| *matched)?;
    let title = sheet.labels.first().is_some_and(|title| !words.of_label(title).is_empty());
    let is_named = page.name.trim() == sheet.name;
    let is_it = match sheet.role {
        // Sheets of texts differ in their titles alone.
        Role::Text(_) => title || is_named && matched >= 2,
        _ => matched * 2 >= sheet.labels.len(),
    };
    let score = matched
        + if title { 1000 } else { 0 }
        + if is_named { 500 } else { 0 }
        + usize::from(page.is_visible);
    (is_it && matched > 0).then_some(Place { page: number, right, down, score })
}

/// Finds the rows of the layout on the page from top to bottom.
fn down(sheet: &Sheet, right: i64, words: &Words) -> (i64, Vec<(u32, i64)>, usize) {
    let mut rows: BTreeMap<u32, Vec<&Label>> = BTreeMap::new();
    for label in &sheet.labels {
        rows.entry(label.at.row).or_default().push(label);
    }
    let mut shifts: Vec<(u32, i64)> = Vec::new();
    let mut matched = 0;
    for (row, labels) in rows {
        let current = shifts.last().map(|(_, down)| *down);
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        for label in &labels {
            let column = i64::from(label.at.column) + right;
            for at in words.of_label(label).iter().filter(|at| i64::from(at.column) == column) {
                let down = i64::from(at.row) - i64::from(row);
                if current.is_none_or(|current| down >= current) {
                    *counts.entry(down).or_default() += 1;
                }
            }
        }
        // The present shift is preferred, then the one with the most labels, then the smallest.
        let stays = current.and_then(|current| counts.get(&current).map(|count| (current, *count)));
        let best = counts.iter().max_by_key(|(down, count)| (**count, std::cmp::Reverse(**down)));
        let Some((down, count)) = stays.or(best.map(|(down, count)| (*down, *count))) else { continue };
        if count * 2 < labels.len() {
            continue;
        }
        matched += count;
        if current != Some(down) {
            shifts.push((row, down));
        }
    }
    (right, shifts, matched)
}
