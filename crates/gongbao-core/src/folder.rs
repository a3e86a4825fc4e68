//! Report files in folders, by their names.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::syntax::Format;

/// Whether a file is a workbook by its name.
pub fn is_workbook_name(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("xlsx"))
}

/// Whether a file found in a folder may be a report, by its name: not what is hidden, an office program's lock,
/// or one of the program's own files.
pub fn may_be_report(name: &str) -> bool {
    let is_ours = ["manifest.json", "gongbao.toml"].iter().any(|own| name.eq_ignore_ascii_case(own));
    !name.starts_with('.')
        && !name.starts_with("~$")
        && !is_ours
        && (Format::of_name(name).is_some() || is_workbook_name(name))
}

/// The files of a folder that may be reports, in order; none where it cannot be read.
pub fn reports_in(folder: &Path) -> Vec<PathBuf> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(here).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .filter(|entry| may_be_report(&entry.file_name().to_string_lossy()))
        .map(|entry| folder.join(entry.file_name()))
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// All files below a folder that may be reports, in order; nothing in the folder of the outputs, and nothing that
/// is hidden.
///
/// # Errors
/// A folder cannot be read: which, and why.
pub fn reports_below(folder: &Path, out: Option<&Path>) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let mut found = Vec::new();
    collect(folder, out, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, out: Option<&Path>, found: &mut Vec<PathBuf>) -> Result<(), (PathBuf, io::Error)> {
    let fail = |error: io::Error| (folder.to_owned(), error);
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        // A link back to a folder above would never end.
        let is_link = path.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
        if path.is_dir() {
            let is_out = out.is_some_and(|out| path.canonicalize().is_ok_and(|path| path == out));
            if !is_out && !is_link {
                collect(&path, out, found)?;
            }
        } else if may_be_report(&name) {
            found.push(path);
        }
    }
    Ok(())
}
