//! The result of building one report.

use serde::Serialize;
use serde_json::Value;

use super::{check::CheckResult, input::ReportInput};
use gongbao_core::{
    finding::{Finding, summary},
    load::Loaded,
};

/// How the build of a report ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BuildState {
    /// Outputs were written.
    Built,
    /// All outputs were up to date.
    Unchanged,
    /// The report has errors; nothing was written.
    Refused,
    /// Typesetting or writing failed; nothing was written.
    Failed,
}

impl BuildState {
    /// All states, in the order of the summary.
    pub const ALL: [Self; 4] = [Self::Built, Self::Unchanged, Self::Refused, Self::Failed];

    /// Returns the Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Built => "已生成",
            Self::Unchanged => "没有变化",
            Self::Refused => "退回",
            Self::Failed => "失败",
        }
    }
}

/// The result of building one report.
///
/// The findings are kept as text: a `Finding` refers to the whole source file, and a run has thousands of reports.
/// Serialises to the entry of `build --json`.
#[derive(Debug, Serialize)]
pub struct ReportResult {
    /// Path of the report as given.
    pub file: String,
    /// Stem of the outputs.
    pub stem: String,
    /// How the build ended.
    pub state: BuildState,
    /// Paths of the outputs.
    pub outputs: Vec<String>,
    /// Duration in seconds, rounded to milliseconds.
    pub seconds: f64,
    /// Name of the body.
    #[serde(skip)]
    pub agency: String,
    /// The year of the report.
    #[serde(skip)]
    pub year: Option<u16>,
    /// Number of pages of each output, `None` for an output without pages.
    #[serde(skip)]
    pub pages: Vec<Option<usize>>,
    /// Message of a failed build.
    #[serde(skip)]
    pub failure: Option<String>,
    /// Number of findings by severity, in one line.
    #[serde(skip)]
    pub counts: String,
    /// The findings that block the report, one line each.
    #[serde(skip)]
    pub reasons: Vec<String>,
    /// The findings as JSON, if they are requested.
    #[serde(skip)]
    pub findings: Vec<Value>,
    /// Result of the checks.
    #[serde(skip)]
    pub check: CheckResult,
}

impl ReportResult {
    /// Creates the result of a checked report, in the state `Refused`.
    pub(super) fn new(input: &ReportInput, loaded: &Loaded) -> Self {
        let report = loaded.file.as_ref().map(|file| &file.report);
        let errors = loaded.findings.iter().filter(|finding| finding.blocks());
        Self {
            file: input.name(),
            stem: input.stem.clone(),
            state: BuildState::Refused,
            outputs: Vec::new(),
            seconds: 0.0,
            agency: report.map(|report| report.agency.name.clone()).unwrap_or_default(),
            year: report.map(|report| report.year),
            pages: Vec::new(),
            failure: None,
            counts: summary(&loaded.findings),
            reasons: errors.map(reason).collect(),
            findings: Vec::new(),
            check: CheckResult::of(&loaded.findings),
        }
    }
}

/// Converts findings to JSON.
pub(super) fn findings_json(findings: &[Finding]) -> Vec<Value> {
    findings.iter().filter_map(|finding| serde_json::to_value(finding).ok()).collect()
}

fn reason(finding: &Finding) -> String {
    match finding.place_text().as_str() {
        "" => format!("{}：{}", finding.rule, finding.text()),
        place => format!("{} {place}：{}", finding.rule, finding.text()),
    }
}
