//! Strict reading of tables: unknown keys and values of the wrong kind are faults, and all of them are reported.
//!
//! Report files, rosters and files of local rules are read through [`StrictReader`]. It finds the faults; each reader
//! reports them in its own words and with its own places.

use std::ops::Range;

use super::{Key, Node, Value};

/// Share of the longer word that must agree for a suggestion; below that a suggestion confuses more than it helps.
const NEAR: f64 = 0.6;

/// The entries of a table. A key whose value is null counts as left out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entries<'n> {
    entries: &'n [(Key, Node)],
}

impl<'n> Entries<'n> {
    pub(crate) fn new(entries: &'n [(Key, Node)]) -> Self {
        Self { entries }
    }

    /// The value of a key, unless it is null.
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|(_, node)| node).filter(|node| node.value != Value::Null)
    }

    /// The place of the key, even if its value is null.
    pub(crate) fn key_span(&self, key: &str) -> Option<Range<usize>> {
        self.entry(key).map(|(key, _)| key.span.clone())
    }

    /// All keys with their values, in the order of the file.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'n (Key, Node)> {
        self.entries.iter()
    }

    fn entry(&self, key: &str) -> Option<&'n (Key, Node)> {
        self.entries.iter().find(|(known, _)| known.name == key)
    }
}

/// What is wrong with a value or a key.
#[derive(Debug, Clone)]
pub(crate) enum Fault<'a> {
    /// The value should be a table.
    NotATable(&'a Node),
    /// The value should be a list of tables.
    NotTables(&'a Node),
    /// The value should be a list of texts.
    NotAList(&'a Node),
    /// The value should be a text.
    NotAText(&'a Node),
    /// The value should be true or false.
    NotAFlag(&'a Node),
    /// The text is empty or white space.
    Empty(&'a Node),
    /// The key is not there; the span is the place of what should hold it.
    Missing(Option<Range<usize>>),
    /// The key is not among the known ones.
    UnknownKey {
        /// The key.
        key: &'a Key,
        /// Its value.
        value: &'a Node,
        /// The keys that may be written.
        known: &'a [&'a str],
    },
}

/// A reader of tables that reports all faults.
pub(crate) trait StrictReader {
    /// Path and words of a value, for messages.
    type Place;

    /// The place of a key within a table.
    fn key(&self, table: &Self::Place, key: &str) -> Self::Place;

    /// The place of an item of a list, from 0.
    fn item(&self, list: &Self::Place, index: usize) -> Self::Place;

    /// Tells a fault of the value or key at a place.
    fn fault(&mut self, place: &Self::Place, fault: Fault<'_>);

    /// The entries of a table with only known keys.
    fn table<'n>(&mut self, node: &'n Node, place: &Self::Place, known: &[&str]) -> Option<Entries<'n>> {
        let Value::Table(entries) = &node.value else {
            self.fault(place, Fault::NotATable(node));
            return None;
        };
        let entries = Entries::new(entries);
        self.unknown_keys(entries, place, known);
        Some(entries)
    }

    /// Tells the keys that are not among `known`.
    fn unknown_keys(&mut self, entries: Entries<'_>, place: &Self::Place, known: &[&str]) {
        for (key, value) in entries.iter().filter(|(key, _)| !known.contains(&key.name.as_str())) {
            self.fault(&self.key(place, &key.name), Fault::UnknownKey { key, value, known });
        }
    }

    /// The items of a list of tables that are tables, each with its place.
    fn tables<'n>(
        &mut self,
        node: &'n Node,
        place: &Self::Place,
        known: &[&str],
    ) -> Vec<(Self::Place, &'n Node, Entries<'n>)> {
        let Value::List(items) = &node.value else {
            self.fault(place, Fault::NotTables(node));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let place = self.item(place, index);
            if let Some(entries) = self.table(item, &place, known) {
                tables.push((place, item, entries));
            }
        }
        tables
    }

    /// A text.
    fn text<'n>(&mut self, node: &'n Node, place: &Self::Place) -> Option<&'n str> {
        let Value::Text(text) = &node.value else {
            self.fault(place, Fault::NotAText(node));
            return None;
        };
        Some(text)
    }

    /// The items of a list.
    fn list<'n>(&mut self, node: &'n Node, place: &Self::Place) -> Option<&'n [Node]> {
        let Value::List(items) = &node.value else {
            self.fault(place, Fault::NotAList(node));
            return None;
        };
        Some(items)
    }

    /// True or false.
    fn flag(&mut self, node: &Node, place: &Self::Place) -> Option<bool> {
        let Value::Bool(flag) = node.value else {
            self.fault(place, Fault::NotAFlag(node));
            return None;
        };
        Some(flag)
    }

    /// The value of a key that must be there; `owner` is the place in the file of what should hold it.
    fn required<'n>(
        &mut self,
        entries: Entries<'n>,
        place: &Self::Place,
        key: &str,
        owner: Option<Range<usize>>,
    ) -> Option<&'n Node> {
        let node = entries.get(key);
        if node.is_none() {
            self.fault(&self.key(place, key), Fault::Missing(owner));
        }
        node
    }
}

/// The known word nearest to `word`, the first of several; `None` where none is near.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // Nobody mistypes a key this long, and the comparison costs the product of both lengths.
    if word.len() > 100 {
        return None;
    }
    let mut best = (NEAR, None);
    for key in known {
        let likeness = strsim::normalized_damerau_levenshtein(word, key);
        if likeness > best.0 || (likeness >= best.0 && best.1.is_none()) {
            best = (likeness, Some(key));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn nearest_suggests_only_similar_words() {
        let keys = ["issued", "repealed", "in_force"];
        assert_eq!(nearest("isued", keys), Some("issued"));
        assert_eq!(nearest("inforce", keys), Some("in_force"));
        assert_eq!(nearest("made", keys), None);
        assert_eq!(nearest(&"issued".repeat(100), keys), None);
    }
}
