//! Examining reports that others published: each file is imported and checked, and the layout of PDFs is judged.

mod attachment;
mod layout;

use std::{collections::BTreeMap, io, path::Path};

use super::{input::ReportInput, parallel::parallel_map, setup::CheckSetup};
use crate::typeset::fonts::FontSet;
use gongbao_core::{
    finding::{Finding, Rule, Severity},
    folder::is_workbook_name,
    load::{Loaded, unreadable},
    syntax::Format,
};
use gongbao_formats::{
    import::{self, FileKind, Hints, LARGEST},
    load::{check, imported_report, load},
    pdf,
};

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuditState {
    /// Everything was read.
    Read,
    /// Something could not be placed.
    Partial,
    /// Nothing could be read.
    Unreadable,
}

impl AuditState {
    /// Key in the JSON output.
    pub fn key(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Partial => "partial",
            Self::Unreadable => "unreadable",
        }
    }

    /// Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "全部读出",
            Self::Partial => "部分读出",
            Self::Unreadable => "读不出",
        }
    }
}

/// An examined file.
#[derive(Debug)]
pub struct Audited {
    /// The file as given.
    pub file: String,
    /// The body, empty if unknown.
    pub agency: String,
    /// The year reported on.
    pub year: Option<u16>,
    /// What became of it.
    pub state: AuditState,
    /// Number of texts and figures that could not be placed.
    pub unplaced: usize,
    /// All findings.
    pub findings: Vec<Finding>,
}

impl Audited {
    /// Number of findings of a severity that nobody accepted.
    pub fn count(&self, severity: Severity) -> usize {
        let open = self.findings.iter().filter(|finding| finding.accepted.is_none());
        open.filter(|finding| finding.severity == severity).count()
    }

    /// Name of the body, or of the file where it is unknown.
    pub fn title(&self) -> &str {
        if self.agency.is_empty() { &self.file } else { &self.agency }
    }
}

/// Number of findings of each rule, by its code.
pub fn rule_counts(files: &[Audited]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for finding in files.iter().flat_map(|file| &file.findings) {
        *counts.entry(finding.rule.code().to_owned()).or_insert(0) += 1;
    }
    counts
}

/// A file that was read, and what its layout shows.
struct Opened {
    loaded: Loaded,
    unplaced: usize,
    layout: Vec<Finding>,
}

/// Examines files; results are in input order, without files that are no reports of their own kind. With `use_office`,
/// old Office files are converted by LibreOffice.
///
/// # Errors
/// A thread cannot be started.
pub fn audit(
    inputs: &[ReportInput],
    fonts: &FontSet,
    setup: &mut CheckSetup,
    use_office: bool,
) -> io::Result<Vec<Audited>> {
    let opened = parallel_map(inputs.iter().collect(), None, |input| open(input, use_office))?;
    for (input, opened) in inputs.iter().zip(&opened) {
        opened.loaded.file.iter().for_each(|file| setup.register(file, input.path.as_deref()));
    }
    let setup = &*setup;
    let pairs: Vec<(&ReportInput, Opened)> =
        inputs.iter().zip(opened).filter(|(_, opened)| !opened.loaded.passed_over).collect();
    parallel_map(pairs, None, |(input, opened)| {
        let Opened { loaded, unplaced, layout } = opened;
        let loaded = setup.apply_strictness(check(loaded, input.base(), setup.context(fonts)));
        finish(input, loaded, unplaced, layout)
    })
}

fn finish(input: &ReportInput, loaded: Loaded, unplaced: usize, layout: Vec<Finding>) -> Audited {
    let report = loaded.file.as_ref().map(|file| &file.report);
    let state = match (report, unplaced) {
        (None, _) => AuditState::Unreadable,
        (Some(_), 0) => AuditState::Read,
        (Some(_), _) => AuditState::Partial,
    };
    let mut findings = loaded.findings;
    for finding in &mut findings {
        // What could not be read may well be in the file: nobody is blamed for it.
        if state == AuditState::Partial && finding.rule == Rule::Missing {
            finding.severity = Severity::Unsure;
        }
    }
    findings.extend(layout);
    for finding in &mut findings {
        finding.at = None;
        if finding.file.is_empty() {
            finding.file = input.name();
        }
    }
    Audited {
        file: input.name(),
        agency: report.map(|report| report.agency.name.clone()).unwrap_or_default(),
        year: report.map(|report| report.year),
        state,
        unplaced,
        findings,
    }
}

