//! The values of a file of local rules, and what is wrong with them.

use std::ops::Range;

use crate::{
    syntax::{self, Entries, Fault, Node, StrictReader, Value},
    text::Source,
};

/// The key of a value; messages of local rules name no path, but a line.
#[derive(Debug, Default)]
pub(super) struct Key(String);

/// Collects what is wrong while a file is read.
pub(super) struct Reader<'s> {
    pub(super) source: &'s Source,
    /// What is wrong, with the byte where it is.
    pub(super) problems: Vec<(usize, String)>,
}

impl StrictReader for Reader<'_> {
    type Place = Key;

    fn key(&self, _: &Key, key: &str) -> Key {
        Key(key.to_owned())
    }

    fn item(&self, list: &Key, _: usize) -> Key {
        Key(list.0.clone())
    }

    fn fault(&mut self, Key(key): &Key, fault: Fault<'_>) {
        match fault {
            Fault::NotATable(node) => self.problem(&node.span, "这里应当是一组“键 = 值”"),
            Fault::NotTables(node) => {
                self.problem(&node.span, format!("“{key}”写成 [[{key}]]，可以有几条"));
            }
            Fault::NotAList(node) => {
                self.problem(&node.span, "这里应当是一列文字，写成 [\"…\", \"…\"]");
            }
            Fault::NotAText(node) | Fault::NotAFlag(node) => {
                self.problem(&node.span, "这里应当是文字，用引号括起来");
            }
            Fault::Empty(node) => self.problem(&node.span, format!("“{key}”是空的")),
            Fault::Missing(owner) => {
                self.problem(&owner.unwrap_or_default(), format!("缺少“{key}”"));
            }
            Fault::UnknownKey { key, known, .. } => {
                let near = nearest(&key.name, known.iter().copied());
                self.problem(&key.span, format!("没有“{}”这个键{near}", key.name));
            }
        }
    }
}

impl Reader<'_> {
    /// Adds a mistake with its line.
    pub(super) fn problem(&mut self, span: &Range<usize>, problem: impl AsRef<str>) {
        let line = self.source.line_column(span.start).0;
        self.problems.push((span.start, format!("第{line}行：{}", problem.as_ref())));
    }

    /// The table of a demand or of the file, with only known keys.
    pub(super) fn entries<'n>(&mut self, node: &'n Node, known: &[&str]) -> Option<Entries<'n>> {
        self.table(node, &Key::default(), known)
    }

    pub(super) fn required_node<'n>(
        &mut self,
        entries: Entries<'n>,
        owner: &Range<usize>,
        key: &str,
    ) -> Option<&'n Node> {
        self.required(entries, &Key::default(), key, Some(owner.clone()))
    }

    pub(super) fn required_words(
        &mut self,
        entries: Entries<'_>,
        owner: &Range<usize>,
        key: &str,
    ) -> Option<String> {
        let node = self.required_node(entries, owner, key)?;
        let text = self.words(node)?;
        if text.trim().is_empty() {
            self.fault(&Key(key.to_owned()), Fault::Empty(node));
            return None;
        }
        Some(text)
    }

    pub(super) fn optional_words(&mut self, entries: Entries<'_>, key: &str) -> Option<String> {
        entries.get(key).and_then(|node| self.words(node)).filter(|text| !text.trim().is_empty())
    }

    pub(super) fn words(&mut self, node: &Node) -> Option<String> {
        self.text(node, &Key::default()).map(str::to_owned)
    }

    pub(super) fn all_words(&mut self, node: &Node) -> Vec<String> {
        let items = self.list(node, &Key::default()).unwrap_or_default();
        items.iter().filter_map(|item| self.words(item)).collect()
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
        let word = self.words(node)?;
        if known.contains(&word.as_str()) {
            return Some(word);
        }
        let near = nearest(&word, known.iter().copied());
        self.problem(&node.span, format!("没有“{word}”这个{what}{near}"));
        None
    }
}

/// The nearest known word as a hint, else the known words where they are few.
pub(super) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> String {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    // Of several equally near words the last one is offered.
    match syntax::nearest(word, known.iter().rev().copied()) {
        Some(near) => format!("；是不是“{near}”？"),
        None if known.len() <= 12 => format!("；可以写：{}", known.join("、")),
        None => String::new(),
    }
}
