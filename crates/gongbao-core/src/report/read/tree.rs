//! The rows of a table nested by the keys of their paths, as in the file.

use super::spot::Spot;
use crate::form::{Record, Table};

/// A key under a section, with the keys under it.
#[derive(Debug)]
pub(super) struct Tree<'r> {
    /// The key.
    pub(super) key: &'r str,
    /// Its place.
    pub(super) spot: Spot,
    /// The row of figures of this key.
    pub(super) record: Option<&'r Record>,
    /// The keys under it.
    pub(super) children: Vec<Tree<'r>>,
}

impl<'r> Tree<'r> {
    /// Creates the tree of a table's rows.
    pub(super) fn of(section: &'r str, table: &Table, records: &'r [Record]) -> Self {
        let spot = Spot::new(section, table.name.as_str());
        let mut tree = Self { key: section, spot, record: None, children: Vec::new() };
        for record in records {
            let keys = record
                .path
                .strip_prefix(section)
                .unwrap_or_default()
                .split('.')
                .filter(|key| !key.is_empty());
            let words = record.place.parts().iter().skip(1);
            let mut at = &mut tree;
            for (key, words) in keys.zip(words) {
                let index = at.children.iter().position(|child| child.key == key).unwrap_or_else(|| {
                    let spot =
                        Spot::new(format!("{}.{key}", at.spot.path()), at.spot.place().with(words.clone()));
                    at.children.push(Self { key, spot, record: None, children: Vec::new() });
                    at.children.len() - 1
                });
                at = &mut at.children[index];
            }
            at.record = Some(record);
        }
        tree
    }

    /// Returns the rows of figures at this key and below it.
    pub(super) fn records(&self) -> Vec<&'r Record> {
        self.record.into_iter().chain(self.children.iter().flat_map(Tree::records)).collect()
    }
}
