//! Importing one file: reading it, writing it as a report, checking what was written.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use super::check::CheckResult;
use crate::output::{may_write, save};
use gongbao_core::{
    check::CheckContext,
    file,
    finding::{Finding, render_all},
    folder::is_workbook_name,
    form::Form,
    load::Loaded,
    paths::PathExt,
    report::{Report, ReportFile},
    syntax::Format,
    text::visible_path,
};
use gongbao_formats::{
    import::{self, FileKind, Hints, Imported, LARGEST},
    load::{load, load_and_check},
    pdf,
    report_format::ReportFormat,
};

/// A file to be imported.
#[derive(Debug)]
pub struct ImportJob {
    /// The file to be read.
    pub file: PathBuf,
    /// The file to be written.
    pub out: PathBuf,
    /// The format of the file to be written.
    pub format: ReportFormat,
    /// Whether an existing file may be replaced.
    pub force: bool,
    /// Another file of the run with the same `out`.
    pub clash: Option<PathBuf>,
}

/// A finished import.
#[derive(Debug)]
pub struct ImportOutcome {
    /// What was to be done.
    pub job: ImportJob,
    /// How it ended.
    pub state: ImportState,
}

/// How an import ended.
#[derive(Debug)]
pub enum ImportState {
    /// The file is not a report.
    Skipped,
    /// Nothing was written: the reason, in Chinese.
    Failed(String),
    /// A report file or workbook of this program was converted.
    Converted {
        /// The report.
        report: Box<Report>,
        /// Findings about the written file.
        findings: Vec<Finding>,
    },
    /// A foreign file was read as far as it was understood.
    Read {
        /// Type of the foreign file.
        kind: FileKind,
        /// What was understood of it.
        understood: Box<Imported>,
        /// Findings about the written file.
        findings: Vec<Finding>,
    },
}

impl ImportState {
    /// Returns the result of the checks of the written file; `Errors` also if part of the file was not understood,
    /// `Unreadable` if nothing was written.
    pub fn result(&self) -> CheckResult {
        match self {
            Self::Skipped => CheckResult::Passed,
            Self::Failed(_) => CheckResult::Unreadable,
            Self::Converted { findings, .. } => CheckResult::of(findings),
            Self::Read { understood, findings, .. } => {
                let read =
                    if understood.unplaced.is_empty() { CheckResult::Passed } else { CheckResult::Errors };
                read.max(CheckResult::of(findings))
            }
        }
    }
}

impl ImportJob {
    /// Reads the file, writes it as a report, and checks the written file.
    pub fn run(self, hints: &Hints, context: CheckContext<'_>) -> ImportOutcome {
        let state = self.import(hints, context).unwrap_or_else(ImportState::Failed);
        ImportOutcome { job: self, state }
    }

    fn import(&self, hints: &Hints, context: CheckContext<'_>) -> Result<ImportState, String> {
        let name = self.file.to_text();
        let out = visible_path(&self.out);
        if let Some(other) = &self.clash {
            return Err(format!("“{}”也要写成“{out}”。请给其中一个改名", visible_path(other)));
        }
        may_write(&self.out, self.force).map_err(|error| error.to_string())?;
        let bytes = file::read(&self.file, LARGEST).map_err(|error| match error.kind() {
            ErrorKind::FileTooLarge => format!("{error}。请检查是否选错了文件"),
            _ => format!("文件读不出来：{error}。请检查路径"),
        })?;
        let has_data = pdf::is_pdf(&name, &bytes) && pdf::attached(bytes.clone()).is_ok();
        if Format::of_name(&name).is_some() || has_data {
            return self.convert(&name, bytes, context);
        }
        // A workbook of this program is converted; any other workbook is a foreign file.
        if is_workbook_name(&name) {
            let converted = self.convert(&name, bytes.clone(), context)?;
            if !matches!(converted, ImportState::Skipped) {
                return Ok(converted);
            }
        }
        let bytes = import::converted(&name, bytes).map_err(|error| error.to_string())?;
        let kind = import::kind(&name, &bytes).map_err(|error| error.to_string())?;
        let understood = import::read(&name, &bytes, hints).map_err(|error| error.to_string())?;
        let findings = self.write(&understood.report, &understood.form, context)?;
        Ok(ImportState::Read { kind, understood: Box::new(understood), findings })
    }

    /// Converts a file of this program, completely or not at all.
    fn convert(&self, name: &str, bytes: Vec<u8>, context: CheckContext<'_>) -> Result<ImportState, String> {
        let Loaded { file, findings, passed_over } = load(name, Ok(bytes), folder(&self.file), true);
        if passed_over {
            return Ok(ImportState::Skipped);
        }
        // Content that was not read would be missing in the written file.
        let unread: Vec<Finding> =
            findings.into_iter().filter(|finding| finding.concern().loses_content()).collect();
        let Some(ReportFile { mut report, form, .. }) = file.filter(|_| unread.is_empty()) else {
            return Err(format!(
                "文件里有读不成的内容，转换会丢掉它们。请先改正：\n{}",
                render_all(&unread, false)
            ));
        };
        self.rebase_form(&mut report);
        let findings = self.write(&report, &form, context)?;
        Ok(ImportState::Converted { report: Box::new(report), findings })
    }

    /// Makes the path of a user's own form valid in the folder of the written file.
    fn rebase_form(&self, report: &mut Report) {
        let Some(name) = report.form.as_mut().filter(|name| name.to_ascii_lowercase().ends_with(".toml"))
        else {
            return;
        };
        let (from, to) = (folder(&self.file), folder(&self.out));
        if from.canonical().ok() != to.canonical().ok()
            && let Some(path) = file::relative(&from.join(&*name), to)
        {
            *name = path;
        }
    }

    /// Writes the report and returns the findings of all checks of the written file.
    fn write(&self, report: &Report, form: &Form, context: CheckContext<'_>) -> Result<Vec<Finding>, String> {
        let bytes = self.format.encode(report, form).map_err(|error| error.to_string())?;
        save(&self.out, &bytes).map_err(|error| error.to_string())?;
        let name = self.out.to_text();
        Ok(load_and_check(&name, Ok(bytes), folder(&self.out), false, context).findings)
    }
}

/// Returns the folder of a file.
fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
