//! The end of a run: one line for people, JSON for programs, a table for the office.

use std::path::Path;

use serde_json::json;

use super::entry::{Entry, State};
use crate::{cli::Failure, output::save};

/// 共3份：已生成2份，没有变化0份，退回1份，失败0份.
pub(super) fn line(entries: &[Entry]) -> String {
    let counts = State::ALL.map(|state| {
        let count = entries.iter().filter(|entry| entry.state == state).count();
        format!("{}{count}份", state.name())
    });
    format!("共{}份：{}\n", entries.len(), counts.join("，"))
}

/// The object of the contract.
///
/// # Errors
/// It cannot be written as JSON.
pub(super) fn json(entries: &[Entry]) -> Result<String, Failure> {
    let findings: Vec<_> = entries.iter().flat_map(|entry| &entry.findings).collect();
    Ok(serde_json::to_string_pretty(&json!({ "reports": entries, "findings": findings }))? + "\n")
}

/// Writes a table with a line for each report, as Excel and WPS open it.
///
/// # Errors
/// The file cannot be written.
pub(super) fn save_csv(path: &Path, entries: &[Entry]) -> Result<(), Failure> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    csv.write_record(["报告文件", "单位", "年度", "状态", "检查结果", "页数", "原因"])?;
    for entry in entries {
        let pages = entry.pages.iter().flatten().max().map(ToString::to_string).unwrap_or_default();
        let year = entry.year.map(|year| year.to_string()).unwrap_or_default();
        let reasons = entry.failure.iter().chain(&entry.reasons).cloned().collect::<Vec<_>>().join("；");
        csv.write_record([
            text(&entry.file),
            text(&entry.agency),
            year,
            entry.state.name().to_owned(),
            entry.counts.clone(),
            pages,
            text(&reasons),
        ])?;
    }
    let bytes = csv.into_inner().map_err(|error| Failure(error.to_string()))?;
    // Excel takes a file without the mark for one in the system's own encoding.
    save(path, &[b"\xEF\xBB\xBF", bytes.as_slice()].concat())?;
    Ok(())
}

/// Words as a cell: none that a spreadsheet would take for a formula.
fn text(words: &str) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{words}") } else { words.to_owned() }
}
