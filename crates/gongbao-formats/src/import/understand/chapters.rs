//! Chapters of a report by their headings, with their texts.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Unplaced,
    date::signed,
    grid::Placement,
    headings::{Headings, numbered},
};
use crate::import::{
    neutral::{Block, Paragraph},
    words::{compact, is_note, normal, trim, words},
};
use gongbao_core::{
    form::{AFTER, BEFORE, BETWEEN, Form},
    report::{self, normalised},
};

/// Texts of a file by chapter.
#[derive(Debug, Default)]
pub(super) struct Chapters {
    /// Number of chapters found.
    pub(super) found: usize,
    /// Paragraphs of each text, by key.
    pub(super) texts: BTreeMap<String, Vec<String>>,
    /// Notes under the tables, by section key.
    pub(super) notes: BTreeMap<String, Vec<String>>,
    pub(super) unplaced: Vec<Unplaced>,
    /// Chapters that were recognised loosely, in Chinese.
    pub(super) remarks: Vec<String>,
    /// Index of the block with the first chapter's heading.
    pub(super) start: usize,
    /// Blocks that are part of a table of contents.
    pub(super) contents: BTreeSet<usize>,
    /// Paragraphs of the signature at the end of the last chapter, last first.
    pub(super) signature: Vec<String>,
}

/// A chapter with a table, and where its tables stand in the file.
struct Beside<'a> {
    form: &'a Form,
    /// Section key of the table.
    key: &'a str,
    heading: &'a str,
    placement: &'a Placement,
    /// Number of tables of the file before the chapter.
    tables: usize,
}

impl Beside<'_> {
    /// Block of a row of this chapter's table.
    fn block(&self, path: &str) -> Option<usize> {
        let record = self.form.records_of(self.key).iter().find(|record| record.path == path)?;
        Some(record.block)
    }

    fn rows(&self, number: usize) -> impl Iterator<Item = &str> {
        self.placement.rows.get(&number).into_iter().flatten().map(String::as_str)
    }

    /// Whether a table of the file is a piece of this chapter's table.
    fn is_within(&self, number: usize) -> bool {
        self.rows(number).any(|path| self.block(path).is_some())
    }

    /// Key of the text before a table of the file; `None` if this chapter's table cannot be divided there.
    fn place_before(&self, number: usize) -> Option<String> {
        let first = self.rows(number).find(|path| self.block(path).is_some())?;
        let mut earlier = (self.tables + 1..number).flat_map(|number| self.rows(number));
        if earlier.all(|path| self.block(path).is_none()) {
            return Some(format!("{}.{BEFORE}", self.key));
        }
        let block = self.block(first)?;
        let mut earlier = (self.tables + 1..number).flat_map(|number| self.rows(number));
        if earlier.any(|path| self.block(path).is_some_and(|other| other >= block)) {
            return None;
        }
        let row = first.strip_prefix(self.key)?.strip_prefix('.')?;
        Some(format!("{}.{BETWEEN}.{row}", self.key))
    }

    fn unplaced(&self, text: String) -> Unplaced {
        Unplaced {
            place: self.heading.to_owned(),
            row: String::new(),
            column: String::new(),
            text,
            why: "写在表格的中间，表格在这里不能分开".to_owned(),
        }
    }
}

