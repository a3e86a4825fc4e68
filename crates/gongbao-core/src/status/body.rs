//! The status of one body and the findings that it follows from.

use jiff::civil::Date;

use crate::{
    check::Concern,
    finding::{Finding, Severity},
};

/// Reporting status of a body. The order is that of the list: bodies for which something is to be done come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BodyState {
    /// The report has errors.
    Returned,
    /// A file that cannot be read, and whose body is unknown.
    Unreadable,
    /// On the roster, without a file.
    Missing,
    /// A report of a body that is not on the roster.
    Unlisted,
    /// The report has no errors.
    Passed,
    /// The report has no errors and is published.
    Published,
}

impl BodyState {
    /// Returns the Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Returned => "退回",
            Self::Unreadable => "读不出",
            Self::Missing => "未报",
            Self::Unlisted => "不在名册",
            Self::Passed => "已过",
            Self::Published => "已公布",
        }
    }

    /// Returns the name in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Returned => "returned",
            Self::Unreadable => "unreadable",
            Self::Missing => "missing",
            Self::Unlisted => "unlisted",
            Self::Passed => "passed",
            Self::Published => "published",
        }
    }
}

/// A file submitted by a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmittedFile {
    /// Path as given on the command line.
    pub given: String,
    /// Path relative to the folder of submissions, with `/`.
    pub shown: String,
}

/// A body, or a file whose body is unknown.
#[derive(Debug)]
pub struct Body {
    /// Name of the body; `None` if it is unknown.
    pub name: Option<String>,
    /// Reporting status.
    pub state: BodyState,
    /// The submitted files.
    pub files: Vec<SubmittedFile>,
    /// The year of the report.
    pub year: Option<u16>,
    /// The date of publication.
    pub published: Option<Date>,
    /// The person to contact.
    pub contact: Option<String>,
    /// The telephone number to call.
    pub phone: Option<String>,
    /// Findings about the contents of the reports and about their submission.
    pub findings: Vec<Finding>,
}

impl Body {
    /// Returns the name, or the file names if the body is unknown.
    pub fn title(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.shown_files())
    }

    /// Returns the files relative to the folder, separated by `、`.
    pub fn shown_files(&self) -> String {
        self.files.iter().map(|file| file.shown.as_str()).collect::<Vec<_>>().join("、")
    }

    /// Returns the contact person and the telephone number.
    pub fn contact_line(&self) -> String {
        let parts = [self.contact.as_deref(), self.phone.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Returns the number of findings that block the report.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.blocks()).count()
    }

    /// Returns the number of warnings that no reviewer has accepted.
    pub fn warnings(&self) -> usize {
        let warns = |finding: &&Finding| finding.severity == Severity::Warning && finding.accepted.is_none();
        self.findings.iter().filter(warns).count()
    }

    /// Returns the findings to tell the body about: those that block its report, and those about its submission.
    pub fn reasons(&self) -> impl Iterator<Item = &Finding> {
        // A missing report has one finding, which repeats the state.
        let is_told = self.state == BodyState::Missing;
        self.findings
            .iter()
            .filter(move |finding| !is_told && (finding.blocks() || is_about_submission(finding)))
    }

    /// Returns the findings to read although they block nothing: warnings, and texts that may contradict a table.
    pub fn reminders(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| {
            let is_open = !finding.blocks() && finding.accepted.is_none() && !is_about_submission(finding);
            is_open && (finding.severity == Severity::Warning || is_contradiction(finding))
        })
    }

    /// Returns the name of the state, with the number of reminders of a report that has passed: 已过（有提醒2处）.
    pub fn state_label(&self) -> String {
        let name = self.state.name();
        let warnings = self.reminders().filter(|finding| finding.severity == Severity::Warning).count();
        let unsure = self.reminders().count() - warnings;
        match (self.state, warnings, unsure) {
            (BodyState::Passed, 1.., 0) => format!("{name}（有提醒{warnings}处）"),
            (BodyState::Passed, 1.., _) => format!("{name}（有提醒{warnings}处，待确认{unsure}处）"),
            (BodyState::Passed, 0, 1..) => format!("{name}（待确认{unsure}处）"),
            _ => name.to_owned(),
        }
    }

    /// Returns a finding on one line: rule, place, message. A finding about the submission is its message alone.
    pub fn reason_line(finding: &Finding) -> String {
        if is_about_submission(finding) {
            return finding.text();
        }
        let place = match (&finding.cell, &finding.at) {
            _ if !finding.place.is_empty() => format!("{}：", finding.place_text()),
            (Some(cell), _) => format!("{cell}："),
            (None, Some(at)) => format!("第{}行：", at.source.line_column(at.span.start).0),
            (None, None) => String::new(),
        };
        format!("{} {place}{}", finding.rule, finding.text())
    }
}

/// Whether a finding holds a text against a figure, without being sure.
fn is_contradiction(finding: &Finding) -> bool {
    finding.severity == Severity::Unsure && finding.figure.is_some()
}

/// Whether a finding is about the submission and not about the contents of a report.
fn is_about_submission(finding: &Finding) -> bool {
    finding.concern() == Concern::Submission
}
