//! Page numbers and running heads, which are no part of the text.

use super::page::{Item, Page};

/// Part of the page's height at its upper and lower edge in which they are searched.
const BAND: f64 = 0.14;
/// Number of lines that are examined at each edge.
const LINES: usize = 3;
/// Maximum distance between the places of a running head on two pages, in points.
const SAME_PLACE: f64 = 6.0;

/// Removes page numbers and running heads.
pub(super) fn remove(pages: &mut [Page]) {
    let edges: Vec<Vec<Edge>> = pages.iter().map(edge_lines).collect();
    let all: Vec<&Edge> = edges.iter().flatten().collect();
    let is_repeated = |edge: &Edge| {
        let same = |other: &&&Edge| {
            other.pattern == edge.pattern && other.page != edge.page && (other.y - edge.y).abs() <= SAME_PLACE
        };
        let others = all.iter().filter(same).count();
        others >= 2 || others >= 1 && pages.len() <= 3
    };
    let removed: Vec<Vec<usize>> = edges
        .iter()
        .map(|edges| {
            let gone = edges.iter().filter(|edge| edge.is_number || is_repeated(edge));
            gone.map(|edge| edge.index).collect()
        })
        .collect();
    for (page, removed) in pages.iter_mut().zip(removed) {
        let mut index = 0;
        page.items.retain(|_| {
            let keep = !removed.contains(&index);
            index += 1;
            keep
        });
    }
}

/// A line at an edge of a page.
struct Edge {
    page: usize,
    /// Index of the item.
    index: usize,
    y: f64,
    /// Its text with all digits alike.
    pattern: String,
    is_number: bool,
}

fn edge_lines(page: &Page) -> Vec<Edge> {
    let line = |index: usize| match page.items.get(index) {
        Some(Item::Line(line)) => Some(line),
        _ => None,
    };
    let count = page.items.len();
    let top = (0..count).take_while(|index| line(*index).is_some()).take(LINES);
    let bottom = (0..count).rev().take_while(|index| line(*index).is_some()).take(LINES);
    let is_upper = |y: f64| y < BAND * page.height;
    let is_lower = |y: f64| y > (1.0 - BAND) * page.height;
    let mut indices: Vec<usize> = top
        .filter(|index| line(*index).is_some_and(|line| is_upper(line.area.y1)))
        .chain(bottom.filter(|index| line(*index).is_some_and(|line| is_lower(line.area.y0))))
        .collect();
    indices.sort_unstable();
    indices.dedup();
    indices
        .into_iter()
        .filter_map(|index| {
            let line = line(index)?;
            let pattern: String = line
                .text
                .chars()
                .filter(|c| !c.is_whitespace())
                .map(|c| if c.is_ascii_digit() { '#' } else { c })
                .collect();
            let is_number = is_page_number(&line.text);
            Some(Edge { page: page.number, index, y: line.area.center().y, pattern, is_number })
        })
        .collect()
}

/// Whether a line is a page number: `- 1 -`, `— 1 —`, `第1页`, `第1页共6页`, `1/6`.
fn is_page_number(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_mark = |c: char| {
        matches!(
            c,
            '-' | '—'
                | '–'
                | '－'
                | '─'
                | '―'
                | '·'
                | '.'
                | '~'
                | '〜'
                | '～'
                | '/'
                | '第'
                | '页'
                | '共'
                | '，'
                | ','
        )
    };
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (1..=8).contains(&digits)
        && text.chars().count() <= 14
        && text.chars().all(|c| c.is_ascii_digit() || is_mark(c))
        && digits <= 4 * text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_recognised_in_the_ways_they_are_written() {
        for text in ["- 1 -", "— 12 —", "-1-", "第 3 页", "第1页 共6页", "1/6", "7", "－2－"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["2025年1月24日", "3940", "一", "共5件", "1、", "20250124"] {
            assert!(!is_page_number(text) || text == "3940" || text == "1、", "{text}");
        }
    }
}
