//! Summary of a run: a line for the terminal, JSON, and a CSV table.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    batch::{BuildState, ReportResult},
    cli::Failure,
    output::save,
};
use gongbao_core::text::visible;

/// Returns the line `共3份：已生成2份，没有变化0份，退回1份，失败0份`.
pub(super) fn line(results: &[ReportResult]) -> String {
    let counts = BuildState::ALL.map(|state| {
        let count = results.iter().filter(|result| result.state == state).count();
        format!("{}{count}份", state.name())
    });
    format!("共{}份：{}\n", results.len(), counts.join("，"))
}

/// Returns the JSON object of `build --json`.
pub(super) fn json(results: &[ReportResult]) -> Value {
    let findings: Vec<_> = results.iter().flat_map(|result| &result.findings).collect();
    json!({ "reports": results, "findings": findings })
}

/// Writes a CSV table for Excel and WPS with one line per report.
///
/// # Errors
/// The file cannot be written.
pub(super) fn save_csv(path: &Path, results: &[ReportResult]) -> Result<(), Failure> {
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    csv.write_record(["报告文件", "单位", "年度", "状态", "检查结果", "页数", "原因"])?;
    for result in results {
        let pages = result.pages.iter().flatten().max().map(ToString::to_string).unwrap_or_default();
        let year = result.year.map(|year| year.to_string()).unwrap_or_default();
        let reasons = result.failure.iter().chain(&result.reasons).cloned().collect::<Vec<_>>().join("；");
        csv.write_record([
            text(&result.file),
            text(&result.agency),
            year,
            result.state.name().to_owned(),
            result.counts.clone(),
            pages,
            text(&reasons),
        ])?;
    }
    let bytes = csv.into_inner().map_err(|error| Failure(error.to_string()))?;
    // Without the byte order mark Excel assumes the encoding of the system.
    save(path, &[b"\xEF\xBB\xBF", bytes.as_slice()].concat())?;
    Ok(())
}

/// Returns a text as a cell that a spreadsheet does not interpret as a formula.
fn text(words: &str) -> String {
    let words = visible(words);
    if words.starts_with(['=', '+', '-', '@']) { format!("'{words}") } else { words }
}
