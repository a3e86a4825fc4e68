//! What a report is written as: the ending of the file's name says.

use std::path::Path;

use super::Failure;
use gongbao_core::{
    folder::is_workbook_name,
    form::Form,
    report::{Report, Scope, to_text},
    syntax::Format,
};
use gongbao_formats::workbook;

/// Whether a file may be written: what is there stays there, unless it was asked for.
///
/// # Errors
/// It is there already.
pub(super) fn may_write(out: &Path, force: bool) -> Result<(), Failure> {
    if force || !out.exists() {
        return Ok(());
    }
    let out = out.display();
    Err(Failure(format!("“{out}”已经有了，没有改动。换一个文件名，或者加 --force 换掉它")))
}

/// A kind of file that a report can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A workbook.
    Workbook,
    /// TOML, JSON or YAML.
    Text(Format),
}

impl Kind {
    /// What a file's name says.
    ///
    /// # Errors
    /// It has none of the endings.
    pub(super) fn of(path: &Path) -> Result<Self, Failure> {
        let name = path.display().to_string();
        Self::of_name(&name).ok_or_else(|| {
            Failure(format!("不知道“{name}”要写成什么：文件名请以 .toml、.yaml、.json 或 .xlsx 结尾"))
        })
    }

    /// The same, `None` for an ending that is none of ours.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        if is_workbook_name(name) { Some(Self::Workbook) } else { Format::of_name(name).map(Self::Text) }
    }

    /// A report as such a file; nothing of it is lost.
    ///
    /// # Errors
    /// It does not fit.
    pub(super) fn bytes(self, report: &Report, form: &Form) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Workbook => Ok(workbook::write(report, form)?),
            Self::Text(format) => Ok(to_text(report, form, Scope::Office, format).into_bytes()),
        }
    }
}
