//! Drawing instructions of a page as glyphs, straight rules and areas of other drawings.

use std::collections::BTreeSet;

use hayro_interpret::{
    BlendMode, ClipPath, Device, GlyphDrawMode, Image, Paint, PathDrawMode, SoftMask, font::Glyph as Drawn,
};
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

use super::glyph::Glyph;

/// Everything that is visible on a page.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// Areas of images.
    pub(super) images: Vec<Rect>,
    /// Areas of drawings that are neither rules nor rectangles: outlines of letters, for example.
    pub(super) shapes: Vec<Rect>,
    /// Number of glyphs that are invisible: text recognised in a scanned page.
    pub(super) hidden: usize,
    /// Whether there was more than the limits allow.
    pub(super) is_cut: bool,
    /// Keys of fonts whose codes have no known meaning.
    pub(super) mute: BTreeSet<u128>,
    /// Marked content around the current instruction: whether it is an artifact, and its identifier.
    pub(super) marks: Vec<(bool, Option<i32>)>,
    /// Bounding boxes of the clip paths in force; each is within the one before.
    pub(super) clips: Vec<Rect>,
}

/// A straight rule, horizontal or vertical.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) is_vertical: bool,
    /// Position across its direction.
    pub(super) at: f64,
    /// Ends along its direction.
    pub(super) from: f64,
    pub(super) to: f64,
}

/// Limits for one page; a page of a report has some thousand glyphs and some hundred rules.
const MOST_GLYPHS: usize = 60_000;
const MOST_RULES: usize = 40_000;
const MOST_SHAPES: usize = 20_000;
/// Maximum thickness of a filled rectangle that is a rule.
const THICKEST: f64 = 2.6;
/// Maximum deviation of a rule from its direction.
const SKEW: f64 = 0.6;
/// Minimum length of a rule.
const SHORTEST: f64 = 3.0;
/// Maximum number of path elements that are examined.
const LONGEST_PATH: usize = 4000;

impl Drawing {
    fn rule(&mut self, a: Point, b: Point) -> bool {
        let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
        let rule = if dx <= SKEW && dy >= SHORTEST {
            Rule { is_vertical: true, at: (a.x + b.x) / 2.0, from: a.y.min(b.y), to: a.y.max(b.y) }
        } else if dy <= SKEW && dx >= SHORTEST {
            Rule { is_vertical: false, at: (a.y + b.y) / 2.0, from: a.x.min(b.x), to: a.x.max(b.x) }
        } else {
            return dx <= SHORTEST && dy <= SHORTEST;
        };
        let Some(rule) = self.clipped_rule(rule) else { return true };
        if self.rules.len() < MOST_RULES {
            self.rules.push(rule);
        } else {
            self.is_cut = true;
        }
        true
    }

    /// Area of the clip paths in force.
    fn clip(&self) -> Option<Rect> {
        self.clips.last().copied()
    }

    /// The visible part of a rule.
    fn clipped_rule(&self, rule: Rule) -> Option<Rule> {
        let Some(clip) = self.clip() else { return Some(rule) };
        let (low, high, from, to) = if rule.is_vertical {
            (clip.x0, clip.x1, clip.y0, clip.y1)
        } else {
            (clip.y0, clip.y1, clip.x0, clip.x1)
        };
        let (from, to) = (rule.from.max(from), rule.to.min(to));
        (low - SKEW <= rule.at && rule.at <= high + SKEW && from < to).then_some(Rule { from, to, ..rule })
    }

    fn shape(&mut self, area: Rect) {
        if !area.is_finite() {
            return;
        }
        if self.shapes.len() < MOST_SHAPES {
            self.shapes.push(area);
        } else {
            self.is_cut = true;
        }
    }

    /// A stroked path: each straight segment is a rule.
    fn stroked(&mut self, path: &BezPath) {
        let mut start = Point::ORIGIN;
        let mut last = Point::ORIGIN;
        let mut is_straight = true;
        for element in path.elements().iter().take(LONGEST_PATH) {
            match *element {
                PathEl::MoveTo(point) => (start, last) = (point, point),
                PathEl::LineTo(point) => {
                    is_straight &= self.rule(last, point);
                    last = point;
                }
                PathEl::ClosePath => {
                    is_straight &= self.rule(last, start);
                    last = start;
                }
                PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => {
                    is_straight = false;
                    last = point;
                }
            }
        }
        if !is_straight {
            self.shape(path.bounding_box());
        }
    }

