//! The rows of a table as the file nests them: by the keys of their paths.

use super::spot::Spot;
use crate::form::{Record, Table};

/// A key under a section, with the keys under it.
#[derive(Debug)]
pub(super) struct Tree<'r> {
    /// The key.
    pub(super) key: &'r str,
    /// Where it stands.
    pub(super) spot: Spot,
    /// The row of figures it holds.
    pub(super) record: Option<&'r Record>,
    /// The keys under it.
    pub(super) children: Vec<Tree<'r>>,
}

impl<'r> Tree<'r> {
    /// The tree of a table's rows under its section.
    pub(super) fn of(section: &'r str, table: &Table, records: &'r [Record]) -> Self {
        let spot = Spot::new(section, table.name.clone());
        let mut tree = Self { key: section, spot, record: None, children: Vec::new() };
        for record in records {
            let keys = record
                .path
                .strip_prefix(section)
                .unwrap_or_default()
                .split('.')
                .filter(|key| !key.is_empty());
            let words = record.place.strip_prefix(&table.name).unwrap_or_default().split(" › ").skip(1);
            let mut at = &mut tree;
            for (key, words) in keys.zip(words) {
                let index = at.children.iter().position(|child| child.key == key).unwrap_or_else(|| {
                    let spot = Spot::new(
                        format!("{}.{key}", at.spot.path()),
                        format!("{} › {words}", at.spot.place()),
                    );
                    at.children.push(Self { key, spot, record: None, children: Vec::new() });
                    at.children.len() - 1
                });
                at = &mut at.children[index];
            }
            at.record = Some(record);
        }
        tree
    }

    /// The rows of figures at this key and under it.
    pub(super) fn records(&self) -> Vec<&'r Record> {
        self.record.into_iter().chain(self.children.iter().flat_map(Tree::records)).collect()
    }
}
