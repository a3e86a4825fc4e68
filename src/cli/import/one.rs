//! One file from what it is to what it becomes.

use std::path::{Path, PathBuf};

use crate::{
    cli::{
        Outcome,
        check::outcome,
        kinds::{Kind, may_write},
    },
    output::save,
};
use gongbao_core::{
    check::CheckContext,
    finding::{Finding, render_all},
    folder::is_workbook_name,
    form::Form,
    load::Loaded,
    report::{Report, ReportFile},
    syntax::Format,
};
use gongbao_formats::{
    import::{self, FileKind, Hints, Imported, LARGEST},
    load::{load, load_and_check},
};

/// A file to be read, and where it is to be written.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) file: PathBuf,
    pub(super) out: PathBuf,
    pub(super) kind: Kind,
    /// Whether what stands there may be replaced.
    pub(super) force: bool,
    /// Another file of the run that is to be written there.
    pub(super) clash: Option<PathBuf>,
}

/// What came of it.
#[derive(Debug)]
pub(super) struct One {
    pub(super) job: Job,
    pub(super) state: State,
}

#[derive(Debug)]
pub(super) enum State {
    /// It was none of the files that hold reports.
    PassedOver,
    /// It was not carried out, with the reason.
    Failed(String),
    /// Our own file, written in another notation.
    Converted { report: Box<Report>, findings: Vec<Finding> },
    /// Somebody else's file, as far as it was understood.
    Read { kind: FileKind, understood: Box<Imported>, findings: Vec<Finding> },
}

impl One {
    /// How it ended.
    pub(super) fn outcome(&self) -> Outcome {
        match &self.state {
            State::PassedOver => Outcome::Done,
            State::Failed(_) => Outcome::Failed,
            State::Converted { findings, .. } => outcome(findings),
            State::Read { understood, findings, .. } => {
                let placed = if understood.unplaced.is_empty() { Outcome::Done } else { Outcome::Errors };
                placed.max(outcome(findings))
            }
        }
    }
}

impl Job {
    /// Reads the file, writes what it says, and checks what was written.
    pub(super) fn run(self, hints: &Hints, against: CheckContext<'_>) -> One {
        let state = self.carry_out(hints, against).unwrap_or_else(State::Failed);
        One { job: self, state }
    }

    fn carry_out(&self, hints: &Hints, against: CheckContext<'_>) -> Result<State, String> {
        let name = self.file.display().to_string();
        let out = self.out.display();
        if let Some(other) = &self.clash {
            return Err(format!("“{}”也要写成“{out}”。请给其中一个改名", other.display()));
        }
        may_write(&self.out, self.force).map_err(|failure| failure.0)?;
        let size = std::fs::metadata(&self.file).map_or(0, |meta| meta.len());
        if size > LARGEST {
            return Err(format!(
                "文件有{}兆字节，超过了{}兆字节的上限。请检查是否选错了文件",
                size >> 20,
                LARGEST >> 20
            ));
        }
        let bytes =
            std::fs::read(&self.file).map_err(|error| format!("文件读不出来：{error}。请检查路径"))?;
        let is_pdf_of_ours = gongbao_formats::pdf::is_pdf(&name, &bytes)
            && gongbao_formats::pdf::attached(bytes.clone()).is_ok();
        if Format::of_name(&name).is_some() || is_pdf_of_ours {
            return self.convert(&name, bytes, against);
        }
        // A workbook of ours is one of our own files; any other is somebody else's.
        if is_workbook_name(&name) {
            let own = self.convert(&name, bytes.clone(), against)?;
            if !matches!(own, State::PassedOver) {
                return Ok(own);
            }
        }
        let kind = import::kind(&name, &bytes).map_err(|error| error.to_string())?;
        let understood = import::read(&name, &bytes, hints).map_err(|error| error.to_string())?;
        let findings = self.write(&understood.report, &understood.form, against)?;
        Ok(State::Read { kind, understood: Box::new(understood), findings })
    }

    /// Our own file: all of it, or nothing.
    fn convert(&self, name: &str, bytes: Vec<u8>, against: CheckContext<'_>) -> Result<State, String> {
        let Loaded { file, findings, passed_over } = load(name, Ok(bytes), folder(&self.file), true);
        if passed_over {
            return Ok(State::PassedOver);
        }
        // What reading refused would be lost.
        let refused: Vec<Finding> =
            findings.into_iter().filter(|finding| finding.concern().loses_content()).collect();
        let Some(ReportFile { mut report, form, .. }) = file.filter(|_| refused.is_empty()) else {
            return Err(format!(
                "文件里有读不成的内容，转换会丢掉它们。请先改正：\n{}",
                render_all(&refused, false)
            ));
        };
        self.keep_form(&mut report);
        let findings = self.write(&report, &form, against)?;
        Ok(State::Converted { report: Box::new(report), findings })
    }

    /// A form of the user's own is named from the folder of the file that names it.
    fn keep_form(&self, report: &mut Report) {
        let Some(name) = report.form.as_mut().filter(|name| name.to_ascii_lowercase().ends_with(".toml"))
        else {
            return;
        };
        let (from, to) = (folder(&self.file), folder(&self.out));
        if from.canonicalize().ok() != to.canonicalize().ok()
            && let Ok(path) = from.join(&*name).canonicalize()
        {
            *name = path.display().to_string().replace('\\', "/");
        }
    }

    /// Writes the report, and holds what was written against all that a check does.
    fn write(&self, report: &Report, form: &Form, against: CheckContext<'_>) -> Result<Vec<Finding>, String> {
        let bytes = self.kind.bytes(report, form).map_err(|failure| failure.0)?;
        save(&self.out, &bytes).map_err(|error| error.to_string())?;
        let name = self.out.display().to_string();
        Ok(load_and_check(&name, Ok(bytes), folder(&self.out), false, against).findings)
    }
}

/// The folder of a file.
fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
