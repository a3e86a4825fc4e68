//! Lines of text from glyphs.

use kurbo::Rect;

use super::glyph::{Glyph, Turn, UNKNOWN};

/// A line of text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) text: String,
    /// Area on the page.
    pub(super) area: Rect,
    /// Largest font size in points.
    pub(super) size: f64,
    /// Number of glyphs without Unicode.
    pub(super) unknown: usize,
    /// Whether digits or letters lie on top of one another.
    pub(super) overlaps: bool,
}

/// Maximum distance of a glyph's baseline from that of its line, in parts of the font size.
const SHIFT: f64 = 0.4;
/// Gap between Latin letters that separates words, in parts of the font size.
const WORD_GAP: f64 = 0.2;
/// Gap between digits that separates numbers, in parts of the font size.
const NUMBER_GAP: f64 = 0.06;
/// Glyphs of the same text nearer than this are one glyph printed twice to look bold, in parts of the font size.
const TWICE: f64 = 0.15;
/// Overlap of two letters that cannot be read with certainty, in parts of the narrower one.
const OVERLAP: f64 = 0.35;
/// Overlap of two digits that cannot be read with certainty; digits have the same width and are not kerned.
const NUMBER_OVERLAP: f64 = 0.15;

/// Arranges glyphs in lines, in reading order. Glyphs of different directions are never on one line.
pub(super) fn lines<'g>(glyphs: impl IntoIterator<Item = &'g Glyph>) -> Vec<Line> {
    let mut turned: Vec<(Turn, Frame, &Glyph)> =
        glyphs.into_iter().map(|glyph| (glyph.turn, Frame::of(glyph), glyph)).collect();
    turned.sort_by(|a, b| (a.0.cmp(&b.0)).then(a.1.baseline.total_cmp(&b.1.baseline)));
    let mut lines = Vec::new();
    let mut line: Vec<(Frame, &Glyph)> = Vec::new();
    let mut last: Option<(Turn, f64)> = None;
    for (turn, frame, glyph) in turned {
        let is_same = last.is_some_and(|(other, baseline)| {
            let size = line.iter().map(|(_, glyph)| glyph.size).fold(glyph.size, f64::max);
            other == turn && frame.baseline - baseline <= SHIFT * size
        });
        if !is_same {
            lines.extend(Line::of(std::mem::take(&mut line)));
            last = Some((turn, frame.baseline));
        }
        line.push((frame, glyph));
    }
    lines.extend(Line::of(line));
    lines
}

/// Place of a glyph in a frame whose x axis is the direction of its text.
#[derive(Debug, Clone, Copy)]
struct Frame {
    from: f64,
    to: f64,
    baseline: f64,
}

impl Frame {
    fn of(glyph: &Glyph) -> Self {
        let Rect { x0, y0, x1, y1 } = glyph.area;
        let (from, to, bottom) = match glyph.turn {
            Turn::None => (x0, x1, y1),
            Turn::Right => (y0, y1, -x0),
            Turn::Half => (-x1, -x0, -y0),
            Turn::Left => (-y1, -y0, x1),
        };
        Self { from, to, baseline: bottom - 0.12 * glyph.size }
    }
}

impl Line {
    fn of(mut glyphs: Vec<(Frame, &Glyph)>) -> Option<Self> {
        glyphs.sort_by(|a, b| a.0.from.total_cmp(&b.0.from));
        let mut line = Self { text: String::new(), area: Rect::ZERO, size: 0.0, unknown: 0, overlaps: false };
        let mut last: Option<(Frame, &Glyph)> = None;
        let mut has_space = false;
        for (frame, glyph) in glyphs {
            if glyph.is_space() {
                has_space = !line.text.is_empty();
                continue;
            }
            if let Some((before, other)) = last {
                let apart = frame.from - before.from;
                if other.text == glyph.text && apart.abs() <= TWICE * glyph.size {
                    continue;
                }
                let latin = ends_latin(&other.text) && starts_latin(&glyph.text);
                let narrower = (before.to - before.from).min(frame.to - frame.from);
                let digits = ends_in_digit(&other.text) && begins_with_digit(&glyph.text);
                let overlap = if digits { NUMBER_OVERLAP } else { OVERLAP };
                line.overlaps |= latin && before.to - frame.from > overlap * narrower;
                let gap = if digits { NUMBER_GAP } else { WORD_GAP };
                if has_space || latin && frame.from - before.to > gap * glyph.size.min(other.size) {
                    line.text.push(' ');
                }
            }
            line.area = if last.is_none() { glyph.area } else { line.area.union(glyph.area) };
            line.size = line.size.max(glyph.size);
            line.unknown += glyph.text.matches(UNKNOWN).count();
            line.text.push_str(&glyph.text);
            has_space = false;
            last = Some((frame, glyph));
        }
        last.is_some().then_some(line)
    }
}

