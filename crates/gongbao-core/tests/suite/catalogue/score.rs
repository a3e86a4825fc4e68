//! Runs the checks on a case and decides what counts.

use std::path::Path;

use gongbao_core::{
    check::{CheckContext, Corpus, LastYears, LocalRules},
    finding::{Finding, Severity},
    load::load_text,
    typeface::AllGlyphs,
};
use gongbao_test_support::repository;

use super::cases::{Case, fixtures};

/// The shipped profile of set phrases, relative to the root of the repository.
const PROFILE: &str = "data/rules/phrases.toml";

/// What the checks say of a case that they do not say of its base report.
#[derive(Debug)]
pub(crate) struct Outcome<'a> {
    pub(crate) case: &'a Case,
    /// New findings.
    pub(crate) new: Vec<Finding>,
}

impl<'a> Outcome<'a> {
    /// Runs the checks on the base and on the changed report.
    pub(crate) fn of(case: &'a Case) -> Self {
        let old = report_findings(case, &case.base_text());
        let is_old = |finding: &Finding| {
            old.iter().any(|other| {
                (&other.rule, &other.path, &other.text()) == (&finding.rule, &finding.path, &finding.text())
            })
        };
        let new = report_findings(case, &case.changed_text());
        Self { case, new: new.into_iter().filter(|finding| !is_old(finding)).collect() }
    }

    /// New findings that name the right place, by their path or by the figure they give.
    pub(crate) fn hits(&self) -> Vec<&Finding> {
        let at_place = |finding: &&Finding| {
            self.case.accepts(&finding.path)
                || finding.figure.as_deref().is_some_and(|figure| self.case.accepts(figure))
        };
        self.new.iter().filter(at_place).collect()
    }

    /// The gravest severity among the findings that name the right place; none if the mistake is missed.
    pub(crate) fn found(&self) -> Option<Severity> {
        self.hits().into_iter().map(|finding| finding.severity).max()
    }

    /// New errors and warnings.
    pub(crate) fn alarms(&self) -> Vec<&Finding> {
        self.new.iter().filter(|finding| finding.severity > Severity::Unsure).collect()
    }
}

/// Reads and checks a report with what the case gives beside it.
pub(crate) fn report_findings(case: &Case, text: &str) -> Vec<Finding> {
    let folder = fixtures().join(&case.folder);
    let loaded = load_text("报告.toml", Ok(text.as_bytes().to_vec()), &folder, false);
    let file = loaded.file.as_ref().unwrap_or_else(|| panic!("{}: {:?}", case.id, loaded.findings));
    let mut others = Corpus::default();
    others.add(file);
    let last_years = case.last.then(|| {
        LastYears::in_file(load_text, &case.last_path())
            .unwrap_or_else(|findings| panic!("{}: {findings:?}", case.id))
    });
    let rules = case.profile.then(profile).flatten();
    let context = CheckContext {
        coverage: &AllGlyphs,
        loader: load_text,
        rules: rules.as_ref(),
        last_years: last_years.as_ref(),
        others: Some(&others),
    };
    loaded.check(Path::new(""), context).findings
}

/// The profile of set phrases; none as long as the repository ships none.
fn profile() -> Option<LocalRules> {
    let path = repository().join(PROFILE);
    path.is_file().then(|| LocalRules::from_path(&path).unwrap_or_else(|error| panic!("{PROFILE}: {error}")))
}
