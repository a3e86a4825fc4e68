//! The reports that a consolidated report adds up.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{check::check_all, input::ReportInput, setup::CheckSetup};
use crate::typeset::fonts::FontSet;
use gongbao_core::{finding::Finding, paths::PathExt, rollup::Contribution};

/// The checked reports of the bodies.
#[derive(Debug, Default)]
pub struct Contributions {
    /// Reports to be added up.
    pub reports: Vec<Contribution>,
    /// Findings of files that could not be read.
    pub unreadable: Vec<Finding>,
    /// Files that were left out: path and reason.
    pub skipped: Vec<(String, SkipReason)>,
}

/// Why a file found in a folder is not added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SkipReason {
    /// It is not a report.
    NotAReport,
    /// It is itself a consolidated report, and its members would be counted twice.
    Consolidated,
}

/// Reads and checks the reports to be added up. Files in folders that are listed in `others` (the roster, the
/// consolidated report of an earlier run) are left out without a message.
///
/// # Errors
/// A thread cannot be started.
pub fn contributions(
    mut inputs: Vec<ReportInput>,
    others: &[&Path],
    fonts: &FontSet,
    setup: &mut CheckSetup,
) -> io::Result<Contributions> {
    let others: Vec<PathBuf> = others.iter().filter_map(|path| path.canonical().ok()).collect();
    inputs.retain(|input| !input.found || !others.iter().any(|other| input.is_file(other)));
    let mut contributions = Contributions::default();
    for (input, loaded) in inputs.iter().zip(check_all(&inputs, fonts, setup)?) {
        if loaded.passed_over {
            contributions.skipped.push((input.name(), SkipReason::NotAReport));
            continue;
        }
        let path = input.path.clone().unwrap_or_else(|| PathBuf::from("-"));
        match loaded.file {
            Some(file) if input.found && !file.report.members.is_empty() => {
                contributions.skipped.push((input.name(), SkipReason::Consolidated));
            }
            Some(file) => {
                contributions.reports.push(Contribution { file, path, findings: loaded.findings });
            }
            None => contributions.unreadable.extend(loaded.findings),
        }
    }
    Ok(contributions)
}
