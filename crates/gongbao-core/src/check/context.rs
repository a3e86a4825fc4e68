//! All checks of one report, and what they compare it with.

use std::path::Path;

use super::{Corpus, LastYears, LocalRules, registry::CheckInput, rules};
use crate::{
    finding::Finding,
    load::{Loaded, Loader},
    report::ReportFile,
    typeface::GlyphCoverage,
};

/// What reports are compared with, beside their form and themselves.
#[derive(Clone, Copy)]
pub struct CheckContext<'a> {
    /// The typefaces that must cover every character.
    pub coverage: &'a dyn GlyphCoverage,
    /// Reads the other reports that a report names.
    pub loader: Loader,
    /// What the locality demands besides.
    pub rules: Option<&'a LocalRules>,
    /// Where the reports of the year before are found.
    pub last_years: Option<&'a LastYears>,
    /// The paragraphs of the other reports of the run.
    pub others: Option<&'a Corpus>,
}

impl<'a> CheckContext<'a> {
    /// A context without local rules, last year's reports and other reports.
    pub fn new(coverage: &'a dyn GlyphCoverage, loader: Loader) -> Self {
        Self { coverage, loader, rules: None, last_years: None, others: None }
    }
}

/// Runs all checks of a report. `findings` are those of reading; the result begins with them. `base` is the
/// folder of the file, where its siblings lie.
pub fn check(
    file: &ReportFile,
    mut findings: Vec<Finding>,
    base: &Path,
    context: CheckContext<'_>,
) -> Vec<Finding> {
    findings.extend(rules::run(&CheckInput::new(file, base, context)));
    if let Some(rules) = context.rules {
        rules.adjust(&mut findings);
    }
    accept(file, &mut findings);
    findings
}

/// Marks findings that a reviewer lets stand. What could not be read or cannot be printed nobody can let stand, nor
/// a change made after publication without a correction.
fn accept(file: &ReportFile, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.concern().can_be_accepted()) {
        let accepted = file.report.accepted.iter().find(|accepted| {
            accepted.rule == finding.rule.code()
                && accepted.path.as_ref().is_none_or(|path| *path == finding.path)
        });
        finding.accepted = accepted.map(|accepted| match accepted.by.as_str() {
            "" => accepted.reason.clone(),
            by => format!("{}（{by}）", accepted.reason),
        });
    }
}

impl Loaded {
    /// Runs all checks and adds their findings; `base` is the folder of the file.
    #[must_use]
    pub fn check(mut self, base: &Path, context: CheckContext<'_>) -> Self {
        if let Some(file) = &self.file {
            let findings = std::mem::take(&mut self.findings);
            self.findings = check(file, findings, base, context);
        }
        self
    }
}
