//! The text of all cells, and the tree of values whose spans point into it.

use std::{collections::BTreeMap, ops::Range};

use gongbao_core::{
    finding::{Finding, Rule, Severity},
    syntax::{Key, Node, Value},
    text::{SheetCell, Source},
};

/// Bytes of each path in the text, including paths of empty cells.
pub(super) type Positions = BTreeMap<String, Range<usize>>;

/// A finding of the workbook itself: cell, rule, message, hint.
type Complaint = (SheetCell, Rule, String, &'static str);

/// Collects the values of the cells.
#[derive(Debug, Default)]
pub(super) struct Draft {
    text: String,
    cells: Vec<(usize, SheetCell)>,
    root: Vec<(Key, Node)>,
    positions: Positions,
    complaints: Vec<Complaint>,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds the text of a cell; returns its bytes.
    pub(super) fn words(&mut self, words: &str, at: SheetCell) -> Range<usize> {
        let start = self.text.len();
        self.cells.push((start, at));
        self.text.push_str(words);
        let end = self.text.len();
        self.text.push('\n');
        start..end
    }

    /// Adds text that continues the text added before.
    pub(super) fn go_on(&mut self, words: &str, at: SheetCell) -> Range<usize> {
        self.text.pop();
        self.words(words, at)
    }

    /// Creates a node from the value of a cell.
    pub(super) fn node(&mut self, value: Value, at: SheetCell) -> Node {
        let words = match &value {
            Value::Text(text) | Value::Number(text) | Value::Date(text) => text.clone(),
            _ => String::new(),
        };
        let span = self.words(&words, at);
        Node { value, span }
    }

    /// Records the bytes of a path.
    pub(super) fn position(&mut self, path: &str, span: Range<usize>) {
        self.positions.entry(path.to_owned()).or_insert(span);
    }

    /// Puts a node at a path of keys, such as `agency.name`; the keys get the place of the node.
    pub(super) fn insert(&mut self, path: &str, node: Node) {
        let keys: Vec<&str> = path.split('.').collect();
        insert(&mut self.root, &keys, node);
    }

    /// Puts the value of a cell at a path; the place of the path is recorded even if the cell is empty.
    pub(super) fn put(&mut self, path: &str, value: Value, at: SheetCell) {
        let node = self.node(value, at);
        self.position(path, node.span.clone());
        self.insert(path, node);
    }

    /// Returns a part of the text, for a node of several cells.
    pub(super) fn text_of(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// Adds a finding that reading the values would not give.
    pub(super) fn complain(&mut self, at: SheetCell, rule: Rule, message: String, hint: &'static str) {
        self.complaints.push((at, rule, message, hint));
    }

    /// Returns the text, the tree, the findings, and the bytes of all paths.
    pub(super) fn finish(self, name: &str) -> (Source, Node, Vec<Finding>, Positions) {
        let span = 0..self.text.len();
        let source = Source::of_cells(name, self.text, self.cells);
        let found = self.complaints.into_iter().map(|(at, rule, message, hint)| {
            let severity = if rule == Rule::Numbering { Severity::Warning } else { Severity::Error };
            let mut finding = Finding::new(rule, severity, "", message).hint(hint);
            finding.cell = Some(at);
            finding
        });
        let findings = found.collect();
        (source, Node { value: Value::Table(self.root), span }, findings, self.positions)
    }
}

fn insert(entries: &mut Vec<(Key, Node)>, keys: &[&str], node: Node) {
    let Some((first, rest)) = keys.split_first() else { return };
    let at = entries.iter().position(|(key, _)| key.name == *first);
    if rest.is_empty() {
        if at.is_none() {
            let key = Key { name: (*first).to_owned(), span: node.span.clone() };
            entries.push((key, node));
        }
        return;
    }
    let at = at.unwrap_or_else(|| {
        let span = node.span.clone();
        let key = Key { name: (*first).to_owned(), span: span.clone() };
        entries.push((key, Node { value: Value::Table(Vec::new()), span }));
        entries.len() - 1
    });
    if let Some((_, Node { value: Value::Table(inner), .. })) = entries.get_mut(at) {
        insert(inner, rest, node);
    }
}
