//! `local`: what a province, city or county demands besides, as data: `--rules FILE`.
//!
//! `docs/local-rules.md` describes the file.

mod measure;
mod read;
mod values;

use std::{collections::BTreeMap, fmt, path::Path, sync::Arc};

use measure::bare;
pub use measure::text_length;

use super::texts::{Said, Texts};
use crate::{
    file::{self, LARGEST_SETTINGS},
    finding::{Finding, Rule, Severity},
    paths::PathExt,
    report::{AgencyKind, ReportFile},
    syntax::{self},
    text::Source,
};

/// The demands of one locality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalRules {
    /// What they are called.
    pub name: String,
    /// The paper that lays them down, as findings cite it.
    pub source: Option<String>,
    /// Other severities for rules, by code.
    severities: BTreeMap<Rule, Severity>,
    demands: Vec<Demand>,
}

/// One demand.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Demand {
    what: What,
    /// For which kinds of body; all where there are none.
    kinds: Vec<AgencyKind>,
    severity: Severity,
    /// What to say in place of the usual words.
    message: Option<String>,
    /// For reports on which years; all where none is given.
    years: (Option<u16>, Option<u16>),
    /// The paper that lays this demand down, where it is not the one of the whole file.
    source: Option<String>,
}

impl Demand {
    /// Whether it is made on a body's report on a year.
    fn applies(&self, kind: Option<AgencyKind>, year: u16) -> bool {
        let (since, until) = self.years;
        let of_kind = self.kinds.is_empty() || kind.is_some_and(|kind| self.kinds.contains(&kind));
        of_kind && since.is_none_or(|since| year >= since) && until.is_none_or(|until| year <= until)
    }
}

/// What is demanded.
#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// The words of a text, at least and at most.
    Limit { text: String, least: Option<usize>, most: Option<usize> },
    /// The day of the next year by which the report is published, or dated.
    Deadline { of: Dated, month: i8, day: i8 },
    /// One of these phrases must stand in the text; in any text where none is named.
    Require { text: Option<String>, any: Vec<String> },
    /// None of these phrases may, in a paragraph that has none of the others.
    Forbid { text: Option<String>, any: Vec<String>, unless: Vec<String> },
    /// An extra row of a table.
    Row { table: String, label: String },
}

/// Which date a deadline is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dated {
    Published,
    Date,
}

/// Why a file of local rules cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalError {
    /// The file.
    pub file: String,
    /// What is wrong with it, one entry a mistake, each with its line, in Chinese.
    pub problems: Vec<String>,
}

impl fmt::Display for LocalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "本地规则文件“{}”不能使用：", self.file)?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl std::error::Error for LocalError {}

impl LocalRules {
    /// Reads a file of local rules.
    ///
    /// # Errors
    /// It cannot be read, or says something that it cannot say; all such mistakes are given.
    pub fn from_path(path: &Path) -> Result<Self, LocalError> {
        let name = path.to_text();
        let fail = |problem| LocalError { file: name.clone(), problems: vec![problem] };
        let bytes = file::read(path, LARGEST_SETTINGS).map_err(|error| fail(format!("读不出来：{error}")))?;
        let source = syntax::open(&name, &bytes).map_err(|finding| fail(finding.text()))?;
        read::read(&Arc::new(source))
    }

    /// Reads local rules from their text; `name` is for messages.
    ///
    /// # Errors
    /// As [`LocalRules::from_path`].
    pub fn from_text(name: &str, text: &str) -> Result<Self, LocalError> {
        read::read(&Arc::new(Source::new(name, text, "UTF-8")))
    }

    /// Holds a report against the demands.
    pub fn check(&self, file: &ReportFile) -> Vec<Finding> {
        self.check_texts(&Texts::new(file))
    }

    /// Checks a report whose texts were expanded before.
    pub(super) fn check_texts(&self, texts: &Texts<'_>) -> Vec<Finding> {
        let report = &texts.file.report;
        let demands = self.demands.iter().filter(|demand| demand.applies(report.agency.kind, report.year));
        demands.flat_map(|demand| self.held(texts, demand)).collect()
    }

    /// Gives findings the severities that the locality has chosen.
    pub fn adjust(&self, findings: &mut [Finding]) {
        for finding in findings {
            if let Some(severity) = self.severities.get(&finding.rule) {
                finding.severity = *severity;
            }
        }
    }

    fn held(&self, texts: &Texts<'_>, demand: &Demand) -> Vec<Finding> {
        match &demand.what {
            What::Limit { text, least, most } => {
                self.limit(texts, demand, text, *least, *most).into_iter().collect()
            }
            What::Deadline { of, month, day } => {
                self.deadline(texts, demand, *of, (*month, *day)).into_iter().collect()
            }
            What::Require { text, any } => {
                self.require(texts, demand, text.as_deref(), any).into_iter().collect()
            }
            What::Forbid { text, any, unless } => self.forbid(texts, demand, text.as_deref(), any, unless),
            What::Row { table, label } => self.row(texts, demand, table, label).into_iter().collect(),
        }
    }

