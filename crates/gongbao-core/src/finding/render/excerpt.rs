//! The part of a line that a finding is about.

use std::ops::Range;

use crate::text::{Source, visible_char, width};

/// The widest excerpt in columns: beside it stand the line's number and two marks where it was cut.
const WIDEST: usize = 110;

/// So much before the place is shown at most where the line must be cut.
const BEFORE: usize = 40;

/// Part of a line, safe to show.
pub(super) struct Excerpt {
    /// What is shown.
    pub(super) text: String,
    /// The place in it.
    pub(super) span: Range<usize>,
}

impl Excerpt {
    /// The part of the first line of `span` that shows best what stands there.
    pub(super) fn of(source: &Source, span: &Range<usize>) -> Self {
        let (number, _) = source.line_column(span.start);
        let line = source.line(number).unwrap_or(0..0);
        let start = span.start.clamp(line.start, line.end);
        let end = span.end.clamp(start, line.end);
        let part = |range: Range<usize>| source.text.get(range).unwrap_or_default();
        let (before, within, after) = (part(line.start..start), part(start..end), part(end..line.end));

        let mut text = String::new();
        let room = WIDEST.saturating_sub(columns(within, WIDEST).max(1) + columns(after, WIDEST)).max(BEFORE);
        let tail = tail(before, room);
        if tail.len() < before.len() {
            text.push('…');
        }
        text.extend(tail.chars().map(visible_char));
        let mut left = WIDEST.saturating_sub(columns(tail, WIDEST));
        let from = text.len();
        take(within, &mut left, &mut text);
        let to = text.len();
        if left > 0 {
            take(after, &mut left, &mut text);
        }
        Self { text, span: from..to }
    }
}

/// Takes as much of `part` as there is room left, and marks where it was cut.
fn take(part: &str, left: &mut usize, text: &mut String) {
    for c in part.chars().map(visible_char) {
        match left.checked_sub(width(c)) {
            Some(rest) => *left = rest,
            None => {
                text.push('…');
                *left = 0;
                return;
            }
        }
        text.push(c);
    }
}

/// The columns of `part`, counted no further than `most`.
fn columns(part: &str, most: usize) -> usize {
    let mut columns = 0;
    for c in part.chars().map(visible_char) {
        columns += width(c);
        if columns > most {
            break;
        }
    }
    columns
}

/// The end of `part` that fits into so many columns.
fn tail(part: &str, room: usize) -> &str {
    let mut taken = 0;
    let cut = part.char_indices().rev().find(|(_, c)| {
        taken += width(visible_char(*c));
        taken > room
    });
    let start = cut.map_or(0, |(at, c)| at + c.len_utf8());
    part.get(start..).unwrap_or_default()
}
