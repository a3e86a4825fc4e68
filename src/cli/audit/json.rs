//! The results of an audit as JSON.

use serde_json::{Value, json};

use super::Results;
use crate::batch::{Audited, rule_counts};
use gongbao_core::finding::{Finding, Severity};

/// Returns the results as JSON; findings are in the order of the files.
pub(super) fn json(results: &Results) -> Value {
    let findings: Vec<&Finding> = results.files.iter().flat_map(|file| &file.findings).collect();
    json!({
        "files": results.files.iter().map(entry).collect::<Vec<_>>(),
        "rules": rule_counts(&results.files),
        "missing": results.missing,
        "unlisted": results.unlisted,
        "findings": findings,
    })
}

fn entry(file: &Audited) -> Value {
    json!({
        "file": file.file,
        "agency": file.agency,
        "year": file.year,
        "state": file.state.key(),
        "unplaced": file.unplaced,
        "errors": file.count(Severity::Error),
        "warnings": file.count(Severity::Warning),
    })
}