    fn limit(
        &self,
        texts: &Texts<'_>,
        demand: &Demand,
        text: &str,
        least: Option<usize>,
        most: Option<usize>,
    ) -> Option<Finding> {
        let count: usize = texts.of(text).map(|said| text_length(&said.text)).sum();
        // A text that is missing has been reported by reading.
        if count == 0 {
            return None;
        }
        let place = texts.file.place(text);
        let message = match (most.filter(|most| count > *most), least.filter(|least| count < *least)) {
            (Some(most), _) => format!("“{place}”有{count}字，超过{most}字"),
            (_, Some(least)) => format!("“{place}”只有{count}字，不足{least}字"),
            _ => return None,
        };
        Some(self.at(texts, demand, text, message))
    }

    fn deadline(
        &self,
        texts: &Texts<'_>,
        demand: &Demand,
        of: Dated,
        (month, day): (i8, i8),
    ) -> Option<Finding> {
        let report = &texts.file.report;
        let (date, path, what) = match of {
            Dated::Published => (report.published.as_ref()?.date, "published.date", "公布"),
            Dated::Date => (report.date?, "date", "成文"),
        };
        let next = i16::try_from(report.year).ok()?.checked_add(1)?;
        // 29 February, in a year that has none, is the day before.
        let deadline = jiff::civil::Date::new(next, month, day)
            .or_else(|_| jiff::civil::Date::new(next, month, day - 1));
        let deadline = deadline.ok()?;
        let message = format!("{what}日期{date}晚于本地规定的{deadline}");
        (date > deadline).then(|| self.at(texts, demand, path, message))
    }

    fn require(
        &self,
        texts: &Texts<'_>,
        demand: &Demand,
        text: Option<&str>,
        any: &[String],
    ) -> Option<Finding> {
        let mut said = within(texts, text).peekable();
        said.peek()?;
        let phrases: Vec<String> = any.iter().map(|phrase| bare(phrase)).collect();
        let mut all: Vec<String> = said.map(|said| bare(&said.text)).collect();
        if all.iter_mut().any(|text| phrases.iter().any(|phrase| text.contains(phrase))) {
            return None;
        }
        let place =
            text.map_or_else(|| "各部分文字里".to_owned(), |text| format!("“{}”", texts.file.place(text)));
        let message = format!("{place}没有写“{}”", any.join("”或“"));
        Some(self.at(texts, demand, text.unwrap_or_default(), message))
    }

    fn forbid(
        &self,
        texts: &Texts<'_>,
        demand: &Demand,
        text: Option<&str>,
        any: &[String],
        unless: &[String],
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let allowed = |said: &Said<'_>| unless.iter().any(|phrase| said.text.contains(phrase.as_str()));
        for said in within(texts, text).filter(|said| !allowed(said)) {
            // 十九大精神 within a longer phrase of the same demand is reported once.
            let mut end = 0;
            for phrase in any {
                let Some(at) = said.text.find(phrase.as_str()) else { continue };
                let message = demand.message.clone().unwrap_or_else(|| format!("不应写“{phrase}”"));
                let part = at..at + phrase.len();
                if part.start < end {
                    continue;
                }
                end = end.max(part.end);
                findings
                    .push(self.cited(demand, texts.about(said, part, Rule::Local, demand.severity, message)));
            }
        }
        findings
    }

    fn row(&self, texts: &Texts<'_>, demand: &Demand, table: &str, label: &str) -> Option<Finding> {
        // A form without this table cannot have the row.
        let name = &texts.file.form.tables.get(table)?.name;
        let extras = texts.file.report.extras.get(table).into_iter().flatten();
        let is_there = extras.into_iter().any(|extra| bare(&extra.label) == bare(label));
        let message = format!("{name}没有本地要求的“{label}”一行");
        (!is_there).then(|| self.at(texts, demand, table, message))
    }

    fn at(&self, texts: &Texts<'_>, demand: &Demand, path: &str, message: String) -> Finding {
        let message = demand.message.clone().unwrap_or(message);
        self.cited(demand, texts.at(path, Rule::Local, demand.severity, message))
    }

    /// Says whose demand it is.
    fn cited(&self, demand: &Demand, finding: Finding) -> Finding {
        let source = demand.source.as_ref().or(self.source.as_ref()).map(|source| format!("（{source}）"));
        finding.hint(format!("依据：{}{}", self.name, source.unwrap_or_default()))
    }
}

/// The paragraphs of one text, or of all.
fn within<'s>(texts: &'s Texts<'_>, text: Option<&'s str>) -> impl Iterator<Item = &'s Said<'s>> {
    texts.said.iter().filter(move |said| text.is_none_or(|text| said.key == text))
}