    /// A filled path: each thin polygon is a rule, other rectangles are shading.
    fn filled(&mut self, path: &BezPath) {
        let mut part: Vec<Point> = Vec::new();
        let mut has_curve = false;
        for element in path.elements().iter().take(LONGEST_PATH) {
            match *element {
                PathEl::MoveTo(point) => {
                    self.polygon(&part, has_curve);
                    (part, has_curve) = (vec![point], false);
                }
                PathEl::LineTo(point) => part.push(point),
                PathEl::QuadTo(_, point) | PathEl::CurveTo(_, _, point) => {
                    has_curve = true;
                    part.push(point);
                }
                PathEl::ClosePath => {}
            }
        }
        self.polygon(&part, has_curve);
    }

    fn polygon(&mut self, points: &[Point], has_curve: bool) {
        let [first, rest @ ..] = points else { return };
        let area = rest.iter().fold(Rect::from_points(*first, *first), |area, point| area.union_pt(*point));
        if has_curve || points.len() > 6 {
            return self.shape(area);
        }
        // Some programs draw a border as a frame of which the clip path lets one side through.
        let whole = area;
        let area = self.clip().map_or(area, |clip| area.intersect(clip));
        let (width, height) = (area.width(), area.height());
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let middle = area.center();
        if width <= THICKEST && height >= SHORTEST {
            self.rule(Point::new(middle.x, area.y0), Point::new(middle.x, area.y1));
        } else if height <= THICKEST && width >= SHORTEST {
            self.rule(Point::new(area.x0, middle.y), Point::new(area.x1, middle.y));
        } else {
            let is_upright = points.windows(2).all(|pair| {
                let [a, b] = pair else { return true };
                (a.x - b.x).abs() <= SKEW || (a.y - b.y).abs() <= SKEW
            });
            if !is_upright {
                self.shape(whole);
            }
        }
    }
}

impl<'a> Device<'a> for Drawing {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_transparency_group(&mut self) {}

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let area = clip.path.bounding_box();
        let visible = self.clip().map_or(area, |outer| outer.intersect(area));
        self.clips.push(visible);
    }

    fn pop_clip_path(&mut self) {
        self.clips.pop();
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, _: &Paint<'a>, mode: &PathDrawMode) {
        if path.elements().len() > LONGEST_PATH {
            return self.shape((transform * path.clone()).bounding_box());
        }
        let path = transform * path.clone();
        match mode {
            PathDrawMode::Stroke(_) => self.stroked(&path),
            PathDrawMode::Fill(_) => self.filled(&path),
        }
    }

    fn draw_glyph(
        &mut self,
        glyph: &Drawn<'a>,
        transform: Affine,
        glyph_transform: Affine,
        _: &Paint<'a>,
        mode: &GlyphDrawMode,
    ) {
        if matches!(mode, GlyphDrawMode::Invisible) {
            self.hidden += 1;
            return;
        }
        if self.glyphs.len() >= MOST_GLYPHS {
            self.is_cut = true;
            return;
        }
        let artifact = self.marks.iter().any(|(artifact, _)| *artifact);
        let mark = self.marks.iter().rev().find_map(|(_, mark)| *mark);
        let is_mute =
            matches!(glyph, Drawn::Outline(outline) if self.mute.contains(&outline.font_cache_key()));
        let glyph = Glyph::new(glyph, transform * glyph_transform, mark, artifact, is_mute);
        // A glyph outside of the clip path cannot be seen.
        let is_visible = |glyph: &Glyph| self.clip().is_none_or(|clip| clip.overlaps(glyph.area));
        if let Some(glyph) = glyph.filter(is_visible) {
            self.glyphs.push(glyph);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        let size = (f64::from(image.width()), f64::from(image.height()));
        let area = transform.transform_rect_bbox(Rect::new(0.0, 0.0, size.0, size.1));
        if area.is_finite() && self.images.len() < MOST_SHAPES {
            self.images.push(area);
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], mark: Option<i32>) {
        self.marks.push((tag == b"Artifact", mark));
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }
}
