//! Reading of files. No other module opens a file that a user or a report names.
//!
//! A name may belong to a pipe that never ends, to a device whose opening has effects, or to a file of gigabytes.
//! [`read`] accepts regular files up to a size only, and finds out before it reads.

mod names;
mod reach;

pub use names::{is_device_name, is_safe_stem};
pub use reach::{PathError, linked_within_reach, reachable, relative, set_root};

use std::{
    fs::{File, FileType, Metadata, OpenOptions},
    io::{self, ErrorKind, Read},
    path::Path,
};

/// Largest report file of any format, in bytes. Readers of a format have lower limits.
pub const LARGEST_REPORT: u64 = 64 << 20;

/// Largest file of settings, rules, words, a roster or a form, in bytes.
pub const LARGEST_SETTINGS: u64 = 4 << 20;

/// Reads a regular file of at most `limit` bytes.
///
/// # Errors
/// The file does not exist, is not a regular file, is larger than `limit`, or cannot be read; the message is in Chinese
/// where the cause is known.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let (file, size) = open(path)?;
    read_within(file, size, limit)
}

/// Reads a regular text file in UTF-8 of at most `limit` bytes.
///
/// # Errors
/// As [`read`], or the file is not UTF-8.
pub fn read_text(path: &Path, limit: u64) -> io::Result<String> {
    let bytes = read(path, limit)?;
    String::from_utf8(bytes).map_err(|_| io::Error::new(ErrorKind::InvalidData, "不是UTF-8编码的文本"))
}

/// Opens a regular file; returns it with its size in bytes.
///
/// # Errors
/// The file does not exist, is not a regular file, or cannot be opened.
pub fn open(path: &Path) -> io::Result<(File, u64)> {
    if cfg!(windows) && path.file_name().is_some_and(|name| is_device_name(&name.to_string_lossy())) {
        return Err(refused("设备"));
    }
    // Before opening: opening a device may have effects.
    regular(&std::fs::metadata(path).map_err(explained)?)?;
    let file = opened(path).map_err(explained)?;
    // After opening: the name may belong to another file by now.
    let metadata = file.metadata().map_err(explained)?;
    regular(&metadata)?;
    Ok((file, metadata.len()))
}

/// Reads a stream that ends, such as standard input, up to `limit` bytes.
///
/// # Errors
/// The stream is longer than `limit`, or cannot be read.
pub fn read_stream(stream: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    read_within(stream, 0, limit)
}

fn read_within(stream: impl Read, size: u64, limit: u64) -> io::Result<Vec<u8>> {
    if size > limit {
        return Err(too_large(size, limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    // The file may have grown since its size was taken.
    stream.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(explained)?;
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= limit => Ok(bytes),
        _ => Err(too_large(limit + 1, limit)),
    }
}

#[cfg(unix)]
#[allow(clippy::disallowed_methods, reason = "this module opens files")]
fn opened(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    // A pipe that took the place of the file must not block, and a terminal must not become the controlling one.
    OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path)
}

#[cfg(not(unix))]
#[allow(clippy::disallowed_methods, reason = "this module opens files")]
fn opened(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

/// Checks that an opened or named object is a regular file.
fn regular(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() { Ok(()) } else { Err(refused(kind(metadata.file_type()))) }
}

#[cfg(unix)]
fn kind(of: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if of.is_dir() {
        "文件夹"
    } else if of.is_fifo() {
        "管道"
    } else if of.is_socket() {
        "套接字"
    } else {
        "设备"
    }
}

#[cfg(not(unix))]
fn kind(of: FileType) -> &'static str {
    if of.is_dir() { "文件夹" } else { "设备" }
}

fn refused(kind: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, format!("这是{kind}，不是文件"))
}

fn too_large(size: u64, limit: u64) -> io::Error {
    let (size, limit) = (size.div_ceil(1 << 20), limit >> 20);
    io::Error::new(ErrorKind::FileTooLarge, format!("文件有{size}兆字节，超过了{limit}兆字节的上限"))
}

/// Returns the error with its cause in Chinese where the cause is common.
pub fn explained(error: io::Error) -> io::Error {
    /// `ELOOP` of Linux and macOS.
    const LOOP: [i32; 2] = [40, 62];
    let why = match error.kind() {
        ErrorKind::NotFound => "没有这个文件",
        ErrorKind::PermissionDenied => "没有读它的权限",
        ErrorKind::NotADirectory => "路径里有一段不是文件夹",
        ErrorKind::OutOfMemory => "内存不够",
        _ if cfg!(unix) && error.raw_os_error().is_some_and(|code| LOOP.contains(&code)) => "链接绕成了圈",
        _ => return error,
    };
    io::Error::new(error.kind(), why)
}