impl Chapters {
    /// Finds the chapters of a form, whose tables are matched already. With `is_page`, words of a portal may follow the
    /// report.
    pub(super) fn of(form: &Form, blocks: &[Block], placement: &Placement, is_page: bool) -> Self {
        let Headings { found: headings, others: contents, loose, keeps_first } = Headings::of(form, blocks);
        let mut chapters = Self {
            found: headings.len(),
            start: headings.first().map_or(blocks.len(), |(at, _)| *at),
            contents,
            ..Self::default()
        };
        for (chapter, text) in loose {
            if let Some(of) = form.chapters.get(chapter) {
                let heading = &of.heading;
                chapters.remarks.push(match (chapter, keeps_first) {
                    (0, true) => format!("没有“{heading}”这个标题：从“{text}”起算作这一部分，请核对"),
                    _ => format!("按序号和位置，把“{text}”认作“{heading}”，请核对"),
                });
            }
        }
        for (index, (at, chapter)) in headings.iter().enumerate() {
            let next = headings.get(index + 1).map(|(at, _)| *at);
            let from = if index == 0 && keeps_first { *at } else { at + 1 };
            let body = blocks.get(from..next.unwrap_or(blocks.len())).unwrap_or_default();
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
                (_, Some(key)) => {
                    let before = blocks.get(..at + 1).unwrap_or_default();
                    let tables = before.iter().filter(|block| matches!(block, Block::Table(_))).count();
                    let beside = Beside { form, key, heading: &chapter.heading, placement, tables };
                    chapters.beside_table(&beside, body);
                }
                _ => {}
            }
        }
        chapters
    }

    /// Reads the paragraphs of a chapter with a table: texts before, between and after the pieces of the table, and notes.
    fn beside_table(&mut self, beside: &Beside<'_>, body: &[Block]) {
        let key = beside.key;
        let mut number = beside.tables;
        let mut in_note = false;
        // Lines since the last table, whose place depends on the next table.
        let mut open: Vec<String> = Vec::new();
        // Words of a heading that is not known; what follows it is not a part of this chapter.
        let mut strange: Option<String> = None;
        for block in body {
            if let Block::Table(_) = block {
                number += 1;
                in_note = false;
                if !beside.is_within(number) {
                    continue;
                }
                match beside.place_before(number) {
                    Some(place) => self.add(&place, std::mem::take(&mut open)),
                    None => open.drain(..).for_each(|line| self.unplaced.push(beside.unplaced(line))),
                }
            }
            let Some(paragraph) = paragraph(block) else { continue };
            if (beside.tables + 1..=number).any(|number| beside.is_within(number))
                && let Some((_, text)) = numbered(paragraph)
            {
                strange = Some(text);
            }
            if let Some(strange) = &strange {
                let text = trim(&paragraph.text);
                if !text.is_empty() {
                    self.unplaced.push(after_strange(beside.heading, strange, text));
                }
                continue;
            }
            for line in lines(&paragraph.text).filter(|line| !is_placeholder(line)) {
                // The items of a note follow it: 注：1.…… 2.……
                in_note = is_note(&line) || in_note && matches!(report::level(&normalised(&line)), 3 | 4);
                if in_note {
                    self.notes.entry(key.to_owned()).or_default().push(line);
                } else {
                    open.push(line);
                }
            }
        }
        // Without any table of the chapter, its text comes before the table that is missing.
        let last =
            if (beside.tables + 1..=number).any(|number| beside.is_within(number)) { AFTER } else { BEFORE };
        self.add(&format!("{key}.{last}"), open);
    }

    fn add(&mut self, key: &str, lines: Vec<String>) {
        if !lines.is_empty() {
            self.texts.entry(key.to_owned()).or_default().extend(lines);
        }
    }

    /// Finds the signature at the end of the last chapter. Returns the end of the chapter's text.
    fn sign(&mut self, body: &[Block], is_page: bool) -> usize {
        /// Number of lines at the end that are searched: name, date, and words of a page after them.
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

/// A paragraph after a heading that is not known.
fn after_strange(heading: &str, strange: &str, text: &str) -> Unplaced {
    let why = if text == strange {
        "像是一个部分的标题，认不出是哪一部分".to_owned()
    } else {
        format!("在“{strange}”下面，认不出是哪一部分")
    };
    Unplaced {
        place: format!("“{heading}”之后"),
        row: String::new(),
        column: String::new(),
        text: text.to_owned(),
        why,
    }
}

/// A paragraph of the report itself.
pub(super) fn paragraph(block: &Block) -> Option<&Paragraph> {
    match block {
        Block::Paragraph(paragraph) if !paragraph.aside => Some(paragraph),
        _ => None,
    }
}

/// Non-blank lines of a paragraph.
pub(super) fn lines(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().map(trim).filter(|line| !line.is_empty()).map(str::to_owned)
}

/// Whether a paragraph is one of the template that has to be replaced.
fn is_placeholder(text: &str) -> bool {
    let normal = normal(text);
    words().placeholders.contains(&normal)
}

/// Whether a line belongs to a portal, not to the report.
pub(super) fn is_furniture(text: &str) -> bool {
    let text = compact(text);
    let short = text.chars().take(61).count() <= 60 && !text.contains('。');
    short && words().furniture.iter().any(|start| text.starts_with(compact(start).as_str()))
}

/// Whether a line could be the name in a signature.
fn is_name(text: &str) -> bool {
    let text = compact(text);
    let length = text.chars().take(41).count();
    (2..=40).contains(&length)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, '(' | ')' | '·' | '—'))
}
