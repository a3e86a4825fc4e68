//! Determines the face of each character before compiling, as Typst chooses it.
//!
//! Typst draws a box for a character that no font has, without a warning. This module follows the families of a
//! role in the same way. The characters of a face are expanded to a bit set at first use, so that a lookup is fast.
//!
//! Each character is looked up alone. Typst looks up a base character with its combining marks together: if a face
//! lacks a mark, it uses the next face. Such texts are rare, and a character that is missing here is also missing
//! there.

use std::collections::{BTreeMap, BTreeSet};

use typst::text::{Coverage, is_default_ignorable};

use gongbao_core::typeface::{GlyphCoverage, Role};

use super::{FontSet, parts, roles::RoleFamily};

/// The face of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// Index in [`FontSet::faces`].
    pub face: usize,
    /// Whether the main face of the role lacks the character.
    pub is_fallback: bool,
}

/// A face that a report uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedFace {
    /// Index in [`FontSet::faces`].
    pub face: usize,
    /// The roles that the face is used for.
    pub roles: BTreeSet<Role>,
    /// The characters that the main face of their role lacks.
    pub fallback: BTreeSet<char>,
}

/// Whether a character has no glyph in any face: line breaks, tabs, and default ignorable characters (joiners,
/// variation selectors, byte order marks).
pub fn is_unmarked(c: char) -> bool {
    matches!(c, '\n' | '\t') || is_default_ignorable(c)
}

impl GlyphCoverage for FontSet {
    /// Returns the characters that no face of the role has, with their byte offsets.
    fn missing(&self, role: Role, text: &str) -> Vec<(usize, char)> {
        text.char_indices().filter(|(_, c)| self.resolve(role, *c).is_none() && !is_unmarked(*c)).collect()
    }

    /// Whether the face of `base` has a glyph for it with the variation selector, or declares its default glyph as
    /// the right one. Otherwise Typst uses the default glyph and ignores the selector.
    fn has_sequence(&self, role: Role, base: char, selector: char) -> bool {
        let Some(resolved) = self.resolve(role, base) else { return false };
        let Some(face) = self.faces().get(resolved.face) else { return false };
        let Ok(data) = face.data() else { return false };
        let Ok(parsed) = ttf_parser::Face::parse(&data, face.index) else { return false };
        parsed.glyph_variation_index(base, selector).is_some()
    }

    fn advances(&self, role: Role, text: &str) -> Option<Vec<f64>> {
        let mut widths = vec![0.0; text.chars().count()];
        let mut faces: BTreeMap<usize, Vec<(usize, char)>> = BTreeMap::new();
        for (index, c) in text.chars().enumerate().filter(|(_, c)| !is_unmarked(*c)) {
            faces.entry(self.resolve(role, c)?.face).or_default().push((index, c));
        }
        for (face, characters) in faces {
            let face = self.faces().get(face)?;
            let data = face.data().ok()?;
            let parsed = ttf_parser::Face::parse(&data, face.index).ok()?;
            let em = f64::from(parsed.units_per_em());
            for (index, c) in characters {
                let advance = parsed.glyph_index(c).and_then(|glyph| parsed.glyph_hor_advance(glyph));
                *widths.get_mut(index)? = advance.map_or(1.0, |advance| f64::from(advance) / em);
            }
        }
        Some(widths)
    }
}

impl FontSet {
    /// Returns the face of a character in a role; `None` if no face of the role has it.
    pub fn resolve(&self, role: Role, c: char) -> Option<Resolved> {
        let cast = self.role_fonts(role);
        let wanted = |link: &RoleFamily| link.covers.as_ref().is_none_or(|class| class.contains(c));
        let at = cast.chain.iter().position(|link| wanted(link) && self.has(link.face, c))?;
        let face = cast.chain.get(at)?.face;
        Some(Resolved { face, is_fallback: at > cast.main })
    }

    /// Returns the faces that texts use, in the order of [`FontSet::faces`], with the characters for which each
    /// replaces the main face.
    pub fn used<'a>(&self, texts: impl IntoIterator<Item = (Role, &'a str)>) -> Vec<UsedFace> {
        let mut used: BTreeMap<usize, UsedFace> = BTreeMap::new();
        let mut seen: [BTreeSet<char>; Role::ALL.len()] = Default::default();
        for (role, text) in texts {
            let seen = &mut seen[role as usize];
            for c in text.chars() {
                if !seen.insert(c) || is_unmarked(c) {
                    continue;
                }
                let Some(Resolved { face, is_fallback }) = self.resolve(role, c) else { continue };
                let entry = used.entry(face).or_insert_with(|| UsedFace {
                    face,
                    roles: BTreeSet::new(),
                    fallback: BTreeSet::new(),
                });
                entry.roles.insert(role);
                if is_fallback {
                    entry.fallback.insert(c);
                }
            }
        }
        used.into_values().collect()
    }

    /// Whether a face has a glyph for the character, as one glyph or composed.
    fn has(&self, at: usize, c: char) -> bool {
        let (Some(face), Some(info)) = (self.faces().get(at), self.book().info(at)) else { return false };
        face.glyphs.get_or_init(|| Glyphs::new(&info.coverage)).has(c)
    }
}

/// The characters of a face as a bit set, up to the last character.
#[derive(Debug)]
pub(super) struct Glyphs(Vec<u64>);

impl Glyphs {
    fn new(coverage: &Coverage) -> Self {
        let mut glyphs = Self(Vec::new());
        coverage.iter().filter_map(char::from_u32).for_each(|c| glyphs.set(c));
        // Characters that the shaper composes from others.
        parts::composed(&mut glyphs);
        if glyphs.has(' ') {
            let spaces = ('\u{2000}'..='\u{200A}').chain(['\u{A0}', '\u{202F}', '\u{205F}', '\u{3000}']);
            spaces.for_each(|c| glyphs.set(c));
        }
        if glyphs.has('\u{2010}') {
            glyphs.set('\u{2011}');
        }
        glyphs
    }

    pub(super) fn has(&self, c: char) -> bool {
        let c = u32::from(c);
        self.0.get(c as usize / 64).is_some_and(|word| word & (1 << (c % 64)) != 0)
    }

    pub(super) fn set(&mut self, c: char) {
        let c = u32::from(c);
        let at = c as usize / 64;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        if let Some(word) = self.0.get_mut(at) {
            *word |= 1 << (c % 64);
        }
    }
}
