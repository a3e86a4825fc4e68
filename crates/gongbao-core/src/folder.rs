//! Report files in directories, recognised by name.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{file::explained, paths::PathExt, syntax::Format};

/// Whether a file name is that of a workbook.
pub fn is_workbook_name(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("xlsx"))
}

/// Whether a file found in a directory may be a report, by its name. Hidden files, lock files of office programs and the
/// program's own files are not.
pub fn may_be_report(name: &str) -> bool {
    let is_ours = ["manifest.json", "gongbao.toml"].iter().any(|own| name.eq_ignore_ascii_case(own));
    !name.starts_with('.')
        && !name.starts_with("~$")
        && !is_ours
        && (Format::of_name(name).is_some() || is_workbook_name(name))
}

/// Files of a directory that may be reports, sorted; none where it cannot be read.
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

/// Files below a directory that may be reports.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, sorted.
    pub files: Vec<PathBuf>,
    /// The directories below it that cannot be read, sorted.
    pub unreadable: Vec<PathBuf>,
}

/// All files below a directory that may be reports. Hidden directories and the output directory `out` are skipped; a
/// directory that cannot be read is listed and does not hide the others.
///
/// # Errors
/// The directory itself cannot be read: its path and the cause.
pub fn reports_below(folder: &Path, out: Option<&Path>) -> Result<Found, (PathBuf, io::Error)> {
    files_below(folder, out, &|path| may_be_report(&path.file_name().unwrap_or_default().to_string_lossy()))
}

/// All files below a directory that `accepts` accepts, sorted. Hidden files and directories, lock files of office programs
/// and the output directory `out` are skipped.
///
/// # Errors
/// The directory itself cannot be read: its path and the cause.
pub fn files_below(
    folder: &Path,
    out: Option<&Path>,
    accepts: &dyn Fn(&Path) -> bool,
) -> Result<Found, (PathBuf, io::Error)> {
    let mut found = Found::default();
    collect(folder, out, accepts, &mut found).map_err(|error| (folder.to_owned(), explained(error)))?;
    found.files.sort();
    found.unreadable.sort();
    Ok(found)
}

fn collect(
    folder: &Path,
    out: Option<&Path>,
    accepts: &dyn Fn(&Path) -> bool,
    found: &mut Found,
) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || name.starts_with("~$") {
            continue;
        }
        // A symbolic link to a parent directory would never end.
        let is_link = path.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
        if path.is_dir() {
            let is_out = out.is_some_and(|out| path.canonical().is_ok_and(|path| path == out));
            if !is_out && !is_link && collect(&path, out, accepts, found).is_err() {
                found.unreadable.push(path);
            }
        } else if accepts(&path) {
            found.files.push(path);
        }
    }
    Ok(())
}