/// Pairs of digits that a reader may take for parts of one number, as indices of the glyphs: next to each other on a line.
pub(super) fn adjacent_digits(glyphs: &[Glyph]) -> Vec<(usize, usize)> {
    let mut digits: Vec<(usize, Frame)> = glyphs
        .iter()
        .enumerate()
        .filter(|(_, glyph)| {
            glyph.text.chars().all(is_latin) && glyph.text.chars().any(|c| c.is_ascii_digit())
        })
        .map(|(index, glyph)| (index, Frame::of(glyph)))
        .collect();
    digits.sort_by(|a, b| a.1.baseline.total_cmp(&b.1.baseline));
    let mut pairs = Vec::new();
    for (position, (index, frame)) in digits.iter().enumerate() {
        let Some(glyph) = glyphs.get(*index) else { continue };
        let rest = digits.get(position + 1..).unwrap_or_default();
        for (other, next) in
            rest.iter().take_while(|(_, next)| next.baseline - frame.baseline <= 0.2 * glyph.size)
        {
            let gap = next.from.max(frame.from) - next.to.min(frame.to);
            let same = glyphs.get(*other).is_some_and(|other| other.turn == glyph.turn);
            if same && gap <= WORD_GAP * glyph.size {
                pairs.push((*index, *other));
            }
        }
    }
    pairs
}

fn ends_in_digit(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| c.is_ascii_digit())
}

fn begins_with_digit(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_ascii_digit())
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '%')
}

fn ends_latin(text: &str) -> bool {
    text.chars().next_back().is_some_and(is_latin)
}

fn starts_latin(text: &str) -> bool {
    text.chars().next().is_some_and(is_latin)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A glyph of 10 points, half as wide as high.
    fn glyph(text: &str, x: f64, y: f64) -> Glyph {
        let area = Rect::new(x, y - 8.8, x + 5.0, y + 1.2);
        Glyph { text: text.to_owned(), area, size: 10.0, turn: Turn::None, mark: None, artifact: false }
    }

    fn text(glyphs: &[Glyph]) -> Vec<String> {
        lines(glyphs).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn glyphs_in_any_order_become_lines_from_top_to_bottom() {
        let glyphs = [glyph("2", 5.0, 20.0), glyph("一", 0.0, 10.0), glyph("1", 0.0, 20.5)];
        assert_eq!(text(&glyphs), ["一", "12"]);
    }

    #[test]
    fn digits_apart_are_two_numbers_and_a_glyph_printed_twice_is_one() {
        assert_eq!(text(&[glyph("1", 0.0, 10.0), glyph("2", 8.0, 10.0)]), ["1 2"]);
        assert_eq!(text(&[glyph("1", 0.0, 10.0), glyph("1", 0.5, 10.0)]), ["1"]);
        assert_eq!(text(&[glyph("1", 0.0, 10.0), glyph("1", 5.0, 10.0)]), ["11"]);
        assert!(lines(&[glyph("1", 0.0, 10.0), glyph("2", 2.0, 10.0)])[0].overlaps);
    }

    #[test]
    fn turned_text_is_read_in_its_own_direction() {
        let turned = |text: &str, y: f64| {
            let area = Rect::new(0.0, y - 5.0, 10.0, y);
            Glyph { text: text.to_owned(), area, turn: Turn::Left, ..glyph(text, 0.0, 0.0) }
        };
        assert_eq!(text(&[turned("乙", 20.0), turned("甲", 25.0)]), ["甲乙"]);
    }
}
