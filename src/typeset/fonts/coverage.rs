//! Which face sets which character: Typst's choice, known before compiling.
//!
//! Typst draws what no face has as a box and says nothing. Here its way through a role's families is gone beforehand. A
//! face's characters are spread out into bits when it is first asked, so that a long text costs some look-ups a character.
//!
//! Each character is taken by itself. A base with combining marks moves on to the next face as one where a face lacks a
//! mark; such texts are rare, and what is called missing here is missing there too.

use std::collections::{BTreeMap, BTreeSet};

use typst::text::{Coverage, is_default_ignorable};

use gongbao_core::typeface::{GlyphCoverage, Role};

use super::{FontSet, cast::Link, parts};

/// The face that a character is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolved {
    /// An index into [`FontSet::faces`].
    pub face: usize,
    /// Whether it only fills a gap of the face that plays the role.
    pub is_fallback: bool,
}

/// A face that a report is set in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedFace {
    /// An index into [`FontSet::faces`].
    pub face: usize,
    /// The roles that it sets text of.
    pub roles: BTreeSet<Role>,
    /// The characters that it sets in place of the face that plays the role.
    pub fallback: BTreeSet<char>,
}

/// Whether Typst sets nothing for the character, whatever the face: line ends, tabs, and what Unicode calls default
/// ignorable (joiners, selectors, byte order marks).
pub fn is_unmarked(c: char) -> bool {
    matches!(c, '\n' | '\t') || is_default_ignorable(c)
}

impl GlyphCoverage for FontSet {
    /// The characters of a role's text that no face has, each with its first byte.
    fn missing(&self, role: Role, text: &str) -> Vec<(usize, char)> {
        text.char_indices().filter(|(_, c)| self.resolve(role, *c).is_none() && !is_unmarked(*c)).collect()
    }

    /// Whether the face that sets `base` has a form of its own for it followed by the variation selector, or says that
    /// its usual form is the one meant. Otherwise Typst sets the usual form and drops the selector without a word.
    fn has_sequence(&self, role: Role, base: char, selector: char) -> bool {
        let Some(resolved) = self.resolve(role, base) else { return false };
        let Some(face) = self.faces().get(resolved.face) else { return false };
        let Ok(data) = face.data() else { return false };
        let Ok(parsed) = ttf_parser::Face::parse(&data, face.index) else { return false };
        parsed.glyph_variation_index(base, selector).is_some()
    }
}

impl FontSet {
    /// The face that a character of a role is set in; `None` where no face of the role has it.
    pub fn resolve(&self, role: Role, c: char) -> Option<Resolved> {
        let cast = self.cast(role);
        let wanted = |link: &Link| link.covers.as_ref().is_none_or(|class| class.contains(c));
        let at = cast.chain.iter().position(|link| wanted(link) && self.has(link.face, c))?;
        let face = cast.chain.get(at)?.face;
        Some(Resolved { face, is_fallback: at > cast.main })
    }

    /// The faces that texts are set in, in the order of [`FontSet::faces`], with what each fills in for.
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

    /// Whether Typst finds a glyph for the character in a face, whole or put together.
    fn has(&self, at: usize, c: char) -> bool {
        let (Some(face), Some(info)) = (self.faces().get(at), self.book().info(at)) else { return false };
        face.glyphs.get_or_init(|| Glyphs::new(&info.coverage)).has(c)
    }
}

/// The characters that a face can set, a bit each, as far as the last of them.
#[derive(Debug)]
pub(super) struct Glyphs(Vec<u64>);

impl Glyphs {
    fn new(coverage: &Coverage) -> Self {
        let mut glyphs = Self(Vec::new());
        coverage.iter().filter_map(char::from_u32).for_each(|c| glyphs.set(c));
        // What the shaper makes from other characters.
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
