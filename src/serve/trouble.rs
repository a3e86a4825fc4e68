//! Refusals for files that cannot be read or written. Each has a stable `reason`, by which the page decides whether saving
//! can go on later.

use std::{io, path::Path};

use axum::http::StatusCode;

use super::answer::Refusal;
use crate::output::WriteError;

/// The file does not exist any more.
pub(super) const GONE: &str = "gone";
/// The file, its folder or its drive may not be written.
pub(super) const READ_ONLY: &str = "read_only";
/// The disk is full.
pub(super) const FULL: &str = "full";
/// The report is published.
pub(super) const PUBLISHED: &str = "published";
/// The file has a format that the page does not edit.
pub(super) const FORMAT: &str = "format";
/// The file was changed by somebody else.
pub(super) const CHANGED: &str = "changed";
/// Another reason of the system.
const SYSTEM: &str = "system";

/// Returns the name of a report file as the page shows it: people do not know the endings of text formats.
pub(super) fn shown(relative: &str) -> &str {
    let ending =
        relative.rsplit_once('.').filter(|(_, ending)| matches!(*ending, "toml" | "json" | "yaml" | "yml"));
    ending.map_or(relative, |(stem, _)| stem)
}

/// Returns the refusal for a file that could not be written. Nothing was changed.
pub(super) fn not_written(error: &WriteError) -> Refusal {
    let (status, reason, words) = match error.error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => (
            StatusCode::INSUFFICIENT_STORAGE,
            FULL,
            "磁盘满了，没有保存。请腾出空间；改动留在这一页上，有了空间会自动接着保存".to_owned(),
        ),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (
            StatusCode::LOCKED,
            READ_ONLY,
            "文件写不进去：没有写入的权限，或者文件正被别的程序打开。改动留在这一页上，能写的时候会自动接着保存"
                .to_owned(),
        ),
        _ => (
            StatusCode::INTERNAL_SERVER_ERROR,
            SYSTEM,
            format!("文件写不进去（{}）。改动留在这一页上，会自动再试", error.error),
        ),
    };
    Refusal::new(status, words).with("reason", reason)
}

/// Returns the refusal for a file that could not be read.
pub(super) fn not_read(relative: &str, error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::NotFound => gone(relative),
        _ => {
            Refusal::failed(format!("“{}”读不出来（{error}）。请检查文件是否被别的程序占用", shown(relative)))
                .with("reason", SYSTEM)
        }
    }
}

/// Returns the refusal for a file that does not exist.
pub(super) fn gone(relative: &str) -> Refusal {
    Refusal::missing(format!("没有“{}”这个文件，可能已经改名、移走或删除", shown(relative)))
        .with("reason", GONE)
}

/// Checks that a file is not marked as read-only. Replacing a file in one step would not respect the mark.
///
/// # Errors
/// The file is marked.
pub(super) fn is_writable(path: &Path) -> Result<(), Refusal> {
    if path.metadata().is_ok_and(|meta| meta.permissions().readonly()) {
        let words =
            "文件设成了只读，没有保存。请在文件的属性里去掉“只读”；改动留在这一页上，去掉以后会自动接着保存";
        return Err(Refusal::new(StatusCode::LOCKED, words).with("reason", READ_ONLY));
    }
    Ok(())
}
