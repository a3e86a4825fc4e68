//! What became of one report.

use std::io::IsTerminal;

use serde::Serialize;
use serde_json::Value;

use crate::cli::{Outcome, check::outcome, input::Input, print, tell};
use gongbao_core::{
    finding::{Finding, summary},
    load::Loaded,
};

/// How a report ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    Built,
    Unchanged,
    Refused,
    Failed,
}

impl State {
    /// All of them, as the summary counts them.
    pub(super) const ALL: [Self; 4] = [Self::Built, Self::Unchanged, Self::Refused, Self::Failed];

    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Built => "已生成",
            Self::Unchanged => "没有变化",
            Self::Refused => "退回",
            Self::Failed => "失败",
        }
    }
}

/// One report of the summary. Of thousands little is kept: findings hold on to the whole file.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    pub(super) file: String,
    pub(super) stem: String,
    pub(super) state: State,
    pub(super) outputs: Vec<String>,
    pub(super) seconds: f64,
    #[serde(skip)]
    pub(super) agency: String,
    #[serde(skip)]
    pub(super) year: Option<u16>,
    #[serde(skip)]
    pub(super) pages: Vec<Option<usize>>,
    #[serde(skip)]
    pub(super) failure: Option<String>,
    /// How many findings, in one line.
    #[serde(skip)]
    pub(super) counts: String,
    /// The errors in a line each.
    #[serde(skip)]
    pub(super) reasons: Vec<String>,
    /// The findings as JSON, where they are asked for.
    #[serde(skip)]
    pub(super) findings: Vec<Value>,
    #[serde(skip)]
    pub(super) judged: Outcome,
}

impl Entry {
    /// A report that has been judged, and refused until it is made.
    pub(super) fn new(input: &Input, judged: &Loaded) -> Self {
        let report = judged.file.as_ref().map(|file| &file.report);
        let errors = judged.findings.iter().filter(|finding| finding.blocks());
        Self {
            file: input.name(),
            stem: input.stem.clone(),
            state: State::Refused,
            outputs: Vec::new(),
            seconds: 0.0,
            agency: report.map(|report| report.agency.name.clone()).unwrap_or_default(),
            year: report.map(|report| report.year),
            pages: Vec::new(),
            failure: None,
            counts: summary(&judged.findings),
            reasons: errors.map(reason).collect(),
            findings: Vec::new(),
            judged: outcome(&judged.findings),
        }
    }

    /// Keeps the findings for the JSON at the end.
    pub(super) fn keep(&mut self, findings: &[Finding]) {
        self.findings = findings.iter().filter_map(|finding| serde_json::to_value(finding).ok()).collect();
    }

    /// How the command ends for this report.
    pub(super) fn outcome(&self) -> Outcome {
        if self.state == State::Failed { Outcome::Failed } else { self.judged }
    }

    /// Tells people what became of it, after what was `found`, which comes with the colours of a terminal.
    pub(super) fn show(&self, found: &str, findings_alone: bool) {
        let mut told = if std::io::stderr().is_terminal() { found.to_owned() } else { plain(found) };
        if let Some(failure) = &self.failure {
            told += &format!("“{}”没有生成：{failure}\n", self.file);
        }
        tell(&told);
        if !findings_alone {
            print(&self.line());
        }
    }

    fn line(&self) -> String {
        let mut shown = format!("{} {}", self.state.name(), self.file);
        match self.state {
            State::Refused => shown += &format!("（{}），原有文件没有改动", self.counts),
            State::Failed => shown += "，原有文件没有改动",
            State::Built | State::Unchanged => {}
        }
        shown.push('\n');
        for (output, pages) in self.outputs.iter().zip(&self.pages) {
            let pages = pages.map_or_else(String::new, |pages| format!("（{pages}页）"));
            shown += &format!("  {output}{pages}\n");
        }
        shown
    }
}

/// Words without the colours of a terminal.
fn plain(coloured: &str) -> String {
    let mut parts = coloured.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain += part.split_once('m').map_or(part, |(_, words)| words);
    }
    plain
}

fn reason(finding: &Finding) -> String {
    match finding.place.as_str() {
        "" => format!("{}：{}", finding.rule, finding.message),
        place => format!("{} {place}：{}", finding.rule, finding.message),
    }
}
