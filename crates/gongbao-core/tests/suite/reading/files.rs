//! Reads made-up report files and variants of them.

use std::{path::Path, sync::Arc};

use gongbao_core::{
    finding::Finding,
    report::{Figure, Reading, Report, ReportFile, read},
    syntax::{self, Format},
};
use gongbao_test_support::made::FOLDER;
pub(crate) use gongbao_test_support::made::{FORM_2019, FORM_2021};

pub(crate) const OFFICE: &str = r#"
[filing]
recipient = "县政务公开办"

[[accepted]]
rule = "S6"
path = "disclosure.rules.in_force"
reason = "本年清理后重新统计"

[[accepted]]
rule = "blank"
reason = "上级要求"
by = "张三"

[published]
date = 2025-01-26
digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

[[corrections]]
date = 2025-03-02
reason = "统计口径有误"
changes = [{ path = "applications.new.total", old = 3119, new = 3120 }, { path = "overview[2]", old = "甲 乙", new = "", redact = true }, { path = "disclosure.rules.issued", old = { value = 22, note = "注" }, new = "999999999999.999999" }]
"#;

pub(crate) fn read_as(text: &str, format: Format) -> Reading {
    let source = Arc::new(syntax::open("report", text.as_bytes()).expect("opens"));
    let root = syntax::parse(&source, format).expect("parses");
    read(&source, &root, Path::new(FOLDER)).expect("a known form")
}

pub(crate) fn toml(text: &str) -> Reading {
    read_as(text, Format::Toml)
}

/// Returns a text with parts replaced.
#[track_caller]
pub(crate) fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old} is not in the file");
        text.replacen(old, new, 1)
    })
}

#[track_caller]
pub(crate) fn with(changes: &[(&str, &str)]) -> Reading {
    toml(&changed(FORM_2021, changes))
}

/// Returns the findings as `rule path`, with the text they point at.
pub(crate) fn told(reading: &Reading) -> Vec<(String, String)> {
    let pointed = |finding: &Finding| match &finding.at {
        Some(at) => at.source.text[at.span.clone()].to_owned(),
        None => String::new(),
    };
    reading.findings.iter().map(|f| (format!("{} {}", f.rule, f.path), pointed(f))).collect()
}

#[track_caller]
pub(crate) fn tells(reading: &Reading, expected: &[(&str, &str)]) {
    let told = told(reading);
    let told: Vec<(&str, &str)> = told.iter().map(|(what, at)| (what.as_str(), at.as_str())).collect();
    assert_eq!(told, expected, "{:#?}", reading.findings);
}

#[track_caller]
pub(crate) fn only(reading: &Reading) -> &Finding {
    assert_eq!(reading.findings.len(), 1, "{:#?}", reading.findings);
    &reading.findings[0]
}

pub(crate) fn file(reading: Reading) -> ReportFile {
    reading.file.expect("a report")
}

pub(crate) fn report(reading: Reading) -> Report {
    file(reading).report
}

/// Returns the figure at a path as it is printed; `-` where it is missing.
pub(crate) fn cell(report: &Report, path: &str) -> String {
    match report.figures.get(path).map(|cell| cell.figure) {
        Some(Figure::Number(number)) => number.to_string(),
        Some(Figure::NotApplicable) => "/".to_owned(),
        Some(Figure::Blank) => "".to_owned(),
        None => "-".to_owned(),
    }
}

pub(crate) fn row(report: &Report, path: &str) -> String {
    let columns = ["natural", "business", "research", "welfare", "legal", "other", "total"];
    columns.map(|column| cell(report, &format!("{path}.{column}"))).join(" ")
}

pub(crate) fn hint(finding: &Finding) -> String {
    finding.advice().unwrap_or_default()
}
