//! The outlines of a face: makes the subset that belongs into a PDF set with the face's twin.
//!
//! The subset is the one that Typst would have embedded: outlines are copied, never changed. Charstrings that stand
//! alone are copied as they are; those with subroutines are taken apart by `subsetter`, once for each glyph of a
//! process. TrueType glyphs are copied by `subsetter` with the components that they are composed of.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard},
};

use kurbo::{BezPath, Shape};
use subsetter::GlyphRemapper;
use ttf_parser::{GlyphId, OutlineBuilder, RawFace, Tag};
use typst::foundations::Bytes;

use super::twin::{
    OutlineKind,
    cff::{self, parts, with_charstrings},
};

/// The outlines of a face.
#[derive(Debug)]
pub(super) struct Outlines {
    data: Bytes,
    index: u32,
    kind: OutlineKind,
    /// Whether the bounding box of the face is known to enclose all glyphs, so that those of a report need not be
    /// measured.
    is_enclosing: bool,
    /// Bounds of each glyph that a report has used; `None` for a glyph without outline.
    bounds: Mutex<BTreeMap<u16, Option<Bounds>>>,
    /// Charstrings without subroutines, of each glyph that a report has used.
    charstrings: Mutex<BTreeMap<u16, Arc<[u8]>>>,
}

/// A font program for a PDF.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Subset {
    /// A `CFF ` table or a TrueType file.
    pub(crate) bytes: Vec<u8>,
    /// The smallest rectangle around all glyphs, in thousandths of an em: left, bottom, right, top. `None` if that of
    /// the face is right, which the file has already.
    pub(crate) bounds: Option<[f32; 4]>,
    /// Number of glyphs.
    pub(crate) glyphs: usize,
    /// Whether there are glyphs that only others are composed of.
    pub(crate) has_components: bool,
}

impl Outlines {
    pub(super) fn new(data: Bytes, index: u32, kind: OutlineKind, is_enclosing: bool) -> Self {
        Self { data, index, kind, is_enclosing, bounds: Mutex::default(), charstrings: Mutex::default() }
    }

    /// Makes the subset with these glyphs in this order, the first of which is .notdef. `hollow` is the subset of the
    /// twin. `None` if the face is damaged.
    pub(super) fn subset(&self, hollow: &[u8], glyphs: &[u16]) -> Option<Subset> {
        let bytes = match self.kind {
            OutlineKind::Cff { is_plain: true } => {
                let (_, all) = parts(self.table(*b"CFF ")?)?;
                let charstrings: Option<Vec<&[u8]>> =
                    glyphs.iter().map(|glyph| all.get(usize::from(*glyph))).collect();
                with_charstrings(hollow, &charstrings?)?
            }
            OutlineKind::Cff { is_plain: false } => with_charstrings(hollow, &self.resolved(glyphs)?)?,
            OutlineKind::Glyf => self.subset_of(glyphs)?,
        };
        let all = self.kind.count(&bytes)?;
        let bounds = match self.is_enclosing {
            true => None,
            false => self.bounds(&bytes, glyphs, all)?,
        };
        Some(Subset { bytes, bounds, glyphs: all, has_components: all > glyphs.len() })
    }

    /// Returns the file that `subsetter` makes of these glyphs.
    fn subset_of(&self, glyphs: &[u16]) -> Option<Vec<u8>> {
        let order = GlyphRemapper::new_from_glyphs(glyphs);
        // A glyph that occurs twice would move all others.
        if usize::from(order.num_gids()) != glyphs.len() {
            return None;
        }
        subsetter::subset(&self.data, self.index, &order).ok()
    }

    /// Returns the charstrings of these glyphs without subroutines.
    fn resolved(&self, glyphs: &[u16]) -> Option<Vec<Arc<[u8]>>> {
        let mut known = locked(&self.charstrings);
        let mut missing: BTreeSet<u16> =
            glyphs.iter().copied().filter(|glyph| !known.contains_key(glyph)).collect();
        if !missing.is_empty() {
            missing.insert(0);
            let missing: Vec<u16> = missing.into_iter().collect();
            let made = self.subset_of(&missing)?;
            let table = RawFace::parse(&made, 0).ok()?.table(Tag::from_bytes(b"CFF "))?;
            let (_, charstrings) = cff::parts(table)?;
            for (at, glyph) in missing.iter().enumerate() {
                known.insert(*glyph, charstrings.get(at)?.into());
            }
        }
        glyphs.iter().map(|glyph| known.get(glyph).cloned()).collect()
    }

