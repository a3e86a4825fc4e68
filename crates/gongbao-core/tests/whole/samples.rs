//! The real reports of `data/reports/`.

use gongbao_core::{check::whole, finding::Severity};

use crate::{Draft, PENGYANG, SHANGHAI, file};

fn told(text: &str) -> Vec<(String, Severity, String, String)> {
    whole(&file(text))
        .into_iter()
        .map(|finding| (finding.rule, finding.severity, finding.path, finding.message))
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
