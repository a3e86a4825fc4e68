//! Which files below a folder may be reports.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::may_be_report;

/// All files below a folder that may be reports, in order; nothing in the folder of the outputs, and nothing that
/// is hidden.
///
/// # Errors
/// A folder cannot be read: which, and why.
pub(crate) fn reports_below(folder: &Path, out: Option<&Path>) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
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
