//! Writes files atomically. No other module writes files, except the build cache.

mod replace;

use std::{
    fmt,
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::{Builder, NamedTempFile};

use gongbao_core::{file::explained, paths::PathExt};

pub use replace::replace_all;

/// Error from writing a file.
#[derive(Debug)]
pub struct WriteError {
    /// Path of the file.
    pub path: PathBuf,
    /// Cause of the error.
    pub error: io::Error,
    /// Files that could not be restored after the error; usually none.
    pub not_restored: Vec<PathBuf>,
}

impl WriteError {
    /// Creates an error after which all files are as they were.
    pub fn new(path: &Path, error: io::Error) -> Self {
        Self { path: path.to_owned(), error, not_restored: Vec::new() }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.to_text();
        let advice = match self.error.kind() {
            io::ErrorKind::PermissionDenied => {
                "没有写入的权限，或者文件正被别的程序打开。请关闭打开它的程序，或换一个文件夹（-o）"
            }
            io::ErrorKind::StorageFull => "磁盘已满。请腾出空间后重试",
            io::ErrorKind::InvalidFilename => "文件名太长或含有不能用的字符。请给报告文件换个名字",
            io::ErrorKind::ResourceBusy => "文件正被别的程序占用。请关闭打开它的程序后重试",
            _ => "请检查路径和磁盘后重试",
        };
        write!(f, "“{path}”写不进去：{}。{advice}", self.error)?;
        if self.not_restored.is_empty() {
            return f.write_str("，原有文件没有改动");
        }
        f.write_str("。下列文件已经换掉，没能换回原来的，请再生成一次：")?;
        let names: Vec<String> =
            self.not_restored.iter().map(|path| format!("“{}”", path.to_text())).collect();
        f.write_str(&names.join("、"))
    }
}

impl std::error::Error for WriteError {}

/// Error from a file that exists and may not be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlreadyExists {
    path: PathBuf,
}

impl fmt::Display for AlreadyExists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.to_text();
        write!(f, "“{path}”已经有了，没有改动。换一个文件名，或者加 --force 换掉它")
    }
}

impl std::error::Error for AlreadyExists {}

/// Checks that a file may be written: it does not exist, or `force` allows replacing it.
///
/// # Errors
/// The file exists and `force` is not set.
pub fn may_write(path: &Path, force: bool) -> Result<(), AlreadyExists> {
    if force || !path.exists() { Ok(()) } else { Err(AlreadyExists { path: path.to_owned() }) }
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Path of the file.
    pub path: PathBuf,
    /// Contents of the file.
    pub bytes: Vec<u8>,
}

/// Writes one file that the user named, atomically. Folders are created as needed. A symbolic link is followed: its
/// target is replaced, the link stays.
///
/// # Errors
/// The file or a folder cannot be written; an existing file is unchanged.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if !path.is_symlink() {
        return save_new(path, bytes);
    }
    match path.canonical() {
        Ok(target) => save_new(&target, bytes),
        Err(error) => Err(WriteError::new(path, explained(error))),
    }
}

/// Writes one file of the program's own, atomically. Folders are created as needed; a symbolic link is replaced.
///
/// # Errors
/// The file or a folder cannot be written; an existing file is unchanged.
pub fn save_new(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_all(&[Pending { path: path.to_owned(), bytes: bytes.to_vec() }])
}

/// Writes one file that only the user can read (0600; on Windows, files in the user's own folders are private). Folders
/// are created as needed, also for the user alone.
///
/// # Errors
/// The file or a folder cannot be written; an existing file is unchanged.
pub fn save_private(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let fail = |error| WriteError::new(path, error);
    private(path, bytes)?.persist(path).map_err(|error| fail(error.error))?;
    Ok(())
}

/// As [`save_private`], but leaves an existing file unchanged.
///
/// # Errors
/// The file or a folder cannot be written.
pub fn create_private(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    match private(path, bytes)?.persist_noclobber(path) {
        Err(error) if error.error.kind() != io::ErrorKind::AlreadyExists => {
            Err(WriteError::new(path, error.error))
        }
        _ => Ok(()),
    }
}

/// Writes a private temporary file beside a path.
fn private(path: &Path, bytes: &[u8]) -> Result<NamedTempFile, WriteError> {
    let fail = |error| WriteError::new(path, error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(fail)?;
    // Temporary files are private by default.
    let mut temporary =
        Builder::new().prefix(".gongbao-").suffix(".tmp").tempfile_in(folder).map_err(fail)?;
    temporary.write_all(bytes).map_err(fail)?;
    temporary.as_file().sync_all().map_err(fail)?;
    Ok(temporary)
}

/// Removes a file, if it exists.
///
/// # Errors
/// The file exists and cannot be removed.
pub fn remove(path: &Path) -> Result<(), WriteError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(WriteError::new(path, error)),
        _ => Ok(()),
    }
}

/// Writes several files that belong together: all or none. See [`replace_all`].
///
/// # Errors
/// A file cannot be written; existing files are unchanged.
pub fn write_all(files: &[Pending]) -> Result<(), WriteError> {
    replace_all(files, &[])
}
