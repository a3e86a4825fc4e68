//! Measures the checks on realistic mistakes and on right but unusual wordings.
//!
//! The cases are data in `tests/fixtures/catalogue/`; they were written from published reports, rules and
//! standards, not from the code of the checks. The result is `docs/checks-measured.md`, which
//! `UPDATE=1 cargo test -p gongbao-core --test suite catalogue` writes again. The held-out cases are scored only by
//! `cargo test -p gongbao-core --test suite catalogue -- --ignored --nocapture`.

mod cases;
mod held_out;
mod page;
mod score;

use std::collections::BTreeSet;

use cases::{Case, Catalogue, base_names};
use gongbao_core::finding::Severity;
use gongbao_test_support::{golden::assert_golden, repository};
use score::{Outcome, report_findings};

/// Number of mistakes and of right wordings; the page gives shares of them.
const MISTAKES: usize = 150;
const RIGHT: usize = 60;

#[test]
fn bases_have_no_error_or_warning() {
    for folder in ["bases", "held-out"] {
        for base in base_names(folder) {
            let case = Case::unchanged(folder, &base);
            let loud: Vec<_> = report_findings(&case, &case.base_text())
                .into_iter()
                .filter(|finding| finding.severity > Severity::Unsure)
                .collect();
            assert!(loud.is_empty(), "{folder}/{base}: {loud:?}");
        }
    }
}

#[test]
fn catalogue_is_complete() {
    let catalogue = Catalogue::load();
    assert_eq!(catalogue.mistakes.len(), MISTAKES);
    assert_eq!(catalogue.right.len(), RIGHT);
    let mut ids = BTreeSet::new();
    for case in catalogue.mistakes.iter().chain(&catalogue.right) {
        assert!(ids.insert(&case.id), "{}: the id is taken", case.id);
        assert!(catalogue.sources.contains_key(&case.source), "{}: unknown source {}", case.id, case.source);
        assert_ne!(case.changed_text(), case.base_text(), "{}: the edits change nothing", case.id);
    }
    for source in catalogue.sources.keys() {
        let is_cited = |case: &Case| case.source == *source;
        let cited = catalogue.mistakes.iter().chain(&catalogue.right).any(is_cited);
        assert!(cited, "sources.toml: no case cites {source}");
    }
    for case in &catalogue.mistakes {
        assert!(!case.place.is_empty(), "{}: a mistake needs a place", case.id);
    }
}

#[test]
fn measured_page_is_up_to_date() {
    let catalogue = Catalogue::load();
    let mistakes: Vec<Outcome> = catalogue.mistakes.iter().map(Outcome::of).collect();
    let right: Vec<Outcome> = catalogue.right.iter().map(Outcome::of).collect();
    let page = page::render(&catalogue, &mistakes, &right);
    assert_golden(&repository().join("docs/checks-measured.md"), &page);
}
