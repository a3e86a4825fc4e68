//! Paths from the page, restricted to the folder.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{answer::Refusal, trouble};
use crate::output::{LockError, OutputLock, Shard, sweep_below};
use gongbao_core::folder::{self};
use gongbao_core::paths::PathExt;

/// Folder of the server's own files: saved versions and the lock. Files with a leading dot are not reports.
const OWN: &str = ".gongbao";

/// The folder that is served, and the output folder.
pub(super) struct Place {
    folder: PathBuf,
    out: PathBuf,
}

impl Place {
    /// Resolves both folders.
    ///
    /// # Errors
    /// The folder does not exist.
    pub(super) fn new(folder: &Path, out: &Path) -> io::Result<Self> {
        let folder = folder.canonical()?;
        if !folder.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(Self { out: folder.join(out), folder })
    }

    /// Locks the folder: two servers would not see each other's changes in time.
    ///
    /// # Errors
    /// Another server holds the lock, or the folder cannot be written.
    pub(super) fn lock(&self) -> Result<OutputLock, LockError> {
        let lock = OutputLock::acquire(&self.own(), Shard::Whole)?;
        if lock.is_resumed() {
            sweep_below(&self.folder);
        }
        Ok(lock)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn out(&self) -> &Path {
        &self.out
    }

    /// Returns the folder of the server's own files.
    pub(super) fn own(&self) -> PathBuf {
        self.folder.join(OWN)
    }

    /// Returns the path of an existing report.
    pub(super) fn report(&self, relative: &str) -> Result<PathBuf, Refusal> {
        self.named(relative)?;
        let path = existing(&self.folder, relative)?;
        self.is_no_output(relative, &path)?;
        Ok(path)
    }

    /// Returns the path of a report to be created. Its folder must exist.
    pub(super) fn new_report(&self, relative: &str) -> Result<PathBuf, Refusal> {
        self.named(relative)?;
        let path = joined(&self.folder, relative)?;
        let above = path.parent().and_then(|above| above.canonical().ok());
        let path = above.zip(path.file_name()).map_or_else(|| path.clone(), |(above, name)| above.join(name));
        if !path.starts_with(&self.folder) || !path.parent().is_some_and(Path::is_dir) {
            return Err(Refusal::bad(format!("“{relative}”不在打开的文件夹里")));
        }
        self.is_no_output(relative, &path)?;
        Ok(path)
    }

    /// Refuses paths in the output folder, which contains no reports.
    fn is_no_output(&self, relative: &str, path: &Path) -> Result<(), Refusal> {
        let out = self.out.canonical().unwrap_or_else(|_| self.out.clone());
        if path.starts_with(out) {
            return Err(Refusal::bad(format!("“{relative}”在成品的文件夹里，不是报告")));
        }
        Ok(())
    }

    /// Returns the path of an existing output.
    pub(super) fn output(&self, relative: &str) -> Result<PathBuf, Refusal> {
        let out = self.out.canonical().map_err(|_| Refusal::missing("还没有生成过成品"))?;
        existing(&out, relative)
    }

    /// Returns the path of a file relative to the folder, with `/`.
    pub(super) fn relative(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(&self.folder).ok()?;
        let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        parts.map(|parts| parts.join("/"))
    }

    fn named(&self, relative: &str) -> Result<(), Refusal> {
        if folder::may_be_report(relative.rsplit('/').next().unwrap_or_default()) {
            return Ok(());
        }
        Err(Refusal::bad(format!("“{relative}”不是报告文件：名字应以 .toml、.json、.yaml 或 .xlsx 结尾")))
    }
}

/// Returns the canonical path of an existing file. It must lie below `root` after links are resolved.
fn existing(root: &Path, relative: &str) -> Result<PathBuf, Refusal> {
    let path = joined(root, relative)?;
    let found = path.canonical().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => trouble::gone(relative),
        _ => Refusal::failed(format!("“{relative}”读不出来：{error}")),
    })?;
    if !found.starts_with(root) {
        return Err(Refusal::bad(format!("“{relative}”不在打开的文件夹里")));
    }
    if !found.is_file() {
        return Err(Refusal::missing(format!("“{relative}”不是文件")));
    }
    // The canonical path, so that saving replaces the target of a link and not the link.
    Ok(found)
}

/// Joins a relative path of plain names to `root`.
fn joined(root: &Path, relative: &str) -> Result<PathBuf, Refusal> {
    // A colon denotes drives and streams on Windows.
    let is_plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.contains(['\\', ':'])
            && !part.chars().any(char::is_control)
    };
    if !relative.split('/').all(is_plain) {
        return Err(Refusal::bad(format!("“{}”不是这个文件夹里的路径", relative.escape_debug())));
    }
    Ok(relative.split('/').fold(root.to_owned(), |path, part| path.join(part)))
}
