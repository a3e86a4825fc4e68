//! Headings of chapters, in the official words or in an office's own.

use std::collections::BTreeSet;

use super::chapters::paragraph;
use crate::import::{
    neutral::{Block, Paragraph},
    words::{Ordinal, compact, normal, trim, without_ordinal, words},
};
use gongbao_core::form::Form;

/// Headings of a file.
#[derive(Debug, Default)]
pub(super) struct Headings {
    /// Block and chapter of each heading, in ascending order.
    pub(super) found: Vec<(usize, usize)>,
    /// Blocks with the words of a heading that are none: a table of contents.
    pub(super) others: BTreeSet<usize>,
    /// Chapters recognised by their number, place and some words, with the words of their headings.
    pub(super) loose: Vec<(usize, String)>,
    /// Whether the heading of the first chapter is part of its text: the report numbers its topics and has no heading above
    /// them.
    pub(super) keeps_first: bool,
}

/// Maximum length of a heading in characters.
const LONGEST: usize = 40;
/// Similarity to the official words from which on a heading with the chapter's number is that of the chapter.
const ALIKE: f64 = 0.5;

impl Headings {
    pub(super) fn of(form: &Form, blocks: &[Block]) -> Self {
        let spellings: Vec<Vec<String>> = form
            .chapters
            .iter()
            .map(|chapter| words().of_heading(&chapter.heading).map(normal).collect())
            .collect();
        let candidates: Vec<(usize, usize)> = blocks
            .iter()
            .enumerate()
            .filter_map(|(at, block)| Some((at, chapter_of(paragraph(block)?, &spellings)?)))
            .collect();
        // A table of contents precedes the chapters. So of several candidates the last one before the next chapter's heading
        // is taken.
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut before = blocks.len();
        for chapter in (0..spellings.len()).rev() {
            let last = candidates.iter().rev().find(|(at, of)| *of == chapter && *at < before);
            if let Some(&(at, _)) = last {
                found.push((at, chapter));
                before = at;
            }
        }
        found.reverse();
        let others =
            candidates.into_iter().filter(|candidate| !found.contains(candidate)).map(|(at, _)| at).collect();
        let mut headings = Self { found, others, ..Self::default() };
        headings.find_loose(form, blocks);
        headings.find_first(form, blocks);
        headings
    }

    /// Finds headings in an office's own words: the number of a chapter, between the chapters before and after it, and one
    /// of the words that such headings have.
    fn find_loose(&mut self, form: &Form, blocks: &[Block]) {
        for (chapter, of) in form.chapters.iter().enumerate() {
            if self.found.is_empty() || self.found.iter().any(|(_, found)| *found == chapter) {
                continue;
            }
            let after = self.found.iter().filter(|(_, found)| *found < chapter).map(|(at, _)| at + 1).max();
            let before = self.found.iter().filter(|(_, found)| *found > chapter).map(|(at, _)| *at).min();
            let range = after.unwrap_or(0)..before.unwrap_or(blocks.len());
            // The chapter before numbers its own topics if it has a smaller number as well.
            let mut is_numbered = false;
            for at in range {
                let Some((number, text)) = blocks.get(at).and_then(paragraph).and_then(numbered) else {
                    continue;
                };
                if number != chapter + 1 {
                    is_numbered |= number <= chapter && number != 0;
                    continue;
                }
                let has_word = words().has_heading_word(&of.heading, &text);
                if has_word && !is_numbered {
                    self.found.push((at, chapter));
                    self.found.sort_unstable();
                    self.loose.push((chapter, text));
                    break;
                }
            }
        }
    }

    /// Finds the beginning of the first chapter in a report that numbers its topics and has no heading above them.
    fn find_first(&mut self, form: &Form, blocks: &[Block]) {
        let is_text = form.chapters.first().is_some_and(|chapter| chapter.text.is_some());
        let Some(&(start, first)) = self.found.first() else { return };
        if first == 0 || !is_text {
            return;
        }
        let range = blocks.get(..start).unwrap_or_default().iter().enumerate();
        let mut opening = range.filter(|(at, _)| !self.others.contains(at)).filter_map(|(at, block)| {
            let (number, text) = numbered(paragraph(block)?)?;
            (number == 1).then_some((at, text))
        });
        if let Some((at, text)) = opening.next() {
            self.found.insert(0, (at, 0));
            self.loose.push((0, text));
            self.keeps_first = true;
        }
    }
}

/// Number of a paragraph that begins like a chapter, and its words.
pub(super) fn numbered(paragraph: &Paragraph) -> Option<(usize, String)> {
    let text = trim(&paragraph.text);
    if paragraph.aside || text.chars().take(LONGEST + 1).count() > LONGEST {
        return None;
    }
    let compact = compact(text);
    match without_ordinal(&compact) {
        (Ordinal::Chapter(number), rest) if !rest.contains(['。', '；']) => {
            Some((usize::from(number), text.to_owned()))
        }
        _ => None,
    }
}

/// Chapter of which a paragraph is the heading.
fn chapter_of(paragraph: &Paragraph, spellings: &[Vec<String>]) -> Option<usize> {
    let text = trim(&paragraph.text);
    if paragraph.aside || text.is_empty() || text.chars().take(LONGEST + 1).count() > LONGEST {
        return None;
    }
    let text = compact(text);
    let (ordinal, rest) = without_ordinal(&text);
    if ordinal == Ordinal::Lower || rest.contains('。') {
        return None;
    }
    let plain: String = rest.chars().filter(|c| c.is_alphanumeric()).collect();
    if let Some(chapter) = spellings.iter().position(|spellings| spellings.contains(&plain)) {
        return Some(chapter);
    }
    let Ordinal::Chapter(number) = ordinal else { return None };
    let chapter = usize::from(number).checked_sub(1)?;
    let alike =
        spellings.get(chapter)?.iter().any(|spelling| strsim::sorensen_dice(spelling, &plain) >= ALIKE);
    alike.then_some(chapter)
}