    /// Returns the bounds of all glyphs in the subset, components included, in thousandths of an em.
    fn bounds(&self, subset: &[u8], glyphs: &[u16], count: usize) -> Option<Option<[f32; 4]>> {
        let face = ttf_parser::Face::parse(&self.data, self.index).ok()?;
        let mut known = locked(&self.bounds);
        let mut all: Option<Bounds> = None;
        for glyph in glyphs {
            let own = *known.entry(*glyph).or_insert_with(|| Bounds::of(&face, *glyph));
            all = Bounds::joined(all, own);
        }
        if count > glyphs.len() {
            let made = ttf_parser::Face::parse(subset, 0).ok()?;
            for component in glyphs.len()..count {
                all = Bounds::joined(all, Bounds::of(&made, u16::try_from(component).ok()?));
            }
        }
        let units = f32::from(face.units_per_em());
        Some(all.map(|all| all.0.map(|value| value / units * 1000.0)))
    }

    fn table(&self, tag: [u8; 4]) -> Option<&[u8]> {
        RawFace::parse(&self.data, self.index).ok()?.table(Tag::from_bytes(&tag))
    }
}

impl OutlineKind {
    /// Returns the number of glyphs of a subset.
    fn count(self, subset: &[u8]) -> Option<usize> {
        match self {
            Self::Cff { .. } => Some(parts(subset)?.1.len()),
            Self::Glyf => {
                let table = RawFace::parse(subset, 0).ok()?.table(Tag::from_bytes(b"maxp"))?;
                Some(u16::from_be_bytes(table.get(4..6)?.try_into().ok()?).into())
            }
        }
    }
}

/// Whether the bounding box of a face encloses the outlines of all its glyphs.
pub(super) fn encloses_all(face: &ttf_parser::Face<'_>) -> bool {
    let own = face.global_bounding_box();
    let [left, bottom, right, top] = [own.x_min, own.y_min, own.x_max, own.y_max].map(f64::from);
    (0..face.number_of_glyphs()).all(|glyph| {
        let mut path = Path(BezPath::new());
        if face.outline_glyph(GlyphId(glyph), &mut path).is_none() {
            return true;
        }
        let bounds = path.0.bounding_box();
        left <= bounds.x0 && bottom <= bounds.y0 && bounds.x1 <= right && bounds.y1 <= top
    })
}

/// An outline as a path.
struct Path(BezPath);

impl OutlineBuilder for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to((x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to((x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to((x1, y1), (x, y));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.curve_to((x1, y1), (x2, y2), (x, y));
    }

    fn close(&mut self) {
        self.0.close_path();
    }
}

/// A rectangle in units of the font: left, bottom, right, top.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bounds([f32; 4]);

impl Bounds {
    /// Returns the rectangle around the points of a glyph; `None` if it has no outline.
    fn of(face: &ttf_parser::Face<'_>, glyph: u16) -> Option<Self> {
        let mut points = Points(None);
        face.outline_glyph(GlyphId(glyph), &mut points);
        points.0.map(Self)
    }

    fn joined(a: Option<Self>, b: Option<Self>) -> Option<Self> {
        match (a, b) {
            (Some(Self([a, b, c, d])), Some(Self([e, f, g, h]))) => {
                Some(Self([a.min(e), b.min(f), c.max(g), d.max(h)]))
            }
            (one, other) => one.or(other),
        }
    }
}

/// Collects the bounds of all points, control points included.
struct Points(Option<[f32; 4]>);

impl Points {
    fn add(&mut self, x: f32, y: f32) {
        let [left, bottom, right, top] = self.0.unwrap_or([x, y, x, y]);
        self.0 = Some([left.min(x), bottom.min(y), right.max(x), top.max(y)]);
    }
}

impl OutlineBuilder for Points {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.add(x1, y1);
        self.add(x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.add(x1, y1);
        self.add(x2, y2);
        self.add(x, y);
    }

    fn close(&mut self) {}
}

/// Locks a mutex, also after a panic: entries are inserted whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
