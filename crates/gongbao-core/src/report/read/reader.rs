//! What every part of reading shares: complaints, places in the file, and what was put right.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use super::{fields::Fields, spot::Spot};
use crate::{
    finding::{Finding, Rule, Severity},
    report::{
        Change, Origins, TextMap, literal,
        nearest::nearest,
        normalise::{Line, lines},
    },
    syntax::{Key, Node, Value},
    text::Source,
};

/// Collects while a file is read.
#[derive(Debug)]
pub(super) struct Reader<'s> {
    source: &'s Arc<Source>,
    findings: Vec<Finding>,
    /// Where each path stood.
    pub(super) origins: Origins,
    /// For texts, where each character stood.
    pub(super) maps: BTreeMap<String, TextMap>,
    changes: Vec<(usize, Change)>,
    head: Vec<String>,
    /// Keys of the head that were found inside a table.
    misplaced: BTreeSet<String>,
}

/// What reading leaves behind.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) findings: Vec<Finding>,
    pub(super) origins: Origins,
    pub(super) maps: BTreeMap<String, TextMap>,
    pub(super) changes: Vec<Change>,
}

/// How many lines a text of the head may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    One,
    Many,
}

impl<'s> Reader<'s> {
    pub(super) fn new(source: &'s Arc<Source>) -> Self {
        Self {
            source,
            findings: Vec::new(),
            origins: Origins::new(),
            maps: BTreeMap::new(),
            changes: Vec::new(),
            head: Vec::new(),
            misplaced: BTreeSet::new(),
        }
    }

    /// Says which keys the head has.
    pub(super) fn know_head(&mut self, keys: Vec<String>) {
        self.head = keys;
    }

    /// Everything in the order of the file; what has no place in it comes last.
    pub(super) fn finish(mut self) -> Read {
        // Somebody who wrote a key in the wrong place made one mistake, not two.
        let misplaced = self.misplaced;
        self.findings.retain(|finding| finding.rule != Rule::Missing || !misplaced.contains(&finding.path));
        self.findings.sort_by_key(|finding| finding.at.as_ref().map_or(usize::MAX, |at| at.span.start));
        self.changes.sort_by_key(|(at, _)| *at);
        let changes = self.changes.into_iter().map(|(_, change)| change).collect();
        Read { findings: self.findings, origins: self.origins, maps: self.maps, changes }
    }

    // Complaints --------------------------------------------------------------------------------

    /// Adds a complaint, with its place in the file if it has one.
    pub(super) fn add(&mut self, mut finding: Finding, span: Option<Range<usize>>) {
        finding.file.clone_from(&self.source.name);
        self.findings.push(match span {
            Some(span) => finding.at(self.source, span),
            None => finding,
        });
    }

    /// Whether there is a complaint of this path.
    pub(super) fn has_complained_of(&self, path: &str) -> bool {
        self.findings.iter().any(|finding| finding.path == path)
    }

    /// An error of a rule, to be added.
    pub(super) fn error(&self, rule: Rule, spot: &Spot, message: impl Into<String>) -> Finding {
        Finding::new(rule, Severity::Error, spot.path(), message).place(spot.place())
    }

    /// A value of the wrong kind, to be added.
    pub(super) fn shape(&self, spot: &Spot, message: impl Into<String>, hint: &str) -> Finding {
        let finding = self.error(Rule::Shape, spot, message);
        if hint.is_empty() { finding } else { finding.hint(hint) }
    }

    /// Something that is not there, to be added.
    pub(super) fn missing(&self, spot: &Spot, message: impl Into<String>) -> Finding {
        self.error(Rule::Missing, spot, message)
    }

    /// Adds that a value is of the wrong kind.
    pub(super) fn wrong_kind(&mut self, node: &Node, spot: &Spot, wanted: &str, hint: &str) {
        let finding = self.shape(
            spot,
            format!("“{}”应当是{wanted}，这里写的是{}", spot.words(), kind(&node.value)),
            hint,
        );
        self.add(finding, Some(node.span.clone()));
    }

