//! Submitted files, grouped by the body they belong to.

use std::path::Path;

use jiff::civil::Date;

use super::names::names_in_text;
use crate::{
    finding::{Finding, Rule, Severity},
    load::Loaded,
    paths::PathExt,
    report::ReportFile,
    roster::{Roster, plain},
    syntax,
};

/// A submitted file.
#[derive(Debug)]
pub struct Submission {
    /// Path as given on the command line.
    pub(super) file: String,
    /// Path relative to the folder of submissions, with `/`.
    pub(super) shown: String,
    /// Findings of reading and checking the file.
    pub(super) findings: Vec<Finding>,
    /// Name of the reporting body, if the report could be read.
    pub(super) name: Option<String>,
    /// The year of the report, if it could be read.
    pub(super) year: Option<u16>,
    /// The date of publication.
    pub(super) published: Option<Date>,
    /// The telephone number in the report.
    pub(super) phone: Option<String>,
    /// Names found in the text of a file that could not be read as a report.
    guessed_names: Vec<String>,
    report: Option<ReportFile>,
}

/// The body that a file belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    /// Index of a member of the roster.
    Member(usize),
    /// Normalised name of a body that is not on the roster.
    Other(String),
    /// The body is unknown. The path keeps such files apart.
    Unknown(String),
}

impl Submission {
    /// Creates a submission. `file` is the path as given, `folder` the folder of submissions, `bytes` the contents
    /// of the file, which are read again only if `loaded` names no body.
    pub fn new(file: &Path, folder: &Path, loaded: Loaded, bytes: impl FnOnce() -> Option<Vec<u8>>) -> Self {
        let shown = file.strip_prefix(folder).unwrap_or(file).to_portable();
        let file = file.to_text();
        let report = loaded.file;
        let content = report.as_ref().map(|file| &file.report);
        let name = content.map(|report| report.agency.name.clone()).filter(|name| !plain(name).is_empty());
        let guessed_names = match name {
            Some(_) => Vec::new(),
            None => {
                let source = bytes().and_then(|bytes| syntax::open(&file, &bytes).ok());
                source.map(|source| names_in_text(&source.text)).unwrap_or_default()
            }
        };
        Self {
            year: content.map(|report| report.year),
            published: content.and_then(|report| report.published.as_ref()).map(|published| published.date),
            phone: content.and_then(|report| report.agency.details.get("phone").cloned()),
            findings: loaded.findings,
            file,
            shown,
            name,
            guessed_names,
            report,
        }
    }

    /// Returns the body that the file belongs to.
    fn owner(&self, roster: Option<&Roster>) -> Owner {
        let member = roster.and_then(|roster| match &self.name {
            Some(name) => roster.find(name),
            // An unreadable file counts as submitted if its path or its text names a member.
            None => roster
                .of_file(Path::new(&self.file))
                .or_else(|| self.guessed_names.iter().find_map(|name| roster.find(name))),
        });
        match (member, &self.name) {
            (Some(index), _) => Owner::Member(index),
            (None, Some(name)) => Owner::Other(plain(name)),
            (None, None) => Owner::Unknown(self.file.clone()),
        }
    }

    /// Creates a finding about a path of the report, with its position in the file.
    pub(super) fn finding(&self, rule: Rule, severity: Severity, path: &str, message: String) -> Finding {
        let mut finding = Finding::new(rule, severity, path, message);
        match &self.report {
            Some(report) => report.locate(finding, None),
            None => {
                finding.file.clone_from(&self.file);
                finding
            }
        }
    }
}

/// Groups submissions by owner; owners are in the order of their first file.
pub(super) fn grouped(
    submissions: Vec<Submission>,
    roster: Option<&Roster>,
) -> Vec<(Owner, Vec<Submission>)> {
    let mut groups: Vec<(Owner, Vec<Submission>)> = Vec::new();
    for submission in submissions {
        let owner = submission.owner(roster);
        match groups.iter_mut().find(|(known, _)| *known == owner) {
            Some((_, reports)) => reports.push(submission),
            None => groups.push((owner, vec![submission])),
        }
    }
    groups
}

/// Returns the year of most submissions; of two equally frequent years the later one.
pub(super) fn majority_year(submissions: &[Submission]) -> Option<u16> {
    let years = submissions.iter().filter_map(|submission| submission.year);
    years.clone().max_by_key(|year| (years.clone().filter(|other| other == year).count(), *year))
}
