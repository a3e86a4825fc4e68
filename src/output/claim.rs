//! A run's claim on its output folder: two runs that write the same files exclude each other.

use std::{
    fmt,
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use super::Folder;

/// How much of a folder a run writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Everything.
    Whole,
    /// One of several parts that go on side by side.
    Part {
        /// Which, from 0.
        index: usize,
        /// Of how many.
        of: usize,
    },
}

impl Share {
    /// The name of a file of the run's own in the output folder.
    pub fn file_name(self, what: &str) -> String {
        match self {
            Self::Whole => format!(".gongbao.{what}"),
            Self::Part { index, of } => format!(".gongbao-{index}-{of}.{what}"),
        }
    }
}

/// A claim, given up when it is dropped. It lies in the folder itself, so that it also holds between two
/// computers that share a drive; a run that was killed leaves its file behind, but no claim.
#[derive(Debug)]
pub struct Claim {
    out: PathBuf,
    locks: Vec<(PathBuf, File)>,
    resumed: bool,
}

/// Why a folder cannot be claimed.
#[derive(Debug)]
pub enum ClaimError {
    /// Another run has it.
    Taken(PathBuf),
    /// The file cannot be made.
    Io(PathBuf, io::Error),
}

impl fmt::Display for ClaimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken(out) => {
                write!(f, "另一次运行正在往“{}”里写。请等它结束，或者换一个成品文件夹（-o）", out.display())
            }
            Self::Io(path, error) => write!(
                f,
                "“{}”不能使用：{error}。请检查文件夹的权限和磁盘，或者换一个成品文件夹（-o）",
                path.display()
            ),
        }
    }
}

impl std::error::Error for ClaimError {}

impl Claim {
    /// Claims a folder.
    ///
    /// # Errors
    /// Another run has claimed what this one would write, or the folder cannot be used.
    pub fn take(out: &Path, share: Share) -> Result<Self, ClaimError> {
        std::fs::create_dir_all(out).map_err(|error| ClaimError::Io(out.to_owned(), error))?;
        let mut claim = Self { out: out.to_owned(), locks: Vec::new(), resumed: false };
        let whole = out.join(Share::Whole.file_name("lock"));
        match share {
            Share::Whole => claim.lock(whole, true)?,
            Share::Part { .. } => {
                claim.lock(whole, false)?;
                claim.lock(out.join(share.file_name("lock")), true)?;
            }
        }
        if claim.resumed {
            sweep_own(out, &share.file_name("memory."));
        }
        Ok(claim)
    }

    /// Whether a run before it was killed and may have left things behind.
    pub fn is_resumed(&self) -> bool {
        self.resumed
    }

    fn lock(&mut self, path: PathBuf, alone: bool) -> Result<(), ClaimError> {
        let fail = |error| ClaimError::Io(path.clone(), error);
        loop {
            let was_there = path.exists();
            let file = File::options()
                .create(true)
                .truncate(false)
                .read(true)
                .write(true)
                .open(&path)
                .map_err(fail)?;
            let locked = if alone { file.try_lock() } else { file.try_lock_shared() };
            match locked {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(ClaimError::Taken(self.out.clone())),
                // A drive that knows no locks must still be of use.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(fail(error)),
            }
            // Whoever had it may have taken the file away between opening and locking.
            if is_same(&file, &path) {
                self.resumed |= was_there && alone;
                self.locks.push((path, file));
                return Ok(());
            }
        }
    }
}

#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let of = |metadata: io::Result<std::fs::Metadata>| metadata.ok().map(|it| (it.dev(), it.ino()));
    of(file.metadata()) == of(std::fs::metadata(path))
}

#[cfg(not(unix))]
fn is_same(_: &File, path: &Path) -> bool {
    path.exists()
}

impl Drop for Claim {
    fn drop(&mut self) {
        for (path, file) in self.locks.drain(..).rev() {
            // Another part may still hold the common one: only who can have it alone takes it away.
            let alone = file.unlock().and_then(|()| file.try_lock().map_err(io::Error::from)).is_ok();
            if alone {
                let _ = std::fs::remove_file(path);
            }
        }
        // A run that wrote nothing leaves nothing.
        let _ = std::fs::remove_dir(&self.out);
    }
}

/// Takes away what a killed run was writing in a report's folder. Nobody else may be writing there.
pub fn sweep(folder: &Folder) {
    for place in [folder.root().to_owned(), folder.path("public"), folder.path("filing")] {
        sweep_in(&place);
    }
}

/// The same for one folder, whatever it holds.
pub fn sweep_in(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(".gongbao-") && name.ends_with(".tmp") {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Takes away what a killed run was writing in the output folder itself.
fn sweep_own(out: &Path, prefix: &str) {
    for entry in std::fs::read_dir(out).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(prefix) && name.ends_with(".tmp") {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