    /// Complains of keys that are not among `known`; `None` stands for the keys of the head.
    pub(super) fn unknown_keys(&mut self, fields: &Fields<'_>, spot: &Spot, known: Option<&[&str]>) {
        for key in fields.keys() {
            let is_known = match known {
                Some(known) => known.contains(&key.name.as_str()),
                None => self.head.contains(&key.name),
            };
            if is_known {
                continue;
            }
            let mut finding =
                self.error(Rule::UnknownKey, &spot.key(&key.name), format!("没有“{}”这个键", key.name));
            if known.is_some() && self.is_misplaced(key, fields) {
                self.misplaced.insert(key.name.clone());
                finding = finding.hint(format!(
                    "“{}”是报告头的键；TOML 文件里，报告头的键都要写在第一个“[”之前",
                    key.name
                ));
            } else {
                let near = match known {
                    Some(known) => nearest(&key.name, known.iter().copied()),
                    None => nearest(&key.name, self.head.iter().map(String::as_str)),
                };
                if let Some(near) = near {
                    finding = finding.hint(format!("是不是“{near}”？"));
                } else if let Some(known) = known {
                    finding = finding.hint(format!("这里可以写的键有：{}", known.join("、")));
                }
            }
            self.add(finding, Some(key.span.clone()));
        }
    }

    /// Whether a key in a table is one of the head, in TOML: only there does a table go on to the next one.
    fn is_misplaced(&self, key: &Key, fields: &Fields<'_>) -> bool {
        // `other` is a text of the head and a row of 表三: a list of figures was not meant for the head.
        let value = fields.get(&key.name).map(|node| &node.value);
        let fits = matches!(value, Some(Value::Text(_) | Value::Date(_))) || key.name == "year";
        fits && self.head.contains(&key.name) && self.is_toml(&key.span)
    }

    /// Whether the key is followed by an equals sign, as only TOML writes it.
    fn is_toml(&self, key: &Range<usize>) -> bool {
        let after = self.source.text.get(key.end..).unwrap_or_default();
        after.trim_start_matches(['"', '\'', ' ', '\t']).starts_with('=')
    }

    // Values ------------------------------------------------------------------------------------

