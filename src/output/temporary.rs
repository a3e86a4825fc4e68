//! Temporary files: they are as private as the file that they replace, and those of a killed run are removed.

use std::{
    collections::BTreeSet,
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use tempfile::{Builder, NamedTempFile, TempDir};

/// Beginning and end of the names of all temporary files and folders.
const PREFIX: &str = ".gongbao-";
const SUFFIX: &str = ".tmp";

/// File in a temporary folder by whose lock others see that it is in use.
const IN_USE: &str = ".lock";

/// Number of times that a temporary file is created anew if another run takes it for a leftover in the moment between
/// its creation and its lock.
const TRIES: usize = 8;

/// Permissions of a new output: published files must be readable by the web server.
#[cfg(unix)]
const NEW: u32 = 0o644;

/// Creates the temporary file that will replace `path`, in the same folder, with the owner, group and permissions of the
/// present file. Leftovers of killed runs in the folder are removed.
///
/// # Errors
/// The file cannot be created.
pub(super) fn temporary_for(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sweep_once(folder);
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for _ in 0..TRIES {
        let temporary = builder(path).tempfile_in(folder)?;
        // The lock shows that the file is in use; it ends with the process. Without support for locks there is none.
        match temporary.as_file().try_lock() {
            Err(std::fs::TryLockError::WouldBlock) => continue,
            Ok(()) | Err(std::fs::TryLockError::Error(_)) => {}
        }
        if !temporary.path().exists() {
            last = io::ErrorKind::NotFound.into();
            continue;
        }
        keep_owner(path, temporary.as_file())?;
        return Ok(temporary);
    }
    Err(last)
}

fn builder(path: &Path) -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Never wider than the file will be, even for a moment; `keep_owner` completes them.
        let mode = if path.symlink_metadata().is_ok() { 0o600 } else { NEW };
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = path;
    builder
}

/// Gives a temporary file the owner, group and permissions of the file that it will replace.
///
/// Only a system administrator may give files away. Where the owner cannot be kept, the group still may; where the group
/// cannot be kept, the new group gets no more than everybody had.
#[cfg(unix)]
fn keep_owner(path: &Path, temporary: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let Ok(old) = path.metadata() else { return Ok(()) };
    let new = temporary.metadata()?;
    let mut mode = old.mode() & 0o777;
    if old.uid() != new.uid() {
        let _ = fchown(temporary, Some(old.uid()), None);
    }
    if old.gid() != new.gid() && fchown(temporary, None, Some(old.gid())).is_err() {
        mode = (mode & 0o707) | ((mode & 0o007) << 3);
    }
    temporary.set_permissions(std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}

/// Creates a folder and those above it. A folder that does not exist yet is as private as the file `like`.
///
/// # Errors
/// The folder cannot be created.
pub(crate) fn create_folder_like(folder: &Path, like: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        std::fs::create_dir_all(above)?;
    }
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, MetadataExt};
        // Who may read the file may enter the folder.
        let mode = like.metadata().map_or(0o777, |like| like.mode() & 0o777);
        builder.mode(0o700 | mode | ((mode & 0o444) >> 2));
    }
    #[cfg(not(unix))]
    let _ = like;
    match builder.create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        created => created,
    }
}

/// A temporary folder that others do not take for a leftover.
#[derive(Debug)]
pub(super) struct TemporaryFolder {
    folder: TempDir,
    _lock: Option<File>,
}

impl TemporaryFolder {
    /// Creates a temporary folder. Leftovers of killed runs beside it are removed.
    ///
    /// # Errors
    /// The folder cannot be created.
    #[allow(clippy::disallowed_methods, reason = "src/output/ writes files")]
    pub(super) fn new(parent: &Path) -> io::Result<Self> {
        sweep(parent);
        let mut last = io::Error::from(io::ErrorKind::NotFound);
        for _ in 0..TRIES {
            let folder = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempdir_in(parent)?;
            // Another run may take the folder for a leftover until it is locked.
            match File::create(folder.path().join(IN_USE)) {
                Ok(lock) if lock.try_lock().is_ok() && folder.path().join(IN_USE).exists() => {
                    return Ok(Self { folder, _lock: Some(lock) });
                }
                Ok(lock) if matches!(lock.try_lock(), Err(std::fs::TryLockError::Error(_))) => {
                    // No support for locks.
                    return Ok(Self { folder, _lock: None });
                }
                Ok(_) => {}
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Returns the path of the folder.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// The folders in which this process has looked for leftovers.
static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Removes leftovers of killed runs from a folder, once in a process.
fn sweep_once(folder: &Path) {
    if SWEPT.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned()) {
        sweep(folder);
    }
}

/// Removes the temporary files and folders of killed runs from a folder. Those of a run that goes on are locked and stay.
pub fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(PREFIX) || !name.ends_with(SUFFIX) {
            continue;
        }
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_file() && is_free(&path) {
            let _ = std::fs::remove_file(&path);
        } else if kind.is_dir() {
            let lock = path.join(IN_USE);
            // The lock is the first file of a folder in use; without it, a folder was left before or after its use.
            if !lock.exists() || is_free(&lock) {
                let _ = std::fs::remove_dir_all(&path);
            }
        }
    }
}

/// Removes leftovers from a folder and all folders below it, links not followed.
pub fn sweep_below(folder: &Path) {
    sweep(folder);
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            sweep_below(&entry.path());
        }
    }
}

/// Whether no process has locked a file.
fn is_free(path: &Path) -> bool {
    gongbao_core::file::open(path).is_ok_and(|(file, _)| file.try_lock().is_ok())
}
