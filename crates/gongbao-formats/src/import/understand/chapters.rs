//! The chapters of a report by their headings, and the texts that stand in them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Unplaced, date::signed};
use crate::import::{
    neutral::{Block, Paragraph},
    words::{Ordinal, compact, is_note, normal, trim, without_ordinal, words},
};
use gongbao_core::form::Form;

/// The texts of a file by chapter.
#[derive(Debug, Default)]
pub(super) struct Chapters {
    /// How many chapters were found.
    pub(super) found: usize,
    /// The texts by key, paragraph by paragraph.
    pub(super) texts: BTreeMap<String, Vec<String>>,
    /// What stands under the tables, by section key.
    pub(super) notes: BTreeMap<String, Vec<String>>,
    pub(super) unplaced: Vec<Unplaced>,
    /// Where the first chapter begins among the blocks.
    pub(super) start: usize,
    /// Blocks that only list the chapters.
    pub(super) contents: BTreeSet<usize>,
    /// The paragraphs at the end of the last chapter that sign the report, latest first.
    pub(super) signature: Vec<String>,
}

/// No heading is longer.
const LONGEST: usize = 40;

impl Chapters {
    /// Finds the chapters of a form. `is_page` says that a portal's words may stand at the end.
    pub(super) fn of(form: &Form, blocks: &[Block], is_page: bool) -> Self {
        let (headings, contents) = headings(form, blocks);
        let mut chapters = Self {
            found: headings.len(),
            start: headings.first().map_or(blocks.len(), |(at, _)| *at),
            contents,
            ..Self::default()
        };
        for (index, (at, chapter)) in headings.iter().enumerate() {
            let next = headings.get(index + 1).map(|(at, _)| *at);
            let body = blocks.get(at + 1..next.unwrap_or(blocks.len())).unwrap_or_default();
            let Some(chapter) = form.chapters.get(*chapter) else { continue };
            let end = if next.is_none() { chapters.sign(body, is_page) } else { body.len() };
            let body = body.get(..end).unwrap_or_default();
            match (&chapter.text, &chapter.table) {
                (Some(key), _) => {
                    let text = body.iter().filter_map(paragraph).flat_map(|paragraph| lines(&paragraph.text));
                    let text: Vec<String> = text.filter(|line| !is_placeholder(line)).collect();
                    if !text.is_empty() {
                        chapters.texts.insert(key.clone(), text);
                    }
                }
                (_, Some(key)) => chapters.beside_table(key, &chapter.heading, body),
                _ => {}
            }
        }
        chapters
    }

    /// What stands in a chapter beside its table: notes, and what has no place there.
    fn beside_table(&mut self, key: &str, heading: &str, body: &[Block]) {
        let mut after_table = false;
        for block in body {
            let Some(paragraph) = paragraph(block) else {
                after_table |= matches!(block, Block::Table(_));
                continue;
            };
            for line in lines(&paragraph.text).filter(|line| !is_placeholder(line)) {
                if after_table || is_note(&line) {
                    self.notes.entry(key.to_owned()).or_default().push(line);
                } else {
                    let why = "这一部分只有表格，表格前面的文字没有地方放".to_owned();
                    let place = heading.to_owned();
                    self.unplaced.push(Unplaced {
                        place,
                        row: String::new(),
                        column: String::new(),
                        text: line,
                        why,
                    });
                }
            }
        }
    }

    /// Takes the signature off the last chapter, and what a page says after it; gives where the chapter's text ends.
    fn sign(&mut self, body: &[Block], is_page: bool) -> usize {
        /// A signature is a name and a date; a page may say some more after it.
        const FURTHEST: usize = 12;
        let mut end = body.len();
        let is_empty =
            |block: &Block| paragraph(block).is_none_or(|paragraph| trim(&paragraph.text).is_empty());
        let back =
            |end: usize| body.get(..end).unwrap_or_default().iter().rposition(|block| !is_empty(block));
        let words = |at: usize| body.get(at).and_then(paragraph).map(|paragraph| paragraph.text.as_str());
        while let Some(last) = back(end).filter(|last| is_page && words(*last).is_some_and(is_furniture)) {
            end = last;
        }
        let mut at = back(end);
        let mut seen = 0;
        while let Some(last) = at.filter(|_| seen < FURTHEST) {
            let Some(text) = body.get(last).and_then(paragraph).map(|paragraph| paragraph.text.as_str())
            else {
                break;
            };
            if let Some((name, date)) = signed(text) {
                self.signature.push(date);
                let before =
                    back(last).and_then(|before| Some((before, body.get(before).and_then(paragraph)?)));
                if !name.is_empty() {
                    self.signature.push(name);
                    return last;
                }
                if let Some((before, paragraph)) = before.filter(|(_, paragraph)| is_name(&paragraph.text)) {
                    self.signature.push(paragraph.text.clone());
                    return before;
                }
                return last;
            }
            if !is_name(text) {
                break;
            }
            at = back(last);
            seen += 1;
        }
        end
    }
}

/// The chosen headings, block and chapter, in rising order of both; and the blocks that say the same without
/// being headings.
fn headings(form: &Form, blocks: &[Block]) -> (Vec<(usize, usize)>, BTreeSet<usize>) {
    let ways: Vec<Vec<String>> = form
        .chapters
        .iter()
        .map(|chapter| words().of_heading(&chapter.heading).map(normal).collect())
        .collect();
    let candidates: Vec<(usize, usize)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| Some((at, chapter_of(paragraph(block)?, &ways)?)))
        .collect();
    // A table of contents stands before what it lists: of several the last counts that stands before the next chapter's.
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    let mut before = blocks.len();
    for chapter in (0..ways.len()).rev() {
        let last = candidates.iter().rev().find(|(at, of)| *of == chapter && *at < before);
        if let Some(&(at, _)) = last {
            chosen.push((at, chapter));
            before = at;
        }
    }
    chosen.reverse();
    let others =
        candidates.into_iter().filter(|candidate| !chosen.contains(candidate)).map(|(at, _)| at).collect();
    (chosen, others)
}

/// The chapter that a paragraph is the heading of.
fn chapter_of(paragraph: &Paragraph, ways: &[Vec<String>]) -> Option<usize> {
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
    if let Some(chapter) = ways.iter().position(|ways| ways.contains(&plain)) {
        return Some(chapter);
    }
    let Ordinal::Chapter(number) = ordinal else { return None };
    let chapter = usize::from(number).checked_sub(1)?;
    let alike = ways.get(chapter)?.iter().any(|way| strsim::sorensen_dice(way, &plain) >= 0.5);
    alike.then_some(chapter)
}

fn paragraph(block: &Block) -> Option<&Paragraph> {
    match block {
        Block::Paragraph(paragraph) if !paragraph.aside => Some(paragraph),
        _ => None,
    }
}

/// The lines of a paragraph that say something.
pub(super) fn lines(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().map(trim).filter(|line| !line.is_empty()).map(str::to_owned)
}

/// Whether a paragraph stands in the template where something else belongs.
fn is_placeholder(text: &str) -> bool {
    let normal = normal(text);
    words().placeholders.contains(&normal)
}

/// Whether a line is a portal's, not the report's.
pub(super) fn is_furniture(text: &str) -> bool {
    let text = compact(text);
    let short = text.chars().take(61).count() <= 60 && !text.contains('。');
    short && words().furniture.iter().any(|start| text.starts_with(compact(start).as_str()))
}

/// Whether a line could be the name of who signs.
fn is_name(text: &str) -> bool {
    let text = compact(text);
    let length = text.chars().take(41).count();
    (2..=40).contains(&length)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, '(' | ')' | '·' | '—'))
}
