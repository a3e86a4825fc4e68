//! Paragraphs from lines, by indentation, the right margin and the distance of lines.

use super::{
    lines::Line,
    page::{Item, Page},
};
use crate::import::words::{Ordinal, compact, without_ordinal};

/// Text block of a page: where full lines begin and end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Margins {
    pub(super) left: f64,
    pub(super) right: f64,
}

/// Measures of a document's text.
#[derive(Debug)]
pub(super) struct Measures {
    /// Margins of each page.
    margins: Vec<Margins>,
    /// Usual distance of baselines in parts of the font size.
    leading: f64,
}

/// Minimum number of characters of a line by which margins are measured.
const LONG: usize = 12;
/// Indentation that opens a paragraph, in parts of the font size.
const INDENT: f64 = 1.2;
/// Maximum space at the end of a full line, in parts of the font size: a word or a punctuation mark that did not fit.
const SHORT: f64 = 2.3;
/// Distance that separates paragraphs, in parts of the usual distance.
const APART: f64 = 1.35;
/// Number of long lines from which on a page has margins of its own.
const ENOUGH: usize = 4;

fn lines_of(page: &Page) -> impl Iterator<Item = &Line> {
    page.items.iter().filter_map(|item| match item {
        Item::Line(line) => Some(line),
        Item::Table(_) => None,
    })
}

/// Value at a part of the sorted values.
fn quantile(mut values: Vec<f64>, part: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let index = ((last as f64) * part).round() as usize;
    values.get(index.min(last)).copied()
}

impl Measures {
    pub(super) fn of(pages: &[Page]) -> Self {
        let margins = |lines: &[&Line]| {
            let left = quantile(lines.iter().map(|line| line.area.x0).collect(), 0.1)?;
            let right = quantile(lines.iter().map(|line| line.area.x1).collect(), 0.85)?;
            Some(Margins { left, right })
        };
        let is_long = |line: &&Line| line.text.chars().count() >= LONG;
        let all: Vec<&Line> = pages.iter().flat_map(lines_of).filter(is_long).collect();
        let whole = margins(&all).unwrap_or(Margins { left: 0.0, right: f64::INFINITY });
        let own = |page: &Page| {
            let lines: Vec<&Line> = lines_of(page).filter(is_long).collect();
            margins(&lines).filter(|_| lines.len() >= ENOUGH)
        };
        // Margins of left and right pages may differ; a page with few lines has those of the page before the last.
        let mut found: Vec<Margins> = Vec::new();
        for page in pages {
            let before = found.len().checked_sub(2).and_then(|index| found.get(index)).copied();
            let next = own(page).or(before).unwrap_or(whole);
            found.push(next);
        }
        let mut distances = Vec::new();
        for page in pages {
            let lines: Vec<&Line> = lines_of(page).collect();
            for pair in lines.windows(2) {
                let [above, below] = pair else { continue };
                let distance = (below.area.y1 - above.area.y1) / above.size.max(1.0);
                if (0.9..3.0).contains(&distance) {
                    distances.push(distance);
                }
            }
        }
        Self { margins: found, leading: quantile(distances, 0.5).unwrap_or(1.6) }
    }

    fn margins(&self, page: usize) -> Margins {
        self.margins.get(page).copied().unwrap_or(Margins { left: 0.0, right: f64::INFINITY })
    }

    /// Whether a line continues the paragraph of the line before it. Pages are indices.
    pub(super) fn continues(
        &self,
        (page, line): (usize, &Line),
        (before_page, before): (usize, &Line),
    ) -> bool {
        let (here, there) = (self.margins(page), self.margins(before_page));
        let size = line.size.max(before.size);
        let is_alike = line.size.min(before.size) >= 0.85 * size;
        let is_flush = line.area.x0 <= here.left + INDENT * line.size;
        let is_full = before.area.x1 >= there.right - SHORT * before.size;
        let distance = line.area.y1 - before.area.y1;
        let is_near = page != before_page || distance <= APART * self.leading * size;
        is_alike && is_flush && is_full && is_near && !self.opens_chapter(page, line)
    }

    /// Whether a line is a chapter's heading that begins at the margin.
    fn opens_chapter(&self, page: usize, line: &Line) -> bool {
        let text = compact(&line.text);
        matches!(without_ordinal(&text).0, Ordinal::Chapter(_))
            && line.area.x1 < self.margins(page).right - SHORT * line.size
            && !text.contains(['。', '；', '，'])
    }
}

/// Appends a line to a paragraph. Hanzi are joined, Latin words are separated.
pub(super) fn append(text: &mut String, line: &str) {
    let is_word = |c: char| c.is_ascii_alphabetic();
    if text.chars().next_back().is_some_and(is_word) && line.chars().next().is_some_and(is_word) {
        text.push(' ');
    }
    text.push_str(line);
}
