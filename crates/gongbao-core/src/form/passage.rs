//! Texts beside the tables: the paragraphs before, between and after the pieces of a chapter's table.

use super::{Form, PREFACE, is_within};
use crate::finding::{Place, PlacePart};

/// Key of the text before a table.
pub const BEFORE: &str = "before";
/// Key of the texts between the blocks of a table.
pub const BETWEEN: &str = "between";
/// Key of the text after a table.
pub const AFTER: &str = "after";

/// A text that a chapter may have beside its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Key of the text: `disclosure.before`, `disclosure.between.licences`.
    pub key: String,
    /// Section key of the table.
    pub table: String,
    /// Where it stands.
    pub position: Position,
    /// What people call it: 表前文字.
    pub label: String,
}

/// Position of a text beside a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// Before the table.
    Before,
    /// Before a block of the table, which is not the first: its index.
    Between(usize),
    /// After the table and its notes.
    After,
}

impl Passage {
    /// Path within the section of the row before whose block the text stands.
    pub fn row(&self) -> Option<&str> {
        let rest = self.key.strip_prefix(&self.table)?.strip_prefix('.')?;
        rest.strip_prefix(BETWEEN)?.strip_prefix('.')
    }

    /// Whether a key is that of a text beside a table, on any form: `SECTION.before`, `SECTION.between.ROW`,
    /// `SECTION.after`.
    pub fn is_key(key: &str) -> bool {
        let Some((section, rest)) = key.split_once('.') else { return false };
        let is_between = || {
            rest.strip_prefix(BETWEEN)
                .and_then(|row| row.strip_prefix('.'))
                .is_some_and(|row| !row.is_empty())
        };
        !section.is_empty()
            && !section.contains('[')
            && !rest.contains('[')
            && (rest == BEFORE || rest == AFTER || is_between())
    }
}

impl Form {
    /// The texts that the chapter of a table may have beside it, in the order of print. A block has one for each of its
    /// rows, of which a report uses one at most.
    pub fn passages<'f>(&'f self, table: &'f str) -> impl Iterator<Item = &'f Passage> {
        self.passages.iter().filter(move |passage| passage.table == table)
    }

    /// The text beside a table with this key.
    pub fn passage(&self, key: &str) -> Option<&Passage> {
        self.passages.iter().find(|passage| passage.key == key)
    }

    /// Place of a text beside a table in words: 表二 › 表前文字.
    pub fn place_of_passage(&self, key: &str) -> Option<Place> {
        let passage = self.passage(key)?;
        let table = self.tables.get(&passage.table)?;
        Some(Place::from(table.name.as_str()).with(PlacePart::Words(passage.label.clone())))
    }

    /// The keys of all texts that a report may have, in the order of print: the preface, the texts of the chapters and
    /// the texts beside the tables.
    pub fn all_text_keys(&self) -> impl Iterator<Item = &str> {
        let chapters = self.chapters.iter().flat_map(|chapter| {
            let text = chapter.text.as_deref().filter(|key| *key != PREFACE);
            let beside = chapter.table.as_deref().into_iter().flat_map(|table| self.passages(table));
            text.into_iter().chain(beside.map(|passage| passage.key.as_str()))
        });
        std::iter::once(PREFACE).chain(chapters)
    }

    /// Derives the texts beside the tables from the blocks. Requires the records.
    pub(super) fn draw_passages(&mut self) {
        self.passages = self.tables().flat_map(|(key, _)| self.passages_of(key)).collect();
    }

    fn passages_of(&self, key: &str) -> Vec<Passage> {
        let Some(table) = self.tables.get(key) else { return Vec::new() };
        let records = self.records_of(key);
        // A row or group of the form with one of the keys takes precedence.
        let is_free = |word: &str| {
            let path = format!("{key}.{word}");
            let is_taken = |record: &super::Record| {
                is_within(&record.path, &path) || record.figures.iter().any(|figure| figure.path == path)
            };
            !records.iter().any(is_taken)
        };
        let mut passages = Vec::new();
        let mut add = |rest: &str, position, label: String| {
            passages.push(Passage { key: format!("{key}.{rest}"), table: key.to_owned(), position, label });
        };
        if is_free(BEFORE) {
            add(BEFORE, Position::Before, "表前文字".to_owned());
        }
        if is_free(BETWEEN) {
            for record in records.iter().filter(|record| record.block > 0) {
                let Some(row) = record.path.strip_prefix(key).and_then(|rest| rest.strip_prefix('.')) else {
                    continue;
                };
                let band = table.blocks.get(record.block).and_then(|block| block.band.as_deref());
                let label = format!("“{}”之前的文字", band.unwrap_or(record.label()));
                add(&format!("{BETWEEN}.{row}"), Position::Between(record.block), label);
            }
        }
        if is_free(AFTER) {
            add(AFTER, Position::After, "表后文字".to_owned());
        }
        passages
    }
}
