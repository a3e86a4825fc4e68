//! `scale`: figures compared with last year's by their size.

use std::path::Path;

use gongbao_core::{
    check::{CheckContext, LastYears},
    finding::Severity,
    load::load_text,
    typeface::AllGlyphs,
};
use gongbao_test_support::Office;

use super::Draft;

/// Returns severity, path and hint of what `scale` says of figures after others.
fn compared(now: &str, last: &str) -> Vec<(Severity, String, String)> {
    let office = Office::new("");
    let path = office.path("last.toml");
    let text = |year, tables: &str| Draft { year, tables: tables.to_owned(), ..Draft::default() }.text();
    std::fs::write(&path, text(2023, last)).expect("written");
    let last_years = LastYears::in_file(load_text, &path).expect("a report");
    let context = CheckContext { last_years: Some(&last_years), ..CheckContext::new(&AllGlyphs, load_text) };
    let loaded = load_text("now.toml", Ok(text(2024, now).into_bytes()), Path::new(""), false);
    let findings = loaded.check(Path::new(""), context).findings;
    let of_scale = findings.into_iter().filter(|finding| finding.rule.code() == "scale");
    of_scale
        .map(|finding| (finding.severity, finding.path.clone(), finding.advice().unwrap_or_default()))
        .collect()
}

#[test]
fn a_hundred_times_last_year_is_reported() {
    let of = |licences: &str, last: &str| {
        compared(&format!("[disclosure]\nlicences = {licences}"), &format!("[disclosure]\nlicences = {last}"))
    };
    for (now, last) in [("2481700", "23817"), ("24817", "2481700"), ("5000", "20")] {
        let found = of(now, last);
        assert_eq!(found.len(), 1, "{now} {last}");
        assert_eq!((found[0].0, found[0].1.as_str()), (Severity::Unsure, "disclosure.licences.decisions"));
    }
    for (now, last) in [("24817", "23817"), ("900", "2"), ("5000", "0"), ("0", "5000"), ("24817", "2381")] {
        assert_eq!(of(now, last), [], "{now} {last}");
    }
}

#[test]
fn a_fee_in_yuan_is_reported_with_its_unit() {
    let found = compared("[disclosure]\nfees = 471000", "[disclosure]\nfees = 43.2");
    assert_eq!((found[0].0, found[0].1.as_str()), (Severity::Warning, "disclosure.fees.amount"));
    assert!(found[0].2.contains("除以一万"), "{found:?}");
}
