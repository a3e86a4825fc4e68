//! One body's line: its state and what it rests on.

use jiff::civil::Date;

use gongbao_core::{
    check::Concern,
    finding::{Finding, Severity},
};

/// Where a body stands, in the order in which bodies are listed: who has something to do comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// There are errors.
    Returned,
    /// A file that cannot be read, of nobody knows whom.
    Unreadable,
    /// On the roster, and no file.
    Missing,
    /// A report of a body that is not on the roster.
    Unlisted,
    /// No errors.
    Passed,
    /// No errors, and published.
    Published,
}

impl State {
    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Returned => "退回",
            Self::Unreadable => "读不出",
            Self::Missing => "未报",
            Self::Unlisted => "不在名册",
            Self::Passed => "已过",
            Self::Published => "已公布",
        }
    }

    /// What JSON calls it.
    pub(super) fn key(self) -> &'static str {
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

/// A file of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    /// As it was given.
    pub(super) given: String,
    /// Within the folder.
    pub(super) shown: String,
}

/// One body, or a file that nobody knows the body of.
#[derive(Debug)]
pub(super) struct Row {
    /// Its name; `None` where nobody can tell.
    pub(super) name: Option<String>,
    /// Where it stands.
    pub(super) state: State,
    /// Its files.
    pub(super) files: Vec<File>,
    /// The year it reported on.
    pub(super) year: Option<u16>,
    /// When it published.
    pub(super) published: Option<Date>,
    /// Whom to ask.
    pub(super) contact: Option<String>,
    /// The number to call.
    pub(super) phone: Option<String>,
    /// All that is wrong with its reports and with how they came in.
    pub(super) findings: Vec<Finding>,
}

impl Row {
    /// The name, or that of the file of which nobody knows whose it is.
    pub(super) fn title(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.shown_files())
    }

    /// Its files within the folder.
    pub(super) fn shown_files(&self) -> String {
        self.files.iter().map(|file| file.shown.as_str()).collect::<Vec<_>>().join("、")
    }

    /// Whom to call.
    pub(super) fn call(&self) -> String {
        let parts = [self.contact.as_deref(), self.phone.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// How many findings send it back.
    pub(super) fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.blocks()).count()
    }

    /// How many findings somebody should look at; those a reviewer lets stand count no more.
    pub(super) fn warnings(&self) -> usize {
        let warns = |finding: &&Finding| finding.severity == Severity::Warning && finding.accepted.is_none();
        self.findings.iter().filter(warns).count()
    }

    /// Why it is sent back, and what the office should ask it.
    pub(super) fn reasons(&self) -> impl Iterator<Item = &Finding> {
        // That there is no report is what the state says already.
        let is_told = self.state == State::Missing;
        self.findings
            .iter()
            .filter(move |finding| !is_told && (finding.blocks() || is_about_handing_in(finding)))
    }
}

/// Whether a finding is not about what a report says but about how it came in.
fn is_about_handing_in(finding: &Finding) -> bool {
    finding.concern() == Concern::Submission
}

/// A finding in its shortest useful form: rule, place, message. How a report came in needs no rule to be
/// understood.
pub(super) fn short(finding: &Finding) -> String {
    if is_about_handing_in(finding) {
        return finding.message.clone();
    }
    let place = match (&finding.cell, &finding.at) {
        _ if !finding.place.is_empty() => format!("{}：", finding.place),
        (Some(cell), _) => format!("{cell}："),
        (None, Some(at)) => format!("第{}行：", at.source.line_column(at.span.start).0),
        (None, None) => String::new(),
    };
    format!("{} {place}{}", finding.rule, finding.message)
}
