//! State that all parts of reading share: findings, places in the file, and normalised characters.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use super::spot::Spot;
use crate::{
    finding::{Finding, MediumWords, Message, Remedy, Rule, Severity},
    report::{
        Change, Origins, TextMap,
        fields::{self, FieldKind},
        literal,
        normalise::{Line, lines},
    },
    syntax::{Entries, Fault, Key, Node, StrictReader, Value, nearest},
    text::Source,
};

/// Collects findings, places and normalisations while a file is read.
#[derive(Debug)]
pub(super) struct Reader<'s> {
    source: &'s Arc<Source>,
    findings: Vec<Finding>,
    /// Bytes of each path in the file.
    pub(super) origins: Origins,
    /// For each paragraph, the bytes of its characters in the file.
    pub(super) maps: BTreeMap<String, TextMap>,
    changes: Vec<(usize, Change)>,
    head: Vec<String>,
    /// Keys of the head that were written inside a table.
    misplaced: BTreeSet<String>,
}

/// Result of reading.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) findings: Vec<Finding>,
    pub(super) origins: Origins,
    pub(super) maps: BTreeMap<String, TextMap>,
    pub(super) changes: Vec<Change>,
}

/// Number of lines that a text of the head may have.
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

    /// Sets the keys that the head may have.
    pub(super) fn know_head(&mut self, keys: Vec<String>) {
        self.head = keys;
    }

    /// Returns the result; findings are in the order of the file, those without a place in it last.
    pub(super) fn finish(mut self) -> Read {
        // A misplaced key is one mistake: it is not reported as missing too.
        let misplaced = self.misplaced;
        self.findings.retain(|finding| finding.rule != Rule::Missing || !misplaced.contains(&finding.path));
        self.findings.sort_by_key(|finding| finding.at.as_ref().map_or(usize::MAX, |at| at.span.start));
        self.changes.sort_by_key(|(at, _)| *at);
        let changes = self.changes.into_iter().map(|(_, change)| change).collect();
        Read { findings: self.findings, origins: self.origins, maps: self.maps, changes }
    }

    // Findings ----------------------------------------------------------------------------------

    /// Adds a finding, with its place in the file if it has one.
    pub(super) fn add(&mut self, mut finding: Finding, span: Option<Range<usize>>) {
        finding.file.clone_from(&self.source.name);
        self.findings.push(match span {
            Some(span) => finding.at(self.source, span),
            None => finding,
        });
    }

    /// Whether there is a finding for this path.
    pub(super) fn has_complained_of(&self, path: &str) -> bool {
        self.findings.iter().any(|finding| finding.path == path)
    }

    /// Returns an error of a rule, to be added.
    pub(super) fn error(&self, rule: Rule, spot: &Spot, message: impl Into<Message>) -> Finding {
        Finding::new(rule, Severity::Error, spot.path(), message).place(spot.place())
    }

    /// Returns a finding for a value of the wrong kind, to be added.
    pub(super) fn shape(
        &self,
        spot: &Spot,
        message: impl Into<Message>,
        hint: impl Into<Message>,
    ) -> Finding {
        self.error(Rule::Shape, spot, message).hint(hint)
    }

    /// Returns a finding for a missing value, to be added.
    pub(super) fn missing(&self, spot: &Spot, message: impl Into<Message>) -> Finding {
        self.error(Rule::Missing, spot, message)
    }

    /// Reports a value of the wrong kind.
    pub(super) fn wrong_kind(
        &mut self,
        node: &Node,
        spot: &Spot,
        wanted: impl Into<Message>,
        hint: impl Into<Message>,
    ) {
        let message = Message::from("“").field(spot.name()).then("”应当是").join(wanted);
        let message = message.then("，这里写的是").join(kind(&node.value));
        let finding = self.shape(spot, message, hint);
        self.add(finding, Some(node.span.clone()));
    }

    /// Reports an unknown key, with the nearest known one as a hint.
    fn unknown_key(&mut self, key: &Key, value: &Node, spot: &Spot, known: &[&str]) {
        let is_of_head = spot.path() == key.name;
        let is_misplaced = !is_of_head && self.is_misplaced(key, value);
        let label = if is_misplaced { fields::name(&key.name).label } else { spot.name().label };
        let others = format!("文件里有一项“{label}”，不是这里的内容，没有读入");
        let message = MediumWords::new(format!("没有“{}”这个键", key.name), others);
        let hint = if is_misplaced {
            self.misplaced.insert(key.name.clone());
            let hint = format!("“{}”是报告头的键；TOML 文件里，报告头的键都要写在第一个“[”之前", key.name);
            MediumWords::new(hint, "请在原来的文件里把它移到开头")
        } else if let Some(near) = nearest(&key.name.to_lowercase(), known.iter().copied()) {
            MediumWords::new(format!("是不是“{near}”？"), UNKNOWN_KEY)
        } else if !is_of_head {
            MediumWords::new(format!("这里可以写的键有：{}", known.join("、")), UNKNOWN_KEY)
        } else {
            MediumWords::new("", UNKNOWN_KEY)
        };
        let finding = self.error(Rule::UnknownKey, spot, message).hint(hint);
        self.add(finding, Some(key.span.clone()));
    }

    /// Whether a key in a table belongs to the head. This mistake occurs in TOML alone, where a table extends to the next
    /// header.
    fn is_misplaced(&self, key: &Key, value: &Node) -> bool {
        // `other` is a text of the head and a row of 表三: a list of figures was meant as the row.
        let fits = matches!(value.value, Value::Text(_) | Value::Date(_)) || is_year(&key.name);
        fits && self.head.contains(&key.name) && self.is_toml(&key.span)
    }

    /// Whether the key is followed by an equals sign, as only TOML writes it.
    fn is_toml(&self, key: &Range<usize>) -> bool {
        let after = self.source.text.get(key.end..).unwrap_or_default();
        after.trim_start_matches(['"', '\'', ' ', '\t']).starts_with('=')
    }

    // Values ------------------------------------------------------------------------------------

    /// Reads a name, label or reason: invisible characters and surrounding white space are removed, characters that
    /// cannot be printed are reported.
    pub(super) fn words(&mut self, node: &Node, spot: &Spot, allowed: Lines) -> Option<String> {
        let text = self.text(node, spot)?;
        self.origins.insert(spot.path().to_owned(), node.span.clone());
        let literal = self.align(node, text);
        let lines = lines(text);
        for line in &lines {
            self.note_line(line, spot, node, literal.as_ref());
        }
        if allowed == Lines::One && lines.len() > 1 {
            let message = Message::from("“").field(spot.name()).then("”不能换行");
            let finding = self.shape(spot, message, "");
            self.add(finding, Some(node.span.clone()));
        }
        Some(lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n"))
    }

    /// Reads the text of an optional key; an empty text counts as left out.
    pub(super) fn optional_words(
        &mut self,
        entries: Entries<'_>,
        table: &Spot,
        key: &str,
        allowed: Lines,
    ) -> Option<String> {
        let node = entries.get(key)?;
        self.words(node, &table.key(key), allowed).filter(|words| !words.is_empty())
    }

    /// Reads the text of a required key; `owner` is the place of the table that should hold it.
    pub(super) fn required_words(
        &mut self,
        entries: Entries<'_>,
        table: &Spot,
        key: &str,
        owner: Option<Range<usize>>,
    ) -> Option<String> {
        let node = self.required(entries, table, key, entries.key_span(key).or(owner))?;
        let spot = table.key(key);
        let words = self.words(node, &spot, Lines::Many)?;
        if words.is_empty() {
            self.fault(&spot, Fault::Empty(node));
            return None;
        }
        Some(words)
    }

    /// Reports a missing key.
    pub(super) fn add_missing(&mut self, spot: &Spot, span: Option<Range<usize>>) {
        let spec = fields::spec(spot.path()).filter(|spec| spec.required && !spec.example.is_empty());
        let remedy = spec.map(|spec| Remedy::FillIn { what: spec.example.into(), file: "".into() });
        let message = Message::from("缺少“").field(spot.name()).then("”");
        let finding = self.missing(spot, message).hint(remedy.map(Message::from).unwrap_or_default());
        self.add(finding, span);
    }

    // Texts -------------------------------------------------------------------------------------

    /// Maps the bytes of a text to those of the file.
    pub(super) fn align(&self, node: &Node, text: &str) -> Option<TextMap> {
        let literal = self.source.text.get(node.span.clone())?;
        if self.source.is_workbook() {
            // A cell of a workbook has no quotes or escapes.
            let mut map = TextMap::default();
            map.push(0..text.len(), node.span.clone());
            return (literal == text).then_some(map);
        }
        Some(literal::align(literal, text)?.shifted(node.span.start))
    }

    /// Records what was normalised in a line, and reports characters that cannot be printed.
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

impl StrictReader for Reader<'_> {
    type Place = Spot;

    fn key(&self, table: &Spot, key: &str) -> Spot {
        table.key(key)
    }

    fn item(&self, list: &Spot, index: usize) -> Spot {
        list.item(index)
    }

    fn fault(&mut self, spot: &Spot, fault: Fault<'_>) {
        match fault {
            Fault::NotATable(node) => self.wrong_kind(node, spot, TABLE, ""),
            Fault::NotTables(node) => {
                let hint = MediumWords::of_file(format!("TOML 文件里写成 [[{}]]", spot.path()));
                self.wrong_kind(node, spot, "一列条目", hint);
            }
            Fault::NotAList(node) => {
                let spec = fields::spec(spot.path());
                let hint = spec.map(|spec| format!("例如 {}", spec.example_line())).unwrap_or_default();
                self.wrong_kind(node, spot, "一列文字", MediumWords::of_file(hint));
            }
            Fault::NotAText(node) => {
                let hint = match node.value {
                    Value::Number(_) | Value::Date(_) | Value::Bool(_) => "请用引号括起来",
                    _ => "",
                };
                self.wrong_kind(node, spot, "文字", MediumWords::of_file(hint));
            }
            Fault::NotAFlag(node) => {
                let hint =
                    Remedy::Answer { file: "请写 true（是）或 false（否），不加引号".into() };
                self.wrong_kind(node, spot, YES_OR_NO, hint);
            }
            Fault::Empty(node) => {
                let message = Message::from("“").field(spot.name()).then("”是空的");
                let finding = self.missing(spot, message);
                self.add(finding, Some(node.span.clone()));
            }
            Fault::Missing(owner) => self.add_missing(spot, owner),
            Fault::UnknownKey { key, value, known } => self.unknown_key(key, value, spot, known),
        }
    }
}

