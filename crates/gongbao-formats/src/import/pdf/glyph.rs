//! Glyphs of a page with their places.

use hayro_interpret::{font::Glyph as Drawn, hayro_cmap::BfString};
use kurbo::{Affine, Point, Rect, Vec2};

use super::unicode;

/// Mark that stands for a glyph without Unicode (the sign of Chinese typesetters for a missing character).
pub(super) const UNKNOWN: char = '〓';

/// A glyph as a reader sees it. Coordinates are points from the upper left corner of the displayed page.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    /// Characters it stands for; [`UNKNOWN`] without Unicode, a space for white space.
    pub(super) text: String,
    /// Box of advance width and font size.
    pub(super) area: Rect,
    /// Font size in points.
    pub(super) size: f64,
    /// Direction of the text.
    pub(super) turn: Turn,
    /// Marked content that it belongs to.
    pub(super) mark: Option<i32>,
    /// Whether it belongs to an artifact of a tagged file: page number, running head, rule.
    pub(super) artifact: bool,
}

/// Direction of a text in quarter turns clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    None,
    Right,
    Half,
    Left,
}

/// Ascent and descent of a glyph's box in parts of the font size.
const ASCENT: f64 = 0.88;
const DESCENT: f64 = -0.12;

impl Glyph {
    /// Places a glyph. `transform` maps its coordinates, in thousandths of the font size, to the page. The characters of a
    /// glyph that `is_mute` are unknown. `None` for a glyph that cannot be seen: without extent or with invalid numbers.
    pub(super) fn new(
        drawn: &Drawn<'_>,
        transform: Affine,
        mark: Option<i32>,
        artifact: bool,
        is_mute: bool,
    ) -> Option<Self> {
        let width = match drawn {
            Drawn::Outline(glyph) => glyph.advance_width().map(f64::from),
            Drawn::Type3(_) => None,
        };
        let origin = transform * Point::ORIGIN;
        let right = transform * Point::new(1000.0, 0.0) - origin;
        let up = transform * Point::new(0.0, 1000.0) - origin;
        let size = up.hypot();
        if !(size.is_finite() && right.hypot().is_finite() && (0.5..2000.0).contains(&size)) {
            return None;
        }
        let turn = if right.x.abs() >= right.y.abs() {
            if right.x >= 0.0 { Turn::None } else { Turn::Half }
        } else if right.y >= 0.0 {
            Turn::Right
        } else {
            Turn::Left
        };
        let text = match drawn.as_unicode().filter(|_| !is_mute) {
            Some(BfString::Char(c)) => unicode::readable(c.encode_utf8(&mut [0; 4])),
            Some(BfString::String(text)) => unicode::readable(&text),
            None => UNKNOWN.to_string(),
        };
        // Vertical fonts advance downwards and have no width.
        let width = width.filter(|width| *width > 0.0 && *width < 4000.0).unwrap_or(if text.is_ascii() {
            500.0
        } else {
            1000.0
        });
        let corner = |x: f64, y: f64| transform * Point::new(x, 1000.0 * y);
        let area = Rect::from_points(corner(0.0, DESCENT), corner(width, ASCENT))
            .union(Rect::from_points(corner(0.0, ASCENT), corner(width, DESCENT)));
        area.is_finite().then_some(Self { text, area, size, turn, mark, artifact })
    }

    /// The glyph as on a sheet on which the pages before it are above its page, so that the lines of a paragraph that
    /// continues on the next page are in order.
    pub(super) fn below(&self, pages: usize) -> Self {
        /// Height of a page in points, more than any page has.
        const HEIGHT: f64 = 20_000.0;
        let down = HEIGHT * f64::from(u32::try_from(pages).unwrap_or(u32::MAX));
        let by = match self.turn {
            Turn::None => Vec2::new(0.0, down),
            Turn::Right => Vec2::new(-down, 0.0),
            Turn::Half => Vec2::new(0.0, -down),
            Turn::Left => Vec2::new(down, 0.0),
        };
        Self { area: self.area + by, ..self.clone() }
    }

    /// Whether it is white space.
    pub(super) fn is_space(&self) -> bool {
        self.text.trim().is_empty()
    }
}
