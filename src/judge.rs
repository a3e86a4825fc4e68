//! From a file to a report and its findings: read, then check.

use std::{path::Path, sync::Arc};

use crate::{
    check,
    finding::{Finding, Severity},
    report::{self, Reading, ReportFile},
    source::{self, Format},
    typeset::{document::document, fonts::FontSet},
};

/// A report with all that is wrong with it.
#[derive(Debug, Default)]
pub struct Judged {
    /// The report, as far as it could be understood.
    pub file: Option<ReportFile>,
    /// All findings: those of reading in the order of the file, then those of the checks.
    pub findings: Vec<Finding>,
    /// Whether the file, found in a folder, is no report at all.
    pub passed_over: bool,
}

impl Judged {
    fn only(findings: Vec<Finding>) -> Self {
        Self { findings, ..Self::default() }
    }
}

/// Reads a report and holds it against its form and the faces.
///
/// `name` is the file as people gave it; its ending tells the format (`-` is TOML or JSON). `base` is the folder
/// against which paths in the report are read. A file that was `found` in a folder and has no `year` at its
/// top is passed over.
pub fn judge(
    name: &str,
    bytes: std::io::Result<Vec<u8>>,
    base: &Path,
    found: bool,
    fonts: &FontSet,
) -> Judged {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return Judged::only(vec![unreadable(name, format!("文件读不出来：{error}"))]),
    };
    let source = match source::open(name, &bytes) {
        Ok(source) => Arc::new(source),
        Err(finding) => return Judged::only(vec![finding]),
    };
    let format = match Format::of_name(name) {
        Some(format) => format,
        None if name == "-" => Format::sniff(&source.text),
        None => {
            let message = "不知道这是什么文件：报告文件的名字以 .toml、.json、.yaml 或 .yml 结尾".to_owned();
            return Judged::only(vec![unreadable(name, message)]);
        }
    };
    let root = match source::parse(&source, format) {
        Ok(root) => root,
        Err(findings) => return Judged::only(findings),
    };
    if found && !report::is_report(&root) {
        return Judged { passed_over: true, ..Judged::default() };
    }
    let Reading { file, mut findings } = match report::read(&source, &root, base) {
        Ok(reading) => reading,
        Err(error) => return Judged::only(vec![unreadable(name, error.to_string())]),
    };
    if let Some(file) = &file {
        findings.extend(check(file, fonts));
        accept(file, &mut findings);
    }
    Judged { file, findings, passed_over: false }
}

fn check(file: &ReportFile, fonts: &FontSet) -> Vec<Finding> {
    let mut findings = check::arithmetic(file, None);
    findings.extend(check::prose(file));
    findings.extend(check::whole(file));
    // An extra row in a place that is not there has been complained of by reading.
    if let Ok(composed) = document(file, fonts) {
        findings.extend(check::glyphs(file, &composed, fonts));
    }
    findings
}

/// Marks what a reviewer lets stand. What could not be read, or not be printed, nobody can let stand.
fn accept(file: &ReportFile, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.is_let_through_in_a_draft()) {
        let accepted = file.report.accepted.iter().find(|accepted| {
            accepted.rule == finding.rule && accepted.path.as_ref().is_none_or(|path| *path == finding.path)
        });
        finding.accepted = accepted.map(|accepted| match accepted.by.as_str() {
            "" => accepted.reason.clone(),
            by => format!("{}（{by}）", accepted.reason),
        });
    }
}

fn unreadable(name: &str, message: String) -> Finding {
    let mut finding = Finding::new("unreadable", Severity::Error, "", message);
    name.clone_into(&mut finding.file);
    finding
}
