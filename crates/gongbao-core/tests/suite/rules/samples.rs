//! The sample reports give no findings but those that are right.

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
fn the_pengyang_sample_has_a_dash_in_its_telephone_number() {
    let told = told(PENGYANG);
    assert_eq!(told.len(), 1, "{told:?}");
    let (rule, severity, path, message) = &told[0];
    assert_eq!((rule.as_str(), *severity, path.as_str()), ("punctuation", Severity::Unsure, "other[1]"));
    assert!(message.contains("0954—7012770"), "{message}");
}
