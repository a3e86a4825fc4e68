//! The file formats that a report can be written as, selected by file extension.

use std::{fmt, path::Path};

use gongbao_core::{
    folder::is_workbook_name,
    form::Form,
    paths::PathExt,
    report::{Report, Scope, to_text},
    syntax::Format,
};

use crate::workbook::{self, WorkbookError};

/// A file format for reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// The workbook (`.xlsx`).
    Workbook,
    /// TOML, JSON or YAML.
    Text(Format),
}

/// Error from a file name with an unsupported extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsupportedExtension {
    name: String,
}

impl fmt::Display for UnsupportedExtension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        write!(f, "不知道“{name}”要写成什么：文件名请以 .toml、.yaml、.json 或 .xlsx 结尾")
    }
}

impl std::error::Error for UnsupportedExtension {}

impl ReportFormat {
    /// Returns the format of a path.
    ///
    /// # Errors
    /// The extension is not supported.
    pub fn of(path: &Path) -> Result<Self, UnsupportedExtension> {
        let name = path.to_text();
        Self::of_name(&name).ok_or(UnsupportedExtension { name })
    }

    /// Returns the format of a file name, `None` for an unsupported extension.
    pub fn of_name(name: &str) -> Option<Self> {
        if is_workbook_name(name) { Some(Self::Workbook) } else { Format::of_name(name).map(Self::Text) }
    }

    /// Encodes a report with everything it contains, fields for internal use included.
    ///
    /// # Errors
    /// The report does not fit into a workbook.
    pub fn encode(self, report: &Report, form: &Form) -> Result<Vec<u8>, WorkbookError> {
        match self {
            Self::Workbook => workbook::write(report, form),
            Self::Text(format) => Ok(to_text(report, form, Scope::Office, format).into_bytes()),
        }
    }
}
