//! The list of reports and their states.

use serde::Serialize;

use super::{
    answer::{Answer, Json, Refusal},
    many::SITE,
    workspace::{Opened, Workspace},
};
use crate::output::{Folder, digest, manifest};
use gongbao_core::{
    finding::{Finding, Medium, Rule, Severity},
    folder::{is_workbook_name, reports_below},
    form,
    paths::PathExt,
    report::ReportFile,
    syntax::Format,
};

/// The answer of `GET /api/reports`.
#[derive(Debug, Serialize)]
pub(super) struct ReportList {
    folder: String,
    forms: Vec<FormEntry>,
    reports: Vec<ReportEntry>,
    /// Whether there is a roster.
    roster: bool,
}

/// A form that new reports can have.
#[derive(Debug, Serialize)]
struct FormEntry {
    id: String,
    name: String,
    source: String,
    years: YearRange,
}

/// The years of a form; `to` is `None` for the current form.
#[derive(Debug, Serialize)]
struct YearRange {
    from: u16,
    to: Option<u16>,
}

/// A report of the list. For an unreadable file only the message is known.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ReportEntry {
    file: String,
    agency: String,
    year: Option<u16>,
    form: Option<String>,
    state: ReportState,
    errors: usize,
    warnings: usize,
    kind: &'static str,
    editable: bool,
    /// The report that a working copy of a correction belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    corrects: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    state_name: &'static str,
}

/// How far a report has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum ReportState {
    Draft,
    Ready,
    Built,
    Published,
    Unreadable,
}

impl ReportState {
    /// Returns the Chinese name.
    fn name(self) -> &'static str {
        match self {
            Self::Draft => "填报中",
            Self::Ready => "检查通过",
            Self::Built => "已生成",
            Self::Published => "已公布",
            Self::Unreadable => "读不出",
        }
    }
}

/// The entry of a version of a report, kept while the file does not change.
#[derive(Debug, Clone)]
pub(super) struct CachedEntry {
    /// The entry, without the state `Built`, which depends on other files.
    entry: ReportEntry,
    /// Digest of the data, as outputs refer to it.
    data: String,
}

impl Workspace {
    /// Lists all reports of the folder.
    pub(super) fn list(&mut self) -> Answer<ReportList> {
        let out = self.place.out().canonical().ok();
        let found = reports_below(self.place.folder(), out.as_deref()).map_err(|(folder, error)| {
            Refusal::failed(format!("文件夹“{}”读不出来：{error}", folder.to_text()))
        })?;
        let roster = self.roster_path().and_then(|path| path.canonical().ok());
        let is_roster = |path: &&std::path::PathBuf| roster.as_deref() == Some(path.as_path());
        let names: Vec<String> = found
            .files
            .iter()
            .filter(|path| !is_roster(path))
            .filter_map(|path| self.place.relative(path))
            .filter(|name| !name.starts_with(&format!("{SITE}/")))
            .collect();
        self.entries.retain(|name, _| names.contains(name));
        let reports = names.iter().filter_map(|name| self.entry(name)).collect();
        let forms = form::all().map_err(Refusal::failed)?;
        let forms = forms
            .iter()
            .map(|form| FormEntry {
                id: form.id.clone(),
                name: form.name.clone(),
                source: form.source.clone(),
                years: YearRange { from: form.years.from, to: form.years.to },
            })
            .collect();
        let folder = self.place.folder().to_text();
        let roster = roster.is_some();
        Ok(Json(ReportList { folder, forms, reports, roster }))
    }

    /// Returns the entry of a file; `None` if it is not a report.
    fn entry(&mut self, name: &str) -> Option<ReportEntry> {
        let opened = match self.open(name) {
            Ok(opened) => opened,
            Err(_) => return Some(unreadable(name, "文件读不出来，请检查是否被别的程序占用")),
        };
        let version = opened.version.clone();
        let known = self.entries.get(name).filter(|(known, _)| *known == version);
        let cached = match known {
            Some((_, cached)) => cached.clone(),
            None => {
                let cached = self.checked_entry(opened)?;
                self.entries.insert(name.to_owned(), (version, cached.clone()));
                cached
            }
        };
        let mut entry = cached.entry;
        if entry.state == ReportState::Ready && self.is_built(name, &cached.data) {
            entry.state = ReportState::Built;
        }
        entry.state_name = entry.state.name();
        Some(entry)
    }

    /// Checks a file and returns its entry; `None` if it is not a report.
    fn checked_entry(&mut self, opened: Opened) -> Option<CachedEntry> {
        let name = opened.relative.clone();
        // A file of another kind with the extension of a report has no year.
        let is_other = |finding: &Finding| finding.rule == Rule::Missing && finding.path == "year";
        if opened.loaded.passed_over
            || (opened.loaded.file.is_none() && opened.loaded.findings.iter().all(is_other))
        {
            return None;
        }
        let (checked, _) = self.check(opened);
        let Some(file) = &checked.file else {
            let why = checked.findings.first().map(|finding| finding.message.text(Medium::Browser));
            let entry = unreadable(&name, &why.unwrap_or_default());
            return Some(CachedEntry { entry, data: String::new() });
        };
        let count = |severity| {
            checked.findings.iter().filter(|f| f.severity == severity && f.accepted.is_none()).count()
        };
        let errors = count(Severity::Error);
        let state = match (errors, &file.report.published) {
            (_, Some(_)) => ReportState::Published,
            (0, None) => ReportState::Ready,
            (_, None) => ReportState::Draft,
        };
        let entry = ReportEntry {
            agency: file.report.agency.name.clone(),
            year: Some(file.report.year),
            form: Some(file.form.id.clone()),
            state,
            errors,
            warnings: count(Severity::Warning),
            kind: kind(&name),
            editable: kind(&name) == "toml"
                && (file.report.published.is_none() || self.original(&name).is_some()),
            corrects: self.original(&name).map(|original| original.relative),
            message: None,
            state_name: state.name(),
            file: name,
        };
        Some(CachedEntry { entry, data: data(file) })
    }

    /// Whether all outputs of a report exist and were made from this data.
    pub(super) fn is_built(&self, name: &str, data: &str) -> bool {
        let folder = Folder::new(self.place.out(), stem(name));
        let made = manifest::read(&folder.manifest());
        made.is_some_and(|made| {
            !made.outputs.is_empty()
                && made
                    .outputs
                    .iter()
                    .all(|output| output.data == data && folder.path(&output.path).is_file())
        })
    }
}

/// Returns the stem of a path, after which the outputs are named.
pub(super) fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Returns the digest by which outputs refer to their data.
pub(super) fn data(file: &ReportFile) -> String {
    digest([file.source.text.as_bytes()])
}

/// Returns the format of a report by its file name.
fn kind(name: &str) -> &'static str {
    match Format::of_name(name) {
        _ if is_workbook_name(name) => "xlsx",
        Some(Format::Json) => "json",
        Some(Format::Yaml) => "yaml",
        _ => "toml",
    }
}

/// Returns the entry of an unreadable file.
fn unreadable(name: &str, why: &str) -> ReportEntry {
    ReportEntry {
        file: name.to_owned(),
        agency: String::new(),
        year: None,
        form: None,
        state: ReportState::Unreadable,
        errors: 1,
        warnings: 0,
        kind: kind(name),
        editable: false,
        corrects: None,
        message: Some(why.to_owned()),
        state_name: ReportState::Unreadable.name(),
    }
}
