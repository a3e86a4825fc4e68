//! The real reports of `data/reports/`.

use gongbao_core::{check::check_texts, finding::Severity};

use crate::{Draft, PENGYANG, SHANGHAI, file};

fn told(text: &str) -> Vec<(String, Severity, String, String)> {
    check_texts(&file(text))
        .into_iter()
        .map(|finding| (finding.rule.code().to_owned(), finding.severity, finding.path, finding.message))
        .collect()
}

#[test]
fn a_usual_report_is_clean() {
    assert_eq!(told(&Draft::default().text()), []);
}

#[test]
fn shanghai_is_clean() {
    assert_eq!(told(SHANGHAI), []);
}

#[test]
fn pengyang_is_clean() {
    assert_eq!(told(PENGYANG), []);
}
