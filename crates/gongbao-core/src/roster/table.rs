//! A roster in TOML, JSON or YAML.

use std::{ops::Range, sync::Arc};

use super::{KEYS, Member, Roster, kind, kinds, name::nearest};
use crate::{
    finding::{Finding, Rule, Severity},
    report::AgencyKind,
    syntax::{Key, Node, Value},
    text::Source,
};

/// Years that a report can be on.
const YEARS: std::ops::RangeInclusive<u16> = 2008..=2099;

/// Reads the values of a file.
pub(super) fn read(source: &Arc<Source>, root: &Node, findings: &mut Vec<Finding>) -> Roster {
    let mut reader = Reader { source, findings };
    let mut roster = Roster { source: Arc::clone(source), year: None, members: Vec::new() };
    let Value::Table(entries) = &root.value else {
        reader.shape("", &root.span, "这份文件不是名册：最外层应当是 year 和若干个 [[agency]]", HINT);
        return roster;
    };
    reader.known(entries, &["year", "agency"], "");
    roster.year = reader.year(entries);
    match get(entries, "agency") {
        Some(Node { value: Value::List(items), .. }) => {
            for (index, item) in items.iter().enumerate() {
                roster.members.extend(reader.member(item, index + 1));
            }
        }
        Some(node) => reader.shape("agency", &node.span, "单位应当一个一个写在 [[agency]] 下面", HINT),
        None => reader.add(
            Finding::new(Rule::Missing, Severity::Error, "agency", "名册里没有单位（agency）").hint(HINT),
            None,
        ),
    }
    roster
}

const HINT: &str = "每个单位写一行 [[agency]]，下一行写 name = \"单位全称\"";

/// Collects complaints.
struct Reader<'r> {
    source: &'r Arc<Source>,
    findings: &'r mut Vec<Finding>,
}

impl Reader<'_> {
    fn add(&mut self, mut finding: Finding, span: Option<&Range<usize>>) {
        finding.file.clone_from(&self.source.name);
        self.findings.push(match span {
            Some(span) => finding.at(self.source, span.clone()),
            None => finding,
        });
    }

    fn shape(&mut self, path: &str, span: &Range<usize>, message: impl Into<String>, hint: &str) {
        self.add(Finding::new(Rule::Shape, Severity::Error, path, message).hint(hint), Some(span));
    }

    /// Complains of keys that nobody knows.
    fn known(&mut self, entries: &[(Key, Node)], keys: &[&str], within: &str) {
        for (key, _) in entries.iter().filter(|(key, _)| !keys.contains(&key.name.as_str())) {
            let hint = match nearest(&key.name, keys.iter().copied().enumerate()).map(|near| keys[near]) {
                Some(near) => format!("是不是 {near}？"),
                None => format!("可以写的有 {}", keys.join("、")),
            };
            let path = if within.is_empty() { key.name.clone() } else { format!("{within}.{}", key.name) };
            let message = format!("名册里没有“{}”这个键", key.name);
            self.add(
                Finding::new(Rule::UnknownKey, Severity::Error, path, message).hint(hint),
                Some(&key.span),
            );
        }
    }

    fn year(&mut self, entries: &[(Key, Node)]) -> Option<u16> {
        let node = get(entries, "year")?;
        let year = match &node.value {
            Value::Number(text) => text.parse().ok().filter(|year| YEARS.contains(year)),
            _ => None,
        };
        if year.is_none() {
            let message = "年度（year）应当是四位数的年份";
            self.shape("year", &node.span, message, "例如 year = 2025，不加引号");
        }
        year
    }

    /// One body; `None` where it has no name.
    fn member(&mut self, node: &Node, number: usize) -> Option<Member> {
        let path = format!("agency[{number}]");
        let Value::Table(entries) = &node.value else {
            self.shape(&path, &node.span, "单位应当写在 [[agency]] 下面", HINT);
            return None;
        };
        self.known(entries, &KEYS.map(|(key, _)| key), &path);
        let kind = self.kind(entries, &path);
        let file = self.words(entries, &path, "file");
        let contact = self.words(entries, &path, "contact");
        let phone = self.words(entries, &path, "phone");
        let has_name = get(entries, "name").is_some();
        let name = self.words(entries, &path, "name");
        let Some(name) = name else {
            // One that is there and wrong has been complained of.
            if !has_name {
                let finding = Finding::new(
                    Rule::Missing,
                    Severity::Error,
                    format!("{path}.name"),
                    format!("第{number}个单位没有名称（name）"),
                );
                self.add(finding.hint(HINT), Some(&node.span));
            }
            return None;
        };
        let span = get(entries, "name").map_or_else(|| node.span.clone(), |name| name.span.clone());
        Some(Member { name, kind, file, contact, phone, span })
    }

    fn kind(&mut self, entries: &[(Key, Node)], path: &str) -> Option<AgencyKind> {
        let text = self.words(entries, path, "kind")?;
        let known = kind(&text);
        if let (None, Some(node)) = (known, get(entries, "kind")) {
            let message = format!("没有“{text}”这种单位类别");
            self.shape(&format!("{path}.kind"), &node.span, message, &kinds());
        }
        known
    }

    /// A text that is not empty.
    fn words(&mut self, entries: &[(Key, Node)], path: &str, key: &str) -> Option<String> {
        let node = get(entries, key)?;
        let Value::Text(text) = &node.value else {
            let hint = format!("请用半角引号括起来，例如 {key} = \"…\"");
            self.shape(&format!("{path}.{key}"), &node.span, format!("“{key}”应当是文字"), &hint);
            return None;
        };
        let text = text.trim();
        if text.is_empty() && key == "name" {
            self.shape(&format!("{path}.name"), &node.span, "单位名称是空的", HINT);
        }
        (!text.is_empty()).then(|| text.to_owned())
    }
}

fn get<'n>(entries: &'n [(Key, Node)], key: &str) -> Option<&'n Node> {
    entries.iter().find(|(known, _)| known.name == key).map(|(_, node)| node)
}