/// Describes a value for messages.
pub(super) fn kind(value: &Value) -> Message {
    match value {
        Value::Null => "空值".into(),
        Value::Bool(_) => MediumWords::fixed("是非值（true、false）", "是或否", "是或否").into(),
        Value::Number(number) => format!("数（{}）", shortened(number)).into(),
        Value::Text(text) => format!("文字“{}”", shortened(text)).into(),
        Value::Date(date) => format!("日期（{}）", shortened(date)).into(),
        Value::List(_) => "数组".into(),
        Value::Table(_) => TABLE.into(),
    }
}

/// A table, as messages name it.
pub(super) const TABLE: MediumWords = MediumWords::fixed("一组键和值", "一组内容", "一组内容");
/// True or false, as messages name it.
const YES_OR_NO: MediumWords = MediumWords::fixed("是非值", "“是”或“否”", "“是”或“否”");
/// What to do about a key that nobody knows, outside the file.
const UNKNOWN_KEY: &str = "请在原来的文件里改正或删去";

/// Returns the beginning of a text, for messages.
pub(super) fn shortened(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let short: String = line.chars().take(20).filter(|c| !c.is_control()).collect();
    if short.len() < text.trim().len() { format!("{short}…") } else { short }
}

/// Whether a key of the head holds a year.
fn is_year(key: &str) -> bool {
    fields::spec(key).is_some_and(|spec| spec.kind == FieldKind::Year)
}
