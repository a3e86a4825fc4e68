//! From a file's bytes to a report and the findings of reading and checking.

use std::{io, path::Path, sync::Arc};

use crate::{
    finding::{Finding, Message, Rule, Severity},
    report::{self, Reading, ReportFile},
    syntax::{self, Format},
};

/// A report file that was read, and possibly checked.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The report, as far as it could be understood.
    pub file: Option<ReportFile>,
    /// Findings of reading in the order of the file, then those of the checks.
    pub findings: Vec<Finding>,
    /// Whether the file, found in a folder, is not a report at all.
    pub passed_over: bool,
}

/// A function that reads a report file of any format: name as given, bytes, base folder for relative paths,
/// and whether the file was found in a folder (and not named by the user).
pub type Loader = fn(&str, io::Result<Vec<u8>>, &Path, bool) -> Loaded;

impl Loaded {
    /// A file that could not be read.
    pub fn failed(findings: Vec<Finding>) -> Self {
        Self { findings, ..Self::default() }
    }

    /// A file that is not a report.
    pub fn passed_over() -> Self {
        Self { passed_over: true, ..Self::default() }
    }
}

impl From<Reading> for Loaded {
    fn from(Reading { file, findings }: Reading) -> Self {
        Self { file, findings, passed_over: false }
    }
}

/// Reads a report file in TOML, JSON or YAML.
///
/// The arguments are those of [`Loader`]. A file with the name `-` is TOML or JSON. A file that was found in a
/// folder and has no `year` at its top is passed over.
pub fn load_text(name: &str, bytes: io::Result<Vec<u8>>, base: &Path, found: bool) -> Loaded {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return Loaded::failed(vec![unreadable(name, format!("文件读不出来：{error}"))]),
    };
    load_text_as(name, &bytes, None, base, found)
}

/// Reads a report from text in a known format; without one the format follows from the name.
pub fn load_text_as(name: &str, bytes: &[u8], format: Option<Format>, base: &Path, found: bool) -> Loaded {
    let source = match syntax::open(name, bytes) {
        Ok(source) => Arc::new(source),
        Err(finding) => return Loaded::failed(vec![finding]),
    };
    let format = match format.or_else(|| Format::of_name(name)) {
        Some(format) => format,
        None if name == "-" => Format::sniff(&source.text),
        None => {
            let message =
                "不知道这是什么文件：报告文件的名字以 .toml、.json、.yaml、.yml 或 .xlsx 结尾，或者是 .pdf";
            return Loaded::failed(vec![unreadable(name, message)]);
        }
    };
    let root = match syntax::parse(&source, format) {
        Ok(root) => root,
        Err(findings) => return Loaded::failed(findings),
    };
    if found && !report::is_report(&root) {
        return Loaded::passed_over();
    }
    match report::read(&source, &root, base) {
        Ok(reading) => reading.into(),
        Err(error) => Loaded::failed(vec![unreadable(name, error.to_string())]),
    }
}

/// A finding that the file as a whole cannot be read.
pub fn unreadable(name: &str, message: impl Into<Message>) -> Finding {
    let mut finding = Finding::new(Rule::Unreadable, Severity::Error, "", message);
    name.clone_into(&mut finding.file);
    finding
}
