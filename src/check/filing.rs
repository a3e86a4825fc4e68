//! What the paper copy needs that goes on file.

use crate::{
    finding::{Finding, Severity},
    report::ReportFile,
};

/// A report with a sign-off sheet but no date: the seal would have nothing to stand on.
pub fn filing(file: &ReportFile) -> Option<Finding> {
    if file.report.filing.is_none() || file.report.date.is_some() {
        return None;
    }
    let message = "有 [filing]（报送审签），但没有成文日期，纸质件上没有可盖章的落款";
    let finding = Finding::new("missing", Severity::Warning, "date", message);
    Some(file.locate(finding.hint("请在报告头写上成文日期，例如 date = 2026-01-28"), None))
}
