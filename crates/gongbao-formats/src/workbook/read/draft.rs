//! The text of all cells, and the tree of values that points into it.

use std::{collections::BTreeMap, ops::Range};

use gongbao_core::{
    finding::{Finding, Rule, Severity},
    syntax::{Key, Node, Value},
    text::{SheetCell, Source},
};

/// Where in the text each path stands, those too that nothing was written for.
pub(super) type Positions = BTreeMap<String, Range<usize>>;

/// A complaint of its own: where, rule, what, what to do.
type Complaint = (SheetCell, Rule, String, &'static str);

/// Collects what the cells say.
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

    /// Takes in the words of a cell.
    pub(super) fn words(&mut self, words: &str, at: SheetCell) -> Range<usize> {
        let start = self.text.len();
        self.cells.push((start, at));
        self.text.push_str(words);
        let end = self.text.len();
        self.text.push('\n');
        start..end
    }

    /// Takes in more words that go on with those before.
    pub(super) fn go_on(&mut self, words: &str, at: SheetCell) -> Range<usize> {
        self.text.pop();
        self.words(words, at)
    }

    /// A value of a cell as a node.
    pub(super) fn node(&mut self, value: Value, at: SheetCell) -> Node {
        let words = match &value {
            Value::Text(text) | Value::Number(text) | Value::Date(text) => text.clone(),
            _ => String::new(),
        };
        let span = self.words(&words, at);
        Node { value, span }
    }

    /// Says where a path stands.
    pub(super) fn position(&mut self, path: &str, span: Range<usize>) {
        self.positions.entry(path.to_owned()).or_insert(span);
    }

    /// Puts a node at a path of keys, `agency.name`; the keys stand where it does.
    pub(super) fn insert(&mut self, path: &str, node: Node) {
        let keys: Vec<&str> = path.split('.').collect();
        insert(&mut self.root, &keys, node);
    }

    /// The value of a cell at a path; the path's place is known even where nothing stands there.
    pub(super) fn put(&mut self, path: &str, value: Value, at: SheetCell) {
        let node = self.node(value, at);
        self.position(path, node.span.clone());
        self.insert(path, node);
    }

    /// Text so far, for a node that takes in several cells.
    pub(super) fn text_of(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// A complaint that reading the values would not make.
    pub(super) fn complain(&mut self, at: SheetCell, rule: Rule, message: String, hint: &'static str) {
        self.complaints.push((at, rule, message, hint));
    }

    /// The text, the tree, the complaints, and where everything stands.
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
