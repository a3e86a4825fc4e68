//! Which reports the FILE arguments name.

use std::{
    collections::BTreeMap,
    io::Read,
    path::{Path, PathBuf},
};

use super::Failure;
use gongbao_core::folder::{self};

/// A report to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Input {
    /// The file; `None` is standard input.
    pub(super) path: Option<PathBuf>,
    /// What its outputs are named after.
    pub(super) stem: String,
    /// Whether it was found in a folder, where a file need not be a report.
    pub(super) found: bool,
}

impl Input {
    /// The file as it was given, for messages.
    pub(super) fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| "-".to_owned(), |path| path.display().to_string())
    }

    /// That it was found in a folder and is no report.
    pub(super) fn told_passed_over(&self) -> String {
        let name = self.name();
        if folder::is_workbook_name(&name) {
            return format!(
                "略过“{name}”：不是本程序的报告工作簿；是别处来的报告的，先用 gongbao import 转换\n"
            );
        }
        format!("略过“{name}”：开头没有 year，不是报告\n")
    }

    /// The folder against which the report's own paths are read.
    pub(super) fn base(&self) -> &Path {
        self.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""))
    }

    /// The file's bytes.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn bytes(&self) -> std::io::Result<Vec<u8>> {
        match &self.path {
            Some(path) => std::fs::read(path),
            None => {
                let mut bytes = Vec::new();
                std::io::stdin().lock().read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

/// The reports that the arguments name: files as they are, folders with all below them.
///
/// # Errors
/// A file or folder is not there, there is no report, or two have one stem.
pub(super) fn inputs(files: &[PathBuf], out: &Path) -> Result<Vec<Input>, Failure> {
    let mut inputs = Vec::new();
    let out = out.canonicalize().ok();
    for file in files {
        if file.as_os_str() == "-" {
            inputs.push(Input { path: None, stem: "report".to_owned(), found: false });
        } else if file.is_dir() {
            inputs.extend(below(file, out.as_deref())?);
        } else {
            inputs.push(Input { stem: stem(file), path: Some(file.clone()), found: false });
        }
    }
    if inputs.is_empty() {
        let names: Vec<String> = files.iter().map(|file| format!("“{}”", file.display())).collect();
        return Err(Failure(format!(
            "在{}里没有找到报告文件（.toml、.json、.yaml、.xlsx）。请检查路径",
            names.join("、")
        )));
    }
    Ok(inputs)
}

/// All files below a folder that may be reports, in order; there may be none.
///
/// # Errors
/// A folder cannot be read.
pub(super) fn below(folder: &Path, out: Option<&Path>) -> Result<Vec<Input>, Failure> {
    let found = folder::reports_below(folder, out)
        .map_err(|(folder, error)| Failure(format!("文件夹“{}”读不出来：{error}", folder.display())))?;
    let input = |path: PathBuf| Input { stem: stem(&path), path: Some(path), found: true };
    Ok(found.into_iter().map(input).collect())
}

/// Refuses reports whose outputs would fall into one folder.
///
/// # Errors
/// Two have one stem.
pub(super) fn distinct(inputs: &[Input]) -> Result<(), Failure> {
    let mut seen: BTreeMap<String, &Input> = BTreeMap::new();
    for input in inputs {
        // Windows and macOS tell no difference between A and a.
        if let Some(other) = seen.insert(input.stem.to_lowercase(), input) {
            return Err(Failure(format!(
                "“{}”和“{}”的文件名相同，输出会互相覆盖。请给其中一个改名，或分开生成",
                other.name(),
                input.name()
            )));
        }
    }
    Ok(())
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
