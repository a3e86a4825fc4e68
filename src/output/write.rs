//! Writes files atomically. No other module writes files, except the build cache.

use std::{
    fmt,
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use super::temporary::temporary_for;
use gongbao_core::file::explained;

/// Error from writing a file.
#[derive(Debug)]
pub struct WriteError {
    /// Path of the file.
    pub path: PathBuf,
    /// Cause of the error.
    pub error: io::Error,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        let advice = match self.error.kind() {
            io::ErrorKind::PermissionDenied => {
                "没有写入的权限，或者文件正被别的程序打开。请关闭打开它的程序，或换一个文件夹（-o）"
            }
            io::ErrorKind::StorageFull => "磁盘已满。请腾出空间后重试",
            io::ErrorKind::InvalidFilename => "文件名太长或含有不能用的字符。请给报告文件换个名字",
            _ => "请检查路径和磁盘后重试",
        };
        write!(f, "“{path}”写不进去：{}。{advice}，原有文件没有改动", self.error)
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
        let path = self.path.display();
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
    match path.canonicalize() {
        Ok(target) => save_new(&target, bytes),
        Err(error) => Err(WriteError { path: path.to_owned(), error: explained(error) }),
    }
}

/// Writes one file of the program's own, atomically. Folders are created as needed; a symbolic link is replaced.
///
/// # Errors
/// The file or a folder cannot be written; an existing file is unchanged.
pub fn save_new(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_all(&[Pending { path: path.to_owned(), bytes: bytes.to_vec() }])
}

/// Removes a file, if it exists.
///
/// # Errors
/// The file exists and cannot be removed.
pub fn remove(path: &Path) -> Result<(), WriteError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(WriteError { path: path.to_owned(), error })
        }
        _ => Ok(()),
    }
}

/// Writes several files that belong together: all are written to temporary files before the first replaces an
/// existing file.
///
/// # Errors
/// A file cannot be written. Existing files are unchanged, unless the last step, renaming, failed.
pub fn write_all(files: &[Pending]) -> Result<(), WriteError> {
    let mut written: Vec<(NamedTempFile, &Path)> = Vec::new();
    for file in files {
        let fail = |error| WriteError { path: file.path.clone(), error };
        let folder = file.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(fail)?;
        if file.path.is_dir() {
            return Err(fail(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        let mut temporary = temporary_for(&file.path).map_err(fail)?;
        temporary.write_all(&file.bytes).map_err(fail)?;
        temporary.as_file().sync_all().map_err(fail)?;
        written.push((temporary, &file.path));
    }
    for (temporary, path) in written {
        temporary.persist(path).map_err(|error| WriteError { path: path.to_owned(), error: error.error })?;
    }
    Ok(())
}
