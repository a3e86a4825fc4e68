//! The values of a file of local rules, and what is wrong with them.

use std::ops::Range;

use crate::{
    syntax::{Key, Node, Value},
    text::Source,
};

/// Below this likeness another key is no help.
const NEAR: f64 = 0.6;

/// The entries of a table.
pub(super) type Entries = [(Key, Node)];

/// Collects what is wrong while a file is read.
pub(super) struct Reader<'s> {
    pub(super) source: &'s Source,
    /// What is wrong, with the byte where it is.
    pub(super) problems: Vec<(usize, String)>,
}

impl Reader<'_> {
    /// Adds a mistake with its line.
    pub(super) fn problem(&mut self, span: &Range<usize>, problem: impl AsRef<str>) {
        let line = self.source.line_column(span.start).0;
        self.problems.push((span.start, format!("第{line}行：{}", problem.as_ref())));
    }

    pub(super) fn table<'n>(&mut self, node: &'n Node, known: &[&str]) -> Option<&'n Entries> {
        let Value::Table(entries) = &node.value else {
            self.problem(&node.span, "这里应当是一组“键 = 值”");
            return None;
        };
        for (key, _) in entries {
            if !known.contains(&key.name.as_str()) {
                let near = nearest(&key.name, known.iter().copied());
                self.problem(&key.span, format!("没有“{}”这个键{near}", key.name));
            }
        }
        Some(entries)
    }

    pub(super) fn required_node<'n>(
        &mut self,
        entries: &'n Entries,
        owner: &Range<usize>,
        key: &str,
    ) -> Option<&'n Node> {
        let node = get(entries, key);
        if node.is_none() {
            self.problem(owner, format!("缺少“{key}”"));
        }
        node
    }

    pub(super) fn required(&mut self, entries: &Entries, owner: &Range<usize>, key: &str) -> Option<String> {
        let node = self.required_node(entries, owner, key)?;
        let text = self.text(node)?;
        if text.trim().is_empty() {
            self.problem(&node.span, format!("“{key}”是空的"));
            return None;
        }
        Some(text)
    }

    pub(super) fn words(&mut self, entries: &Entries, key: &str) -> Option<String> {
        get(entries, key).and_then(|node| self.text(node)).filter(|text| !text.trim().is_empty())
    }

    pub(super) fn text(&mut self, node: &Node) -> Option<String> {
        let Value::Text(text) = &node.value else {
            self.problem(&node.span, "这里应当是文字，用引号括起来");
            return None;
        };
        Some(text.clone())
    }

    pub(super) fn list(&mut self, node: &Node) -> Vec<String> {
        let Value::List(items) = &node.value else {
            self.problem(&node.span, "这里应当是一列文字，写成 [\"…\", \"…\"]");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.text(item)).collect()
    }

    pub(super) fn count(&mut self, node: &Node) -> Option<usize> {
        let count = match &node.value {
            Value::Number(number) => number.replace('_', "").parse().ok().filter(|count| *count > 0),
            _ => None,
        };
        if count.is_none() {
            self.problem(&node.span, "这里应当是大于零的整数，不加引号");
        }
        count
    }

    /// A word that must be one of those known.
    pub(super) fn known(&mut self, node: &Node, known: &[&str], what: &str) -> Option<String> {
        let word = self.text(node)?;
        if known.contains(&word.as_str()) {
            return Some(word);
        }
        let near = nearest(&word, known.iter().copied());
        self.problem(&node.span, format!("没有“{word}”这个{what}{near}"));
        None
    }
}

/// The value of a key.
pub(super) fn get<'n>(entries: &'n Entries, key: &str) -> Option<&'n Node> {
    entries.iter().find(|(known, _)| known.name == key).map(|(_, node)| node)
}

/// The nearest known word as a hint, else the known words where they are few.
pub(super) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> String {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    let likeness = |key: &str| strsim::normalized_damerau_levenshtein(word, key);
    // Nobody mistypes a word this long.
    let near = known.iter().filter(|key| word.len() < 100 && likeness(key) >= NEAR);
    match near.max_by(|a, b| likeness(a).total_cmp(&likeness(b))) {
        Some(near) => format!("；是不是“{near}”？"),
        None if known.len() <= 12 => format!("；可以写：{}", known.join("、")),
        None => String::new(),
    }
}
