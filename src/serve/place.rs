//! Paths that the page names, and that lead nowhere but into the folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::answer::Refusal;
use crate::output::{Claim, ClaimError, Share, sweep_in};
use gongbao_core::folder::{self};

/// Where the server keeps what is its own: earlier saves, the lock. Names that begin with a point are no reports.
const OWN: &str = ".gongbao";

/// The folder that is served and the one of its outputs.
pub(super) struct Place {
    folder: PathBuf,
    out: PathBuf,
}

impl Place {
    /// Settles both.
    ///
    /// # Errors
    /// The folder is not there.
    pub(super) fn new(folder: &Path, out: &Path) -> io::Result<Self> {
        let folder = folder.canonicalize()?;
        if !folder.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(Self { out: folder.join(out), folder })
    }

    /// Claims the folder: two servers would not see each other's changes in time.
    ///
    /// # Errors
    /// Another has it, or nothing can be written there.
    pub(super) fn claim(&self) -> Result<Claim, ClaimError> {
        let claim = Claim::take(&self.own(), Share::Whole)?;
        if claim.is_resumed() {
            sweep_in(&self.folder);
        }
        Ok(claim)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn out(&self) -> &Path {
        &self.out
    }

    /// The server's own folder.
    pub(super) fn own(&self) -> PathBuf {
        self.folder.join(OWN)
    }

    /// A report that is there.
    pub(super) fn report(&self, relative: &str) -> Result<PathBuf, Refusal> {
        self.named(relative)?;
        let path = existing(&self.folder, relative)?;
        self.is_no_output(relative, &path)?;
        Ok(path)
    }

    /// A report that is to be made; its folder is there.
    pub(super) fn new_report(&self, relative: &str) -> Result<PathBuf, Refusal> {
        self.named(relative)?;
        let path = joined(&self.folder, relative)?;
        let above = path.parent().and_then(|above| above.canonicalize().ok());
        let path = above.zip(path.file_name()).map_or_else(|| path.clone(), |(above, name)| above.join(name));
        if !path.starts_with(&self.folder) || !path.parent().is_some_and(Path::is_dir) {
            return Err(Refusal::bad(format!("“{relative}”不在打开的文件夹里")));
        }
        self.is_no_output(relative, &path)?;
        Ok(path)
    }

    /// What is made of reports is no report.
    fn is_no_output(&self, relative: &str, path: &Path) -> Result<(), Refusal> {
        let out = self.out.canonicalize().unwrap_or_else(|_| self.out.clone());
        if path.starts_with(out) {
            return Err(Refusal::bad(format!("“{relative}”在成品的文件夹里，不是报告")));
        }
        Ok(())
    }

    /// An output that is there.
    pub(super) fn output(&self, relative: &str) -> Result<PathBuf, Refusal> {
        let out = self.out.canonicalize().map_err(|_| Refusal::missing("还没有生成过成品"))?;
        existing(&out, relative)
    }

    /// The path of a file as the page names it.
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

/// A file that is there, below `root` even where links lead on.
fn existing(root: &Path, relative: &str) -> Result<PathBuf, Refusal> {
    let path = joined(root, relative)?;
    let found = fs::canonicalize(&path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Refusal::missing(format!("没有“{relative}”这个文件，可能已经改名或移走")),
        _ => Refusal::failed(format!("“{relative}”读不出来：{error}")),
    })?;
    if !found.starts_with(root) {
        return Err(Refusal::bad(format!("“{relative}”不在打开的文件夹里")));
    }
    if !found.is_file() {
        return Err(Refusal::missing(format!("“{relative}”不是文件")));
    }
    // A link within the folder is followed, so that what is saved takes the place of the file, not of the link.
    Ok(found)
}

/// The path below `root`, made of plain names only.
fn joined(root: &Path, relative: &str) -> Result<PathBuf, Refusal> {
    // A colon leads to drives and streams of Windows.
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