    /// The entries of a table, after complaining of keys it cannot have.
    pub(super) fn table<'n>(&mut self, node: &'n Node, spot: &Spot, known: &[&str]) -> Option<Fields<'n>> {
        let Value::Table(entries) = &node.value else {
            self.wrong_kind(node, spot, "一组键和值", "");
            return None;
        };
        let fields = Fields::new(entries);
        self.unknown_keys(&fields, spot, Some(known));
        Some(fields)
    }

    /// The tables of a list of tables.
    pub(super) fn tables<'n>(
        &mut self,
        node: &'n Node,
        spot: &Spot,
        known: &[&str],
    ) -> Vec<(Spot, &'n Node, Fields<'n>)> {
        let Value::List(items) = &node.value else {
            let hint = format!("TOML 文件里写成 [[{}]]", spot.path());
            self.wrong_kind(node, spot, "一列条目", &hint);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let spot = spot.item(index);
            if let Some(fields) = self.table(item, &spot, known) {
                tables.push((spot, item, fields));
            }
        }
        tables
    }

    /// A name, label or reason: its characters looked through, white space around it dropped.
    pub(super) fn words(&mut self, node: &Node, spot: &Spot, allowed: Lines) -> Option<String> {
        let Value::Text(text) = &node.value else {
            let hint = match node.value {
                Value::Number(_) | Value::Date(_) | Value::Bool(_) => "请用引号括起来",
                _ => "",
            };
            self.wrong_kind(node, spot, "文字", hint);
            return None;
        };
        self.origins.insert(spot.path().to_owned(), node.span.clone());
        let literal = self.align(node, text);
        let lines = lines(text);
        for line in &lines {
            self.note_line(line, spot, node, literal.as_ref());
        }
        if allowed == Lines::One && lines.len() > 1 {
            let finding = self.shape(spot, format!("“{}”不能换行", spot.words()), "");
            self.add(finding, Some(node.span.clone()));
        }
        Some(lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n"))
    }

    /// The words of a key that may be left out; empty ones are as good as none.
    pub(super) fn optional(
        &mut self,
        fields: &Fields<'_>,
        spot: &Spot,
        key: &str,
        allowed: Lines,
    ) -> Option<String> {
        let node = fields.get(key)?;
        self.words(node, &spot.key(key), allowed).filter(|words| !words.is_empty())
    }

    /// The words of a key that must be there; `owner` is where the table it belongs to stands.
    pub(super) fn required(
        &mut self,
        fields: &Fields<'_>,
        spot: &Spot,
        key: &str,
        owner: Option<Range<usize>>,
    ) -> Option<String> {
        let spot = spot.key(key);
        let Some(node) = fields.get(key) else {
            self.add_missing(&spot, fields.key_span(key).or(owner));
            return None;
        };
        let words = self.words(node, &spot, Lines::Many)?;
        if words.is_empty() {
            let finding = self.missing(&spot, format!("“{}”是空的", spot.words()));
            self.add(finding, Some(node.span.clone()));
            return None;
        }
        Some(words)
    }

    /// Adds that a key is missing.
    pub(super) fn add_missing(&mut self, spot: &Spot, span: Option<Range<usize>>) {
        let finding = self.missing(spot, format!("缺少“{}”", spot.words()));
        self.add(finding, span);
    }

    // Texts -------------------------------------------------------------------------------------

    /// Leads from the bytes of a text to those of the file.
    pub(super) fn align(&self, node: &Node, text: &str) -> Option<TextMap> {
        let literal = self.source.text.get(node.span.clone())?;
        if self.source.is_workbook() {
            // A cell says what it means; no notation stands between.
            let mut map = TextMap::default();
            map.push(0..text.len(), node.span.clone());
            return (literal == text).then_some(map);
        }
        Some(literal::align(literal, text)?.shifted(node.span.start))
    }

    /// Notes what was put right in a line, and complains of characters that cannot be printed.
    pub(super) fn note_line(&mut self, line: &Line, spot: &Spot, node: &Node, literal: Option<&TextMap>) {
        let span = literal.map_or(node.span.clone(), |map| map.range(line.range.clone()));
        for corrected in &line.corrected {
            let change = Change {
                path: spot.path().to_owned(),
                old: corrected.old.clone(),
                new: corrected.new.clone(),
                why: corrected.why,
            };
            self.changes.push((span.start, change));
        }
        for forbidden in &line.forbidden {
            let code = u32::from(forbidden.character);
            let count = match forbidden.count {
                1 => String::new(),
                count => format!("，共{count}处"),
            };
            let message = format!("有不能印出来的字符 U+{code:04X}（{}）{count}", forbidden.what);
            let finding = self.error(Rule::Character, spot, message).hint("请删去，或者换成所要的字");
            let span = literal.map_or(node.span.clone(), |map| map.range(forbidden.range.clone()));
            self.add(finding, Some(span));
        }
    }
}

/// What people call a value.
pub(super) fn kind(value: &Value) -> String {
    match value {
        Value::Null => "空值".to_owned(),
        Value::Bool(_) => "是非值（true、false）".to_owned(),
        Value::Number(number) => format!("数（{}）", shortened(number)),
        Value::Text(text) => format!("文字“{}”", shortened(text)),
        Value::Date(date) => format!("日期（{}）", shortened(date)),
        Value::List(_) => "数组".to_owned(),
        Value::Table(_) => "一组键和值".to_owned(),
    }
}

/// The beginning of a text, for messages.
pub(super) fn shortened(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let short: String = line.chars().take(20).filter(|c| !c.is_control()).collect();
    if short.len() < text.trim().len() { format!("{short}…") } else { short }
}
