//! Paths that stand in a report: its form, the reports it sums up.
//!
//! A report comes from somebody else. A path in it is relative and leads, links resolved, to a file below the folder of
//! the report or below the root of the run: the folder that holds everything the user named.

use crate::paths::PathExt;
use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
};

use super::is_device_name;

/// The root of the run.
static ROOT: RwLock<Option<PathBuf>> = RwLock::new(None);

/// Sets the root of the run, a canonical path; `None` restricts the paths in a report to its own folder. A folder without
/// a parent is no root: everything lies below it.
pub fn set_root(root: Option<PathBuf>) {
    let root = root.filter(|root| root.parent().is_some());
    *ROOT.write().unwrap_or_else(PoisonError::into_inner) = root;
}

fn root() -> Option<PathBuf> {
    ROOT.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Error from a path in a report.
#[derive(Debug)]
#[non_exhaustive]
pub enum PathError {
    /// It is absolute, names a drive or another machine, or a device.
    NotRelative,
    /// It leads out of the folders that a report may refer to.
    Outside,
    /// The file cannot be found.
    Io(io::Error),
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRelative => f.write_str("报告里的路径要从报告所在的文件夹写起，不能是绝对路径、网络路径或设备"),
            Self::Outside => f.write_str(
                "它在允许的文件夹以外：报告里的路径只能指向报告所在的文件夹、当前文件夹和命令行里各文件共同所在的文件夹里的文件",
            ),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PathError {}

impl From<PathError> for io::Error {
    fn from(error: PathError) -> Self {
        match error {
            PathError::Io(error) => error,
            other => Self::new(io::ErrorKind::PermissionDenied, other.to_string()),
        }
    }
}

/// Returns the canonical path of the file that `written` names in a report whose folder is `base`.
///
/// # Errors
/// The path may not stand in a report, leads out, or the file does not exist. Nothing outside is touched before the path
/// is refused.
pub fn reachable(base: &Path, written: &str) -> Result<PathBuf, PathError> {
    if !is_relative(written) {
        return Err(PathError::NotRelative);
    }
    let here = if base.as_os_str().is_empty() { Path::new(".") } else { base };
    let base = planned(here)?;
    let root = root();
    let within = |path: &Path| path.starts_with(&base) || is_below(path, &base, root.as_deref());
    if !within(&joined(&base, written)) {
        return Err(PathError::Outside);
    }
    // Through a folder that does not exist yet, no path leads up.
    let path = canonical(&if here.is_dir() { here.join(written) } else { joined(&base, written) })?;
    if within(&path) { Ok(path) } else { Err(PathError::Outside) }
}

/// Checks that a file found in a folder of the user's, if it is a symbolic link, leads to a file that reports of that
/// folder may refer to.
///
/// # Errors
/// It leads out, or nowhere.
pub fn linked_within_reach(path: &Path) -> Result<(), PathError> {
    if !path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (folder, target) = (canonical(folder)?, canonical(path)?);
    let within = target.starts_with(&folder) || is_below(&target, &folder, root().as_deref());
    if within { Ok(()) } else { Err(PathError::Outside) }
}

/// Returns a path as it is written in a report that lies in `folder`: relative, with `/`; `None` if there is no such
/// path, for example on another drive.
pub fn relative(path: &Path, folder: &Path) -> Option<String> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (path, folder) = (path.canonical().ok()?, planned(here).ok()?);
    let common = path.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    // Another drive has nothing in common.
    if common == 0 {
        return None;
    }
    let up = folder.components().skip(common).map(|_| "..".to_owned());
    let down = path.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    Some(up.chain(down).collect::<Vec<_>>().join("/"))
}

/// Whether a path lies below the root of the run, and the report does, too.
fn is_below(path: &Path, base: &Path, root: Option<&Path>) -> bool {
    root.is_some_and(|root| base.starts_with(root) && path.starts_with(root))
}

/// The canonical path of a folder that need not exist yet.
fn planned(folder: &Path) -> Result<PathBuf, PathError> {
    match canonical(folder) {
        Err(PathError::Io(error)) if error.kind() == io::ErrorKind::NotFound => {
            let (Some(above), Some(name)) = (folder.parent(), folder.file_name()) else {
                return Err(PathError::Io(error));
            };
            let above = if above.as_os_str().is_empty() { Path::new(".") } else { above };
            Ok(planned(above)?.join(name))
        }
        found => found,
    }
}

fn canonical(path: &Path) -> Result<PathBuf, PathError> {
    path.canonical().map_err(|error| PathError::Io(super::explained(error)))
}

/// Whether a path is relative on every system, and names no device.
fn is_relative(written: &str) -> bool {
    let drive = written.as_bytes().get(1) == Some(&b':');
    let parts = || written.split(['/', '\\']);
    !written.is_empty()
        && !drive
        && !written.starts_with(['/', '\\'])
        && !written.contains('\0')
        && Path::new(written).is_relative()
        && parts().all(|part| !is_device_name(part))
}

/// Joins a relative path to a canonical one by its words alone, without looking at the disk.
fn joined(base: &Path, written: &str) -> PathBuf {
    let mut path = base.to_owned();
    for part in written.split(|c| c == '/' || (cfg!(windows) && c == '\\')) {
        match part {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            name => path.push(name),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_paths_of_every_system_are_no_paths_of_a_report() {
        for written in
            ["", "/etc/passwd", "\\\\server\\share\\a", "//server/share", "C:\\a", "c:a", "nul", "a/CON.toml"]
        {
            assert!(!is_relative(written), "{written}");
        }
        for written in ["a.toml", "../a.toml", "甲/乙.toml", "a b.toml"] {
            assert!(is_relative(written), "{written}");
        }
    }
}
