//! The consolidated report of a government out of its bodies' reports: cell by cell the sum, with a draft of
//! the texts, and with what it was made of, so that it can be compared with its members later (S9).

mod compare;
mod draft;
mod gather;
mod notes;
mod sum;

use crate::paths::PathExt;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub use compare::compare_with_members;
pub use sum::{Share, shares};

use crate::{
    file::relative,
    finding::Finding,
    form::Form,
    history::Visible,
    report::{Agency, AgencyKind, Member, Report, ReportFile, fresh},
    roster::Roster,
};

/// A body's report that is to be consolidated.
#[derive(Debug, Clone)]
pub struct Contribution {
    /// The report.
    pub file: ReportFile,
    /// Where it lies.
    pub path: PathBuf,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

/// What is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Whose report it is to be.
    pub agency: &'a str,
    /// Which bodies it must cover.
    pub roster: Option<&'a Roster>,
    /// The folder in which it will lie.
    pub folder: &'a Path,
}

/// A consolidated report.
#[derive(Debug, Clone)]
pub struct Consolidated {
    /// What it says.
    pub report: Report,
    /// The form of all its members.
    pub form: Arc<Form>,
    /// What somebody should look at.
    pub findings: Vec<Finding>,
}

/// Consolidates reports.
///
/// # Errors
/// All that keeps them from being added up: bodies that are missing or there twice, reports of another year or
/// on another form, reports with errors, amounts in different units.
pub fn consolidate(
    contributions: &[Contribution],
    wanted: &Wanted<'_>,
) -> Result<Consolidated, Vec<Finding>> {
    let gathered = gather::gather(contributions, wanted.roster)?;
    let mut report = Report {
        agency: agency(wanted.agency),
        extras: sum::extras(contributions, &gathered.form),
        members: contributions.iter().map(|one| member(one, wanted.folder)).collect(),
        ..fresh(wanted.agency, gathered.year, gathered.form_name())
    };
    let findings = sum::fill(&mut report, contributions, &gathered)?;
    report.notes = notes::notes(contributions, &gathered.form);
    report.texts = draft::texts(&gathered.form, &report.agency, report.year, contributions);
    Ok(Consolidated { report, form: gathered.form, findings })
}

fn agency(name: &str) -> Agency {
    let kind = name.ends_with("人民政府").then_some(AgencyKind::Government);
    Agency { name: name.to_owned(), kind, ..Agency::default() }
}

fn member(one: &Contribution, folder: &Path) -> Member {
    Member {
        name: one.file.report.agency.name.clone(),
        file: relative(&one.path, folder).unwrap_or_else(|| one.path.to_text()),
        digest: Visible::of(&one.file).digest(),
    }
}
