//! Which face sets which character: Typst's choice, known before compiling.
//!
//! Typst draws what no face has as a box and says nothing. Here its way through a role's families is gone for every
//! character once; a table keeps the answers, so that a long text costs a look-up a character.
//!
//! Each character is taken by itself. A base with combining marks moves on to the next face as one where a face lacks a
//! mark; such texts are rare, and what is called missing here is missing there too.

use std::collections::{BTreeMap, BTreeSet};

use typst::text::is_default_ignorable;

use super::{FontSet, Role, cast::Link, parts};

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

impl FontSet {
    /// The face that a character of a role is set in; `None` where no face of the role has it.
    pub fn resolve(&self, role: Role, c: char) -> Option<Resolved> {
        let cast = self.cast(role);
        let at = self.glyphs(role).link(c)?;
        let face = cast.chain.get(at)?.face;
        Some(Resolved { face, is_fallback: at > cast.main })
    }

    /// The characters of a role's text that no face has, each with its first byte.
    pub fn missing(&self, role: Role, text: &str) -> Vec<(usize, char)> {
        let glyphs = self.glyphs(role);
        text.char_indices().filter(|(_, c)| glyphs.link(*c).is_none() && !is_unmarked(*c)).collect()
    }

    /// Whether the face that sets `base` has a form of its own for it followed by the variation selector, or says that
    /// its usual form is the one meant. Otherwise Typst sets the usual form and drops the selector without a word.
    pub fn has_sequence(&self, role: Role, base: char, selector: char) -> bool {
        let Some(resolved) = self.resolve(role, base) else { return false };
        let Some(face) = self.faces().get(resolved.face) else { return false };
        let Ok(data) = face.data() else { return false };
        let Ok(parsed) = ttf_parser::Face::parse(&data, face.index) else { return false };
        parsed.glyph_variation_index(base, selector).is_some()
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

    fn glyphs(&self, role: Role) -> &Glyphs {
        let cast = self.cast(role);
        cast.glyphs.get_or_init(|| {
            let mut glyphs = Glyphs::default();
            // From the last to the first: the first that has a character gets it.
            for (at, link) in cast.chain.iter().enumerate().rev() {
                self.add(&mut glyphs, at, link);
            }
            glyphs
        })
    }

    fn add(&self, glyphs: &mut Glyphs, at: usize, link: &Link) {
        let Some(info) = self.book().info(link.face) else { return };
        let wanted = |c: &char| link.covers.as_ref().is_none_or(|class| class.contains(*c));
        for c in info.coverage.iter().filter_map(char::from_u32).filter(wanted) {
            glyphs.set(c, at);
        }
        // What the shaper makes from other characters.
        parts::composed(&info.coverage, |c| {
            if wanted(&c) {
                glyphs.set(c, at);
            }
        });
        let spaces = ('\u{2000}'..='\u{200A}').chain(['\u{A0}', '\u{202F}', '\u{205F}', '\u{3000}']);
        if info.coverage.contains(u32::from(' ')) {
            spaces.filter(wanted).for_each(|c| glyphs.set(c, at));
        }
        if info.coverage.contains(0x2010) && wanted(&'\u{2011}') {
            glyphs.set('\u{2011}', at);
        }
    }
}

/// For every character the link of a chain that sets it, in pages of 256, most of which no face has.
#[derive(Debug, Default)]
pub(super) struct Glyphs {
    /// For each 256 characters the number of their page, 0 for none, from 1.
    index: Vec<u16>,
    /// Links, counted from 1; 0 where no face has the character.
    pages: Vec<[u8; 256]>,
}

impl Glyphs {
    fn link(&self, c: char) -> Option<usize> {
        let code = u32::from(c) as usize;
        let page = usize::from(*self.index.get(code >> 8)?);
        let link = *self.pages.get(page.checked_sub(1)?)?.get(code & 0xFF)?;
        usize::from(link).checked_sub(1)
    }

    fn set(&mut self, c: char, link: usize) {
        let code = u32::from(c) as usize;
        if self.index.is_empty() {
            self.index = vec![0; 0x1100];
        }
        let Some(page) = self.index.get_mut(code >> 8) else { return };
        if *page == 0 {
            self.pages.push([0; 256]);
            *page = u16::try_from(self.pages.len()).unwrap_or(u16::MAX);
        }
        let page = usize::from(*page);
        if let Some(slot) = self.pages.get_mut(page - 1).and_then(|page| page.get_mut(code & 0xFF)) {
            *slot = u8::try_from(link + 1).unwrap_or(u8::MAX);
        }
    }
}
