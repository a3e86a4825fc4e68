//! What was handed in, and which of it is whose.

use std::path::Path;

use jiff::civil::Date;

use super::claim::claimed_names;
use crate::cli::input::Input;
use gongbao_core::{
    finding::{Finding, Rule, Severity},
    load::Loaded,
    report::ReportFile,
    roster::{Roster, plain},
    syntax::{self},
};

/// A file that was handed in.
#[derive(Debug)]
pub(super) struct Handed {
    /// The file as it was given.
    pub(super) file: String,
    /// The file within the folder, as people look for it.
    pub(super) shown: String,
    /// What is wrong with it.
    pub(super) findings: Vec<Finding>,
    /// Who reports, where that can be told.
    pub(super) name: Option<String>,
    /// The year reported on, where that can be told.
    pub(super) year: Option<u16>,
    /// When it was published.
    pub(super) published: Option<Date>,
    /// The body's number as the report gives it.
    pub(super) phone: Option<String>,
    /// Whose it might be, where nobody can be sure.
    claims: Vec<String>,
    report: Option<ReportFile>,
}

/// Whose a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    /// A member of the roster, by its index.
    Member(usize),
    /// A body that is not on the roster, or any where there is none, by its plain name.
    Other(String),
    /// Nobody can tell; each such file is its own.
    Unknown(String),
}

impl Handed {
    /// What a file of the folder turned out to be.
    pub(super) fn new(input: &Input, folder: &Path, judged: Loaded) -> Self {
        let file = input.name();
        let path = input.path.as_deref().unwrap_or(Path::new("-"));
        let shown = path.strip_prefix(folder).unwrap_or(path).display().to_string().replace('\\', "/");
        let report = judged.file;
        let said = report.as_ref().map(|file| &file.report);
        let name = said.map(|report| report.agency.name.clone()).filter(|name| !plain(name).is_empty());
        let claims = match name {
            Some(_) => Vec::new(),
            None => {
                let source = input.bytes().ok().and_then(|bytes| syntax::open(&file, &bytes).ok());
                source.map(|source| claimed_names(&source.text)).unwrap_or_default()
            }
        };
        Self {
            year: said.map(|report| report.year),
            published: said.and_then(|report| report.published.as_ref()).map(|published| published.date),
            phone: said.and_then(|report| report.agency.details.get("phone").cloned()),
            findings: judged.findings,
            file,
            shown,
            name,
            claims,
            report,
        }
    }

    /// Whose it is.
    pub(super) fn owner(&self, roster: Option<&Roster>) -> Owner {
        let member = roster.and_then(|roster| match &self.name {
            Some(name) => roster.find(name),
            // A file that cannot be read is still somebody's: who sent it has not failed to report.
            None => roster
                .of_file(Path::new(&self.file))
                .or_else(|| self.claims.iter().find_map(|name| roster.find(name))),
        });
        match (member, &self.name) {
            (Some(index), _) => Owner::Member(index),
            (None, Some(name)) => Owner::Other(plain(name)),
            (None, None) => Owner::Unknown(self.file.clone()),
        }
    }

    /// A finding about a path of it, at its place.
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

/// Files by owner, owners in the order of their first file.
pub(super) fn grouped(handed: Vec<Handed>, roster: Option<&Roster>) -> Vec<(Owner, Vec<Handed>)> {
    let mut groups: Vec<(Owner, Vec<Handed>)> = Vec::new();
    for report in handed {
        let owner = report.owner(roster);
        match groups.iter_mut().find(|(known, _)| *known == owner) {
            Some((_, reports)) => reports.push(report),
            None => groups.push((owner, vec![report])),
        }
    }
    groups
}

/// The year that most of them are on; of two equally many the later.
pub(super) fn majority(handed: &[Handed]) -> Option<u16> {
    let years = handed.iter().filter_map(|report| report.year);
    years.clone().max_by_key(|year| (years.clone().filter(|other| other == year).count(), *year))
}
