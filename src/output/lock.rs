//! Exclusive lock on the output folder, and removal of temporary files of an interrupted run.

use std::{
    fmt,
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use super::{Folder, sweep_below};
use gongbao_core::{file, paths::PathExt};

/// The part of a batch that one run builds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shard {
    /// All reports.
    Whole,
    /// One of several parts that run at the same time, on one machine or several.
    Part {
        /// Number of the part, from 0.
        index: usize,
        /// Number of parts.
        of: usize,
    },
}

impl Shard {
    /// Returns the name of a hidden file of the program in the output folder; parts have separate files.
    pub fn file_name(self, what: &str) -> String {
        match self {
            Self::Whole => format!(".gongbao.{what}"),
            Self::Part { index, of } => format!(".gongbao-{index}-{of}.{what}"),
        }
    }
}

/// Exclusive lock on the output folder, released on drop.
///
/// The lock file lies in the folder, so that the lock also excludes runs on other machines that share the drive. The
/// operating system releases the lock of a run that was killed; the file remains and shows that the run was
/// interrupted.
#[derive(Debug)]
pub struct OutputLock {
    out: PathBuf,
    locks: Vec<(PathBuf, File)>,
    /// Lock files of other runs, locked for reading; they are not removed.
    readers: Vec<File>,
    resumed: bool,
}

/// Error from locking an output folder.
#[derive(Debug)]
#[non_exhaustive]
pub enum LockError {
    /// Another run holds the lock on this folder.
    Held(PathBuf),
    /// The lock file at this path cannot be created or locked.
    Io(PathBuf, io::Error),
}

impl fmt::Display for LockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held(out) => {
                write!(f, "另一次运行正在往“{}”里写。请等它结束，或者换一个成品文件夹（-o）", out.to_text())
            }
            Self::Io(path, error) => write!(
                f,
                "“{}”不能使用：{error}。请检查文件夹的权限和磁盘，或者换一个成品文件夹（-o）",
                path.to_text()
            ),
        }
    }
}

impl std::error::Error for LockError {}

impl OutputLock {
    /// Creates the folder if it does not exist, and locks it for the shard.
    ///
    /// # Errors
    /// Another run writes the same files, or the folder cannot be used.
    pub fn acquire(out: &Path, shard: Shard) -> Result<Self, LockError> {
        std::fs::create_dir_all(out).map_err(|error| LockError::Io(out.to_owned(), error))?;
        let mut lock = Self { out: out.to_owned(), locks: Vec::new(), readers: Vec::new(), resumed: false };
        let whole = out.join(Shard::Whole.file_name("lock"));
        match shard {
            Shard::Whole => lock.lock(whole, true)?,
            Shard::Part { .. } => {
                lock.lock(whole, false)?;
                lock.lock(out.join(shard.file_name("lock")), true)?;
            }
        }
        // Also a run that ended in order leaves its temporary file where the system refuses to remove it.
        remove_unfinished_caches(out, &shard.file_name("memory."));
        Ok(lock)
    }

    /// Locks a folder of outputs for reading: no run writes to it meanwhile. Nothing is created.
    ///
    /// # Errors
    /// A run writes to the folder.
    pub fn acquire_for_reading(out: &Path) -> Result<Self, LockError> {
        let mut lock = Self { out: out.to_owned(), locks: Vec::new(), readers: Vec::new(), resumed: false };
        for entry in std::fs::read_dir(out).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if !name.starts_with(".gongbao") || !name.ends_with(".lock") {
                continue;
            }
            // Without a lock file, or without support for locks, nothing can be known.
            let Ok((file, _)) = file::open(&entry.path()) else { continue };
            match file.try_lock_shared() {
                Err(TryLockError::WouldBlock) => return Err(LockError::Held(out.to_owned())),
                Ok(()) => lock.readers.push(file),
                Err(TryLockError::Error(_)) => {}
            }
        }
        Ok(lock)
    }

    /// Whether an earlier run was killed and may have left temporary files.
    pub fn is_resumed(&self) -> bool {
        self.resumed
    }

    fn lock(&mut self, path: PathBuf, exclusive: bool) -> Result<(), LockError> {
        let fail = |error| LockError::Io(path.clone(), error);
        loop {
            let existed = path.exists();
            let file = File::options()
                .create(true)
                .truncate(false)
                .read(true)
                .write(true)
                .open(&path)
                .map_err(fail)?;
            let locked = if exclusive { file.try_lock() } else { file.try_lock_shared() };
            match locked {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(LockError::Held(self.out.clone())),
                // A network drive without support for locks is used without a lock.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(fail(error)),
            }
            // The previous holder may have removed the file between `open` and `try_lock`.
            if is_same(&file, &path) {
                self.resumed |= existed && exclusive;
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

impl Drop for OutputLock {
    fn drop(&mut self) {
        for (path, file) in self.locks.drain(..).rev() {
            // Another part may still hold the shared lock; the last holder removes the file.
            let exclusive = file.unlock().and_then(|()| file.try_lock().map_err(io::Error::from)).is_ok();
            if exclusive {
                let _ = std::fs::remove_file(path);
            }
        }
        // Removes the folder if it is empty: a run without outputs leaves no folder.
        if self.readers.is_empty() {
            let _ = std::fs::remove_dir(&self.out);
        }
    }
}

/// Removes the temporary files of a killed run from the folder of a report. The caller holds the lock.
pub fn remove_temporary_files(folder: &Folder) {
    // The folder of an unsafe stem is another one; nothing is written for it.
    if folder.check().is_ok() {
        sweep_below(folder.root());
    }
}

/// Removes the unfinished cache files of a killed run from the output folder.
fn remove_unfinished_caches(out: &Path, prefix: &str) {
    for entry in std::fs::read_dir(out).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(prefix) && name.ends_with(".tmp") {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
