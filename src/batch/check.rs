//! Reading and checking all reports of a run.

use std::io;

use serde::{Deserialize, Serialize};

use super::{input::ReportInput, parallel::parallel_map, setup::CheckSetup};
use crate::typeset::fonts::FontSet;
use gongbao_core::{
    finding::{Finding, Rule},
    load::Loaded,
};
use gongbao_formats::load::{check, load};

/// What findings mean for a report as a whole, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckResult {
    /// No finding blocks the report.
    Passed,
    /// At least one finding blocks the report.
    Errors,
    /// The file could not be read.
    Unreadable,
}

impl CheckResult {
    /// Returns the result of these findings.
    pub fn of(findings: &[Finding]) -> Self {
        if findings.iter().any(|finding| finding.rule == Rule::Unreadable) {
            Self::Unreadable
        } else if findings.iter().any(Finding::blocks) {
            Self::Errors
        } else {
            Self::Passed
        }
    }
}

/// Reads all reports; results are in input order.
///
/// # Errors
/// A thread cannot be started.
pub fn read_all(inputs: &[ReportInput]) -> io::Result<Vec<Loaded>> {
    parallel_map(inputs.iter().collect(), None, |input| {
        load(&input.name(), input.bytes(), input.base(), input.found)
    })
}

/// Reads and checks all reports; results are in input order.
///
/// # Errors
/// A thread cannot be started.
pub fn check_all(inputs: &[ReportInput], fonts: &FontSet, setup: &mut CheckSetup) -> io::Result<Vec<Loaded>> {
    let read = read_all(inputs)?;
    // Copied text is found only after all reports have been registered.
    for (input, loaded) in inputs.iter().zip(&read) {
        loaded.file.iter().for_each(|file| setup.register(file, input.path.as_deref()));
    }
    let setup = &*setup;
    let read = inputs.iter().zip(read).collect();
    parallel_map(read, None, |(input, loaded)| {
        setup.apply_strictness(check(loaded, input.base(), setup.context(fonts)))
    })
}
