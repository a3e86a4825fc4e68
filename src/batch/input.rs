//! The report files that are named by paths of files and folders.

use std::{
    collections::BTreeMap,
    fmt, io,
    path::{Path, PathBuf},
};

use gongbao_core::{
    file::{self, LARGEST_REPORT},
    folder,
    paths::PathExt,
    text::visible,
};

/// A report file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportInput {
    /// Path of the file; `None` for standard input.
    pub path: Option<PathBuf>,
    /// What the file is called in findings, instead of its path.
    pub shown: Option<String>,
    /// File name without extension; outputs are named after it.
    pub stem: String,
    /// Whether the file was found in a folder. Such a file need not be a report.
    pub found: bool,
}

/// Error from listing report files.
#[derive(Debug)]
#[non_exhaustive]
pub enum InputError {
    /// None of these files and folders contains a report.
    NoReports(Vec<PathBuf>),
    /// A folder cannot be read.
    Folder(PathBuf, io::Error),
    /// Two files with the same stem would have the same outputs.
    SameStem(String, String),
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoReports(paths) => {
                let names: Vec<String> = paths.iter().map(|path| format!("“{}”", path.to_text())).collect();
                write!(
                    f,
                    "在{}里没有找到报告文件（.toml、.json、.yaml、.xlsx）。请检查路径",
                    names.join("、")
                )
            }
            Self::Folder(folder, error) => write!(f, "文件夹“{}”读不出来：{error}", folder.to_text()),
            Self::SameStem(first, second) => {
                let (first, second) = (visible(first), visible(second));
                write!(f, "“{first}”和“{second}”的文件名相同，输出会互相覆盖。请给其中一个改名，或分开生成")
            }
        }
    }
}

impl std::error::Error for InputError {}

impl ReportInput {
    /// Standard input.
    pub fn stdin() -> Self {
        Self { path: None, shown: None, stem: "report".to_owned(), found: false }
    }

    /// A file that the user named.
    pub fn named(path: &Path) -> Self {
        Self { stem: stem(path), path: Some(path.to_owned()), shown: None, found: false }
    }

    /// Returns what the file is called: the path as given, `-` for standard input.
    pub fn name(&self) -> String {
        if let Some(shown) = &self.shown {
            return shown.clone();
        }
        self.path.as_ref().map_or_else(|| "-".to_owned(), |path| path.to_text())
    }

    /// Returns the message that a file found in a folder is not a report and was skipped.
    pub fn skipped_message(&self) -> String {
        let name = visible(&self.name());
        if name.to_ascii_lowercase().ends_with(".pdf") {
            return format!("略过“{name}”：里面没有认出年度报告\n");
        }
        if folder::is_workbook_name(&name) {
            return format!(
                "略过“{name}”：不是本程序的报告工作簿；是别处来的报告的，先用 gongbao import 转换\n"
            );
        }
        format!("略过“{name}”：开头没有 year，不是报告\n")
    }

    /// Returns the folder that relative paths in the report start from.
    pub fn base(&self) -> &Path {
        self.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""))
    }

    /// Reads the file.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        match &self.path {
            Some(path) => {
                if self.found {
                    file::linked_within_reach(path)?;
                }
                if path.is_dir() {
                    // A folder below one that the user named is listed only if it cannot be read.
                    std::fs::read_dir(path).map_err(file::explained)?;
                }
                file::read(path, LARGEST_REPORT)
            }
            None => file::read_stream(io::stdin().lock(), LARGEST_REPORT),
        }
    }

    /// Whether the input is the file at this canonical path.
    pub fn is_file(&self, file: &Path) -> bool {
        self.path.as_ref().and_then(|path| path.canonical().ok()).is_some_and(|path| path == file)
    }
}

/// Lists the reports that paths name: files as they are, folders with everything below them except the output
/// folder `out`; `-` is standard input.
///
/// # Errors
/// A folder cannot be read, or there is no report.
pub fn inputs(paths: &[PathBuf], out: &Path) -> Result<Vec<ReportInput>, InputError> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(ReportInput::stdin());
        } else if path.is_dir() {
            inputs.extend(reports_below(path, out)?);
        } else {
            inputs.push(ReportInput::named(path));
        }
    }
    if inputs.is_empty() { Err(InputError::NoReports(paths.to_vec())) } else { Ok(inputs) }
}

/// Lists all files below a folder that may be reports, sorted by path, except those in the output folder `out`. The
/// list may be empty.
///
/// # Errors
/// A folder cannot be read.
pub fn reports_below(folder: &Path, out: &Path) -> Result<Vec<ReportInput>, InputError> {
    let out = out.canonical().ok();
    let found = folder::reports_below(folder, out.as_deref())
        .map_err(|(folder, error)| InputError::Folder(folder, error))?;
    let input = |path: PathBuf| ReportInput { found: true, ..ReportInput::named(&path) };
    // Reading it as a file ends in a finding that says why; the other folders are read all the same.
    let unreadable = found.unreadable.iter().map(|path| ReportInput::named(path));
    Ok(found.files.into_iter().map(input).chain(unreadable).collect())
}

/// Lists what bodies may have handed in: the files of [`reports_below`], and PDFs that do not accompany one of them.
///
/// # Errors
/// A folder cannot be read.
pub fn submissions_below(folder: &Path, out: &Path) -> Result<Vec<ReportInput>, InputError> {
    let out = out.canonical().ok();
    let is_pdf = |path: &Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
    let accepts = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        folder::may_be_report(&name) || is_pdf(path)
    };
    let found = folder::files_below(folder, out.as_deref(), &accepts)
        .map_err(|(folder, error)| InputError::Folder(folder, error))?;
    let accompanies = |pdf: &Path| {
        let same = |path: &&PathBuf| !is_pdf(path) && path.with_extension("") == pdf.with_extension("");
        found.files.iter().any(|path| same(&path))
    };
    let kept = found.files.iter().filter(|path| !(is_pdf(path) && accompanies(path)));
    let kept = kept.map(|path| ReportInput { found: true, ..ReportInput::named(path) });
    // Reading it as a file ends in a finding that says why.
    Ok(kept.chain(found.unreadable.iter().map(|path| ReportInput::named(path))).collect())
}

/// Checks that no two inputs have the same stem, and with it the same output folder.
///
/// # Errors
/// Two inputs have the same stem.
pub fn distinct(inputs: &[ReportInput]) -> Result<(), InputError> {
    let mut seen: BTreeMap<String, &ReportInput> = BTreeMap::new();
    for input in inputs.iter().filter(|input| !input.path.as_ref().is_some_and(|path| path.is_dir())) {
        // File names on Windows and macOS are case-insensitive, and Windows drops dots and spaces at the end.
        if let Some(other) = seen.insert(input.stem.trim_end_matches(['.', ' ']).to_lowercase(), input) {
            return Err(InputError::SameStem(other.name(), input.name()));
        }
    }
    Ok(())
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
