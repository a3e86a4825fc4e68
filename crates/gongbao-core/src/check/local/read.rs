//! Reading a file of local rules: strictly, with all mistakes at once, each with its line.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Dated, Demand, LocalError, LocalRules, What,
    values::{Key, Reader, nearest},
};
use crate::{
    finding::{Rule, Severity},
    form,
    report::{AgencyKind, fields::YEARS},
    syntax::{self, Entries, Fault, Format, Node, StrictReader, Value},
    text::Source,
};

const SEVERITIES: [(&str, Severity); 3] =
    [("error", Severity::Error), ("warning", Severity::Warning), ("unsure", Severity::Unsure)];

/// The keys that every demand may have.
const COMMON: [&str; 6] = ["kinds", "severity", "message", "since", "until", "source"];

pub(super) fn read(source: &Arc<Source>) -> Result<LocalRules, LocalError> {
    let fail = |problems| LocalError { file: source.name.clone(), problems };
    let root = syntax::parse(source, Format::Toml).map_err(|findings| {
        let told = |finding: crate::finding::Finding| match &finding.at {
            Some(at) => format!("第{}行：{}", source.line_column(at.span.start).0, finding.text()),
            None => finding.text(),
        };
        fail(findings.into_iter().map(told).collect())
    })?;
    let mut reader = Reader { source, problems: Vec::new() };
    let rules = reader.rules(&root);
    match rules.filter(|_| reader.problems.is_empty()) {
        Some(rules) => Ok(rules),
        None => {
            reader.problems.sort_by_key(|(at, _)| *at);
            Err(fail(reader.problems.into_iter().map(|(_, problem)| problem).collect()))
        }
    }
}

