//! All checks of one report, and what they compare it with.

use std::path::Path;

use super::{Before, Corpus, LastYear, LastYears, LocalRules};
use crate::{
    document::document, finding::Finding, history, load::Loader, report::ReportFile, rollup,
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
    findings.extend(checks(file, base, context));
    if let Some(rules) = context.rules {
        rules.adjust(&mut findings);
    }
    accept(file, &mut findings);
    findings
}

fn checks(file: &ReportFile, base: &Path, context: CheckContext<'_>) -> Vec<Finding> {
    let (before, mut findings) = match context.last_years {
        Some(last_years) => last_years.of(file, base),
        None => (None, Vec::new()),
    };
    let last = before.as_ref().map(|before| LastYear {
        report: &before.file.report,
        form: &before.file.form,
        name: &before.file.source.name,
        binding: before.named || before.file.report.published.is_some(),
    });
    findings.extend(history::uncorrected(file));
    findings.extend(rollup::held(file, base, context.loader));
    findings.extend(super::arithmetic(file, last));
    findings.extend(super::prose(file));
    findings.extend(super::whole(file));
    findings.extend(copied(file, before.as_ref(), context.others));
    findings.extend(context.rules.into_iter().flat_map(|rules| rules.check(file)));
    // An extra row in a place that is not there has been complained of by reading.
    if let Ok(composed) = document(file, context.coverage) {
        findings.extend(super::glyphs(file, &composed, context.coverage));
    }
    findings
}

/// Paragraphs copied from another body of the run or, failing that, from last year's own report.
fn copied(file: &ReportFile, before: Option<&Before>, others: Option<&Corpus>) -> Vec<Finding> {
    let mut findings = others.map(|others| others.copied(file)).unwrap_or_default();
    if let Some(before) = before {
        for finding in super::copied(file, &[&before.file]) {
            if !findings.iter().any(|told| told.path == finding.path) {
                findings.push(finding);
            }
        }
    }
    findings
}

/// Marks findings that a reviewer lets stand. What could not be read or cannot be printed nobody can let stand, nor
/// a change made after publication without a correction.
fn accept(file: &ReportFile, findings: &mut [Finding]) {
    let may_stand =
        |finding: &&mut Finding| finding.is_let_through_in_a_draft() && finding.rule != "uncorrected";
    for finding in findings.iter_mut().filter(may_stand) {
        let accepted = file.report.accepted.iter().find(|accepted| {
            accepted.rule == finding.rule && accepted.path.as_ref().is_none_or(|path| *path == finding.path)
        });
        finding.accepted = accepted.map(|accepted| match accepted.by.as_str() {
            "" => accepted.reason.clone(),
            by => format!("{}（{by}）", accepted.reason),
        });
    }
}
