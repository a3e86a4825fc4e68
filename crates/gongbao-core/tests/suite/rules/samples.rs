//! The sample reports give no findings.

use gongbao_core::{check::check_texts, finding::Severity};
use gongbao_test_support::{PENGYANG, SHANGHAI};

use super::{Draft, file};

fn told(text: &str) -> Vec<(String, Severity, String, String)> {
    check_texts(&file(text))
        .into_iter()
        .map(|finding| {
            (finding.rule.code().to_owned(), finding.severity, finding.path.clone(), finding.text())
        })
        .collect()
}

#[test]
fn an_ordinary_report_has_no_findings() {
    assert_eq!(told(&Draft::default().text()), []);
}

#[test]
fn the_shanghai_sample_has_no_findings() {
    assert_eq!(told(SHANGHAI), []);
}

#[test]
fn the_pengyang_sample_has_no_findings() {
    assert_eq!(told(PENGYANG), []);
}