/// Reads a file of any kind.
fn open(input: &ReportInput, use_office: bool) -> Opened {
    let name = input.name();
    let failed = |message: String, hint: &str| Opened {
        loaded: Loaded::failed(vec![unreadable(&name, message).hint(hint)]),
        unplaced: 0,
        layout: Vec::new(),
    };
    let size = input.path.as_deref().and_then(|path| path.metadata().ok()).map_or(0, |meta| meta.len());
    if size > LARGEST {
        return failed(format!("文件有{}兆字节，太大", size >> 20), "请检查是否选错了文件");
    }
    let bytes = match input.bytes() {
        Ok(bytes) => bytes,
        Err(error) => return failed(format!("文件读不出来：{error}"), "请检查路径"),
    };
    let own = |loaded: Loaded| Opened { loaded, unplaced: 0, layout: Vec::new() };
    if pdf::is_pdf(&name, &bytes) {
        return open_pdf(&name, &bytes, input);
    }
    if Format::of_name(&name).is_some() {
        return own(load(&name, Ok(bytes), input.base(), input.found));
    }
    if is_workbook_name(&name) {
        // A workbook of this program; any other workbook is a foreign file.
        let loaded = load(&name, Ok(bytes.clone()), input.base(), true);
        if !loaded.passed_over {
            return own(loaded);
        }
    }
    let bytes = if use_office { import::converted(&name, bytes) } else { Ok(bytes) };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return failed(error.message, &error.hint),
    };
    match import::read(&name, &bytes, &Hints::default()) {
        Ok(imported) => Opened {
            loaded: imported_report(&name, &imported, input.base()),
            unplaced: imported.unplaced.len(),
            layout: Vec::new(),
        },
        Err(error) => failed(error.message, &error.hint),
    }
}

/// Reads a PDF: of this program's the attached data, which have to agree with the pages; of others what the pages show.
fn open_pdf(name: &str, bytes: &[u8], input: &ReportInput) -> Opened {
    let shown = import::read(name, bytes, &Hints::default());
    let mut layout: Vec<Finding> = match &shown {
        Ok(imported) => imported.layout.iter().flat_map(layout::judge).collect(),
        Err(error) if error.is_without_text => vec![layout::without_text(&error.message)],
        Err(_) => Vec::new(),
    };
    layout.iter_mut().for_each(|finding| name.clone_into(&mut finding.file));
    let attached = pdf::attached(bytes.to_vec()).ok();
    match (attached, shown) {
        (Some(_), shown) => {
            let loaded = load(name, Ok(bytes.to_vec()), input.base(), input.found);
            let pages = shown.ok().map(|imported| imported_report(name, &imported, input.base()));
            if let (Some(data), Some(pages)) = (&loaded.file, pages.and_then(|pages| pages.file)) {
                layout.extend(attachment::compare(data, &pages, name));
            }
            Opened { loaded, unplaced: 0, layout }
        }
        (None, Ok(imported)) => Opened {
            loaded: imported_report(name, &imported, input.base()),
            unplaced: imported.unplaced.len(),
            layout,
        },
        (None, Err(error)) => Opened {
            loaded: Loaded::failed(vec![unreadable(name, error.message).hint(error.hint)]),
            unplaced: 0,
            layout,
        },
    }
}

/// Whether a file found in a folder may be a published report, by its name.
pub fn may_be_published(path: &Path, use_office: bool) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let usual = ["pdf", "html", "htm", "shtml", "docx", "docm", "xls", "xlsm"];
    usual.contains(&ending.as_str()) || use_office && FileKind::OFFICE_ENDINGS.contains(&ending.as_str())
}