impl Reader<'_> {
    fn rules(&mut self, root: &Node) -> Option<LocalRules> {
        let entries = self.entries(
            root,
            &["name", "source", "severity", "limit", "deadline", "require", "forbid", "row"],
        )?;
        let name = self.required_words(entries, &root.span, "name")?;
        let source = self.optional_words(entries, "source");
        let severities = self.severities(entries);
        let mut demands = Vec::new();
        for kind in ["limit", "deadline", "require", "forbid", "row"] {
            let Some(node) = entries.get(kind) else { continue };
            let Value::List(items) = &node.value else {
                self.fault(&self.key(&Key::default(), kind), Fault::NotTables(node));
                continue;
            };
            demands.extend(items.iter().filter_map(|item| self.demand(kind, item)));
        }
        Some(LocalRules { name, source, severities, demands })
    }

    fn severities(&mut self, entries: Entries<'_>) -> BTreeMap<Rule, Severity> {
        let Some(node) = entries.get("severity") else { return BTreeMap::new() };
        let Value::Table(entries) = &node.value else {
            self.problem(&node.span, "“severity”写成 [severity]，下面每行一条：规则代码 = \"error\"");
            return BTreeMap::new();
        };
        let mut severities = BTreeMap::new();
        for (key, node) in entries {
            let Some(rule) = Rule::find(&key.name) else {
                let near = nearest(&key.name, Rule::ALL.iter().map(Rule::code));
                self.problem(&key.span, format!("没有“{}”这条规则{near}", key.name));
                continue;
            };
            let Some(severity) = self.severity(node) else { continue };
            let info = rule.info();
            if !info.concern.can_be_lowered() && severity < info.severity {
                self.problem(&node.span, format!("“{rule}”是报告读不全、印不全，不能降低轻重"));
            } else {
                severities.insert(rule, severity);
            }
        }
        severities
    }

    fn severity(&mut self, node: &Node) -> Option<Severity> {
        let word = self.words(node)?;
        let found = SEVERITIES.iter().find(|(name, _)| *name == word).map(|(_, severity)| *severity);
        if found.is_none() {
            self.problem(&node.span, "轻重写 \"error\"（错误）、\"warning\"（提醒）或 \"unsure\"（待确认）");
        }
        found
    }

    fn demand(&mut self, kind: &str, node: &Node) -> Option<Demand> {
        let own: &[&str] = match kind {
            "limit" => &["text", "least", "most"],
            "deadline" => &["of", "by"],
            "row" => &["table", "label"],
            "forbid" => &["text", "any", "unless"],
            _ => &["text", "any"],
        };
        let known: Vec<&str> = own.iter().chain(&COMMON).copied().collect();
        let entries = self.entries(node, &known)?;
        let what = match kind {
            "limit" => self.limit(entries, node),
            "deadline" => self.deadline(entries, node),
            "row" => self.row(entries, node),
            _ => {
                let text = entries.get("text").map(|node| self.known(node, &texts(), "文字"));
                let any = self.phrases(entries, node);
                match (text, any) {
                    (Some(None), _) | (_, None) => None,
                    (text, Some(any)) if kind == "require" => {
                        Some(What::Require { text: text.flatten(), any })
                    }
                    (text, Some(any)) => {
                        let unless =
                            entries.get("unless").map(|node| self.all_words(node)).unwrap_or_default();
                        Some(What::Forbid { text: text.flatten(), any, unless })
                    }
                }
            }
        };
        let severity = match entries.get("severity") {
            Some(node) => self.severity(node)?,
            None => Severity::Warning,
        };
        let kinds = self.kinds(entries);
        let message = self.optional_words(entries, "message");
        let years = (self.year(entries, "since"), self.year(entries, "until"));
        let source = self.optional_words(entries, "source");
        Some(Demand { what: what?, kinds, severity, message, years, source })
    }

    /// A year of reports.
    fn year(&mut self, entries: Entries<'_>, key: &str) -> Option<u16> {
        let node = entries.get(key)?;
        let year = self.count(node).and_then(|year| u16::try_from(year).ok());
        let known = year.filter(|year| YEARS.contains(year));
        if year.is_some() && known.is_none() {
            self.problem(&node.span, format!("“{key}”写报告的年度，例如 {key} = 2024"));
        }
        known
    }

    fn limit(&mut self, entries: Entries<'_>, node: &Node) -> Option<What> {
        let text = self.required_node(entries, &node.span, "text")?;
        let text = self.known(text, &texts(), "文字");
        let least = entries.get("least").and_then(|node| self.count(node));
        let most = entries.get("most").and_then(|node| self.count(node));
        if entries.get("least").is_none() && entries.get("most").is_none() {
            self.problem(&node.span, "[[limit]] 要写 most（最多多少字）或 least（最少多少字）");
        }
        Some(What::Limit { text: text?, least, most })
    }

    fn deadline(&mut self, entries: Entries<'_>, node: &Node) -> Option<What> {
        let of = match self.optional_words(entries, "of").as_deref() {
            None | Some("published") => Dated::Published,
            Some("date") => Dated::Date,
            Some(_) => {
                let span = entries.get("of").map_or(&node.span, |node| &node.span);
                self.problem(span, "“of”写 \"published\"（公布日期）或 \"date\"（成文日期）");
                return None;
            }
        };
        let by = self.required_node(entries, &node.span, "by")?;
        let text = self.words(by)?;
        let day =
            text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        // A leap year, so that 02-29 can be written.
        let day = day.filter(|(month, day)| jiff::civil::Date::new(2024, *month, *day).is_ok());
        let Some((month, day)) = day else {
            self.problem(&by.span, "“by”写次年的月和日，例如 \"01-20\"");
            return None;
        };
        Some(What::Deadline { of, month, day })
    }

    fn row(&mut self, entries: Entries<'_>, node: &Node) -> Option<What> {
        let table = self.required_node(entries, &node.span, "table")?;
        let tables = form::all().unwrap_or_default().iter().flat_map(|form| form.tables.keys());
        let table = self.known(table, &tables.map(String::as_str).collect::<Vec<_>>(), "表格")?;
        let label = self.required_words(entries, &node.span, "label")?;
        Some(What::Row { table, label })
    }

    fn phrases(&mut self, entries: Entries<'_>, node: &Node) -> Option<Vec<String>> {
        let any = self.required_node(entries, &node.span, "any")?;
        let phrases = self.all_words(any);
        if phrases.is_empty() || phrases.iter().any(|phrase| phrase.trim().is_empty()) {
            self.problem(&any.span, "“any”写一列不空的话，例如 [\"信息处理费\"]");
            return None;
        }
        Some(phrases)
    }

    fn kinds(&mut self, entries: Entries<'_>) -> Vec<AgencyKind> {
        let Some(node) = entries.get("kinds") else { return Vec::new() };
        let mut kinds = Vec::new();
        for word in self.all_words(node) {
            match AgencyKind::ALL.into_iter().find(|kind| kind.key() == word) {
                Some(kind) => kinds.push(kind),
                None => {
                    let known = AgencyKind::ALL.map(AgencyKind::key).join("、");
                    self.problem(&node.span, format!("没有“{word}”这种单位类别；可以写：{known}"));
                }
            }
        }
        kinds
    }
}

/// The keys of the texts that the forms have.
fn texts() -> Vec<&'static str> {
    let forms = form::all().unwrap_or_default().iter();
    forms.flat_map(|form| form.text_keys()).collect()
}
