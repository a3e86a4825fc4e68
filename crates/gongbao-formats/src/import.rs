//! Reports that somebody else wrote: Word files, web pages and workbooks, in the official form or near it.
//!
//! Each kind of file is read into one neutral sequence of paragraphs and tables (`neutral`), and one
//! understanding (`understand`) holds that against the form's own trees of headers. Whatever it cannot
//! place with certainty is listed, never guessed.

mod book;
mod compound;
mod docx;
mod html;
mod kind;
mod neutral;
mod understand;
mod words;
mod xml;

pub use self::{
    kind::{FileKind, kind},
    understand::{Counted, Hints, Understood, Unplaced},
};

use std::fmt;

use crate::archive::{ArchiveError, Limits};

/// Why a file gave no report at all.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportError {
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do next.
    pub hint: String,
}

impl ImportError {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

impl From<ArchiveError> for ImportError {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Damaged => damaged(),
            ArchiveError::TooLarge => Self::new("文件解开后太大，不像一份年度报告", "请检查是否选错了文件"),
        }
    }
}

fn damaged() -> ImportError {
    ImportError::new(
        "文件不完整或已经损坏，打不开",
        "请重新取得完整的文件；或者用Word、WPS打开，另存一份再试",
    )
}

/// How far a packed file of somebody else's is unpacked.
const LIMITS: Limits = Limits { unpacked: 64 << 20, parts: 4000 };

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}。{}", self.message, self.hint)
    }
}

impl std::error::Error for ImportError {}

/// The largest file that is looked at: a report with pictures in it is smaller.
pub const LARGEST: u64 = 32 << 20;

/// Reads a report that somebody else wrote.
///
/// `name` is the file as people gave it; what it is, is told by its content. `hints` say what the file itself
/// does not.
///
/// # Errors
/// The file is none of those that can be read, it is damaged or made to be slow, or nothing in it is understood.
pub fn read(name: &str, bytes: &[u8], hints: &Hints) -> Result<Understood, ImportError> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LARGEST {
        let size = bytes.len() >> 20;
        return Err(ImportError::new(
            format!("文件有{size}兆字节，超过了{}兆字节的上限", LARGEST >> 20),
            "请检查是否选错了文件；里面图片多的，删去图片后另存一份再试",
        ));
    }
    let document = match kind(name, bytes)? {
        FileKind::Docx => docx::read(bytes)?,
        FileKind::Html => html::read(bytes)?,
        FileKind::Xlsx => book::xlsx(bytes)?,
        FileKind::Xls => book::xls(bytes)?,
    };
    understand::understand(&document, hints)
}
