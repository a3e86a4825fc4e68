//! From a file to a report and its findings: read, then hold against all that it must agree with.

mod last_years;

use std::{path::Path, sync::Arc};

pub use last_years::{Before, LastYears};

use crate::{
    check::{self, Corpus, LastYear, LocalRules},
    finding::{Finding, Severity},
    history,
    report::{self, Reading, ReportFile},
    rollup,
    source::{self, Format},
    typeset::{document::document, fonts::FontSet},
    workbook::{self, Opened},
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

/// What reports are held against, beside their form and themselves.
#[derive(Clone, Copy)]
pub struct Against<'a> {
    /// The faces that must have every character.
    pub fonts: &'a FontSet,
    /// What the locality demands besides.
    pub rules: Option<&'a LocalRules>,
    /// Where the reports of the year before are found.
    pub last_years: Option<&'a LastYears>,
    /// The paragraphs of the other reports of the run.
    pub others: Option<&'a Corpus>,
}

impl<'a> Against<'a> {
    /// The faces alone.
    pub fn fonts(fonts: &'a FontSet) -> Self {
        Self { fonts, rules: None, last_years: None, others: None }
    }
}

/// Reads a report and holds it against its form and all the rest.
///
/// The arguments are those of [`read`].
pub fn judge(
    name: &str,
    bytes: std::io::Result<Vec<u8>>,
    base: &Path,
    found: bool,
    against: Against<'_>,
) -> Judged {
    read(name, bytes, base, found).hold(base, against)
}

/// Reads a report; the findings are those of reading alone.
///
/// `name` is the file as people gave it; its ending tells the format (`-` is TOML or JSON). Of a PDF of ours the
/// data that it carries is read. `base` is the folder
/// against which paths in the report are read. A file that was `found` in a folder and has no `year` at its
/// top is passed over.
pub fn read(name: &str, bytes: std::io::Result<Vec<u8>>, base: &Path, found: bool) -> Judged {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return Judged::only(vec![unreadable(name, format!("文件读不出来：{error}"))]),
    };
    let is_pdf = history::is_pdf(name, &bytes);
    let bytes = if is_pdf {
        match history::attached(bytes) {
            // A PDF whose attachment was exchanged without care is not what it claims to be.
            Ok(attached) if !attached.whole => {
                let message = "这份PDF所附的数据被换过：长度与文件所记的不符".to_owned();
                let hint = "请重新取得原件；要看其中的数据，用 gongbao extract";
                return Judged::only(vec![unreadable(name, message).hint(hint)]);
            }
            Ok(attached) => attached.data,
            Err(error) => {
                return Judged::only(vec![unreadable(name, error.to_string()).hint(error.hint())]);
            }
        }
    } else {
        bytes
    };
    if source::is_workbook_name(name) {
        return match workbook::read(name, &bytes, base) {
            Opened::Report(Reading { file, findings }) => Judged { file, findings, passed_over: false },
            Opened::Foreign(_) if found => Judged { passed_over: true, ..Judged::default() },
            Opened::Foreign(finding) => Judged::only(vec![finding]),
            Opened::Unreadable(findings) => Judged::only(findings),
        };
    }
    let source = match source::open(name, &bytes) {
        Ok(source) => Arc::new(source),
        Err(finding) => return Judged::only(vec![finding]),
    };
    let format = match Format::of_name(name) {
        _ if is_pdf => Format::Json,
        Some(format) => format,
        None if name == "-" => Format::sniff(&source.text),
        None => {
            let message = "不知道这是什么文件：报告文件的名字以 .toml、.json、.yaml、.yml 或 .xlsx 结尾，或者是本程序生成的 .pdf".to_owned();
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
    match report::read(&source, &root, base) {
        Ok(Reading { file, findings }) => Judged { file, findings, passed_over: false },
        Err(error) => Judged::only(vec![unreadable(name, error.to_string())]),
    }
}

impl Judged {
    fn only(findings: Vec<Finding>) -> Self {
        Self { findings, ..Self::default() }
    }

    /// Holds what was read against all that it must agree with; `base` is the folder of the file, where its
    /// siblings lie.
    #[must_use]
    pub fn hold(mut self, base: &Path, against: Against<'_>) -> Self {
        if let Some(file) = &self.file {
            self.findings.extend(check(file, base, against));
            if let Some(rules) = against.rules {
                rules.adjust(&mut self.findings);
            }
            if file.source.is_workbook() {
                self.findings.iter_mut().for_each(workbook::reword);
            }
            accept(file, &mut self.findings);
        }
        self
    }
}

fn check(file: &ReportFile, base: &Path, against: Against<'_>) -> Vec<Finding> {
    let (before, mut findings) = match against.last_years {
        Some(last_years) => last_years.of(file, base),
        None => (None, Vec::new()),
    };
    let last = before.as_ref().map(|before| LastYear {
        report: &before.file.report,
        form: &before.file.form,
        name: &before.file.source.name,
        binding: before.named || before.file.report.published.is_some(),
    });
    findings.extend(history::uncorrected(file));
    findings.extend(rollup::held(file, base));
    findings.extend(check::arithmetic(file, last));
    findings.extend(check::prose(file));
    findings.extend(check::whole(file));
    findings.extend(copied(file, before.as_ref(), against.others));
    findings.extend(against.rules.into_iter().flat_map(|rules| rules.check(file)));
    // An extra row in a place that is not there has been complained of by reading.
    if let Ok(composed) = document(file, against.fonts) {
        findings.extend(check::glyphs(file, &composed, against.fonts));
    }
    findings
}

/// Paragraphs copied from another body of the run or, failing that, from last year's own report.
fn copied(file: &ReportFile, before: Option<&Before>, others: Option<&Corpus>) -> Vec<Finding> {
    let mut findings = others.map(|others| others.copied(file)).unwrap_or_default();
    if let Some(before) = before {
        for finding in check::copied(file, &[&before.file]) {
            if !findings.iter().any(|told| told.path == finding.path) {
                findings.push(finding);
            }
        }
    }
    findings
}

/// Marks what a reviewer lets stand. What could not be read, or not be printed, nobody can let stand, nor a change
/// that was published behind the readers' backs.
fn accept(file: &ReportFile, findings: &mut [Finding]) {
    let may_stand =
        |finding: &&mut Finding| finding.is_let_through_in_a_draft() && finding.rule != "uncorrected";
    for finding in findings.iter_mut().filter(may_stand) {
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
