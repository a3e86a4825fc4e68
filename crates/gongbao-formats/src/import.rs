//! Import of reports of other origin: PDFs, Word files, web pages and workbooks, in the official form or close to it.
//!
//! Each kind of file is read into a neutral sequence of paragraphs and tables (`neutral`), which is matched against the
//! form's trees of headers (`understand`). Figures that cannot be placed with certainty are listed, never guessed.

mod agree;
mod book;
mod compound;
mod content;
mod docx;
mod html;
mod kind;
mod layout;
mod neutral;
mod pdf;
pub(crate) mod records;
mod understand;
mod words;
mod xml;

pub use self::{
    content::{
        OfficeConverter, PdfContent, PdfReader, converted, install_office_converter, install_pdf_reader,
        read_pdf,
    },
    kind::{FileKind, kind},
    layout::{Layout, SMALLEST, TableLayout},
    understand::{Counted, Hints, Imported, Unplaced},
    words::install_words,
};

use std::fmt;

use gongbao_core::isolate::isolated;
use serde::{Deserialize, Serialize};

use crate::archive::{ArchiveError, Limits};

/// Error from importing a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ImportError {
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do next, in Chinese.
    pub hint: String,
    /// Whether the file is readable but has no text: a scan.
    pub is_without_text: bool,
}

impl ImportError {
    /// An error with its hint.
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), is_without_text: false }
    }
}

impl From<ArchiveError> for ImportError {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Damaged => damaged(),
            ArchiveError::FalseClaim => Self::new(
                "文件里写明的个数与内容不符，可能已经损坏或者被改过",
                "请用Excel、WPS打开，另存一份再试",
            ),
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

/// Limits for archives of other origin.
const LIMITS: Limits = Limits { unpacked: 64 << 20, parts: 4000 };

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}。{}", self.message, self.hint)
    }
}

impl std::error::Error for ImportError {}

/// Largest accepted file in bytes; reports with pictures are smaller.
pub const LARGEST: u64 = 32 << 20;

/// Imports a report of other origin.
///
/// `name` is the file as the user gave it; the kind of file is recognised by its content. `hints` supply what the file does
/// not say.
///
/// # Errors
/// The kind of file is not supported, the file is damaged or hostile, or nothing in it is recognised.
pub fn read(name: &str, bytes: &[u8], hints: &Hints) -> Result<Imported, ImportError> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LARGEST {
        let size = bytes.len() >> 20;
        return Err(ImportError::new(
            format!("文件有{size}兆字节，超过了{}兆字节的上限", LARGEST >> 20),
            "请检查是否选错了文件；里面图片多的，删去图片后另存一份再试",
        ));
    }
    let read = || {
        let document = match kind(name, bytes)? {
            FileKind::Docx => docx::read(bytes)?,
            FileKind::Html => html::read(bytes)?,
            FileKind::Xlsx => book::xlsx(bytes)?,
            FileKind::Xls => book::xls(bytes)?,
            FileKind::Pdf => {
                let PdfContent { document, tagged, layout } = content::read(bytes)?;
                let tags = tagged.and_then(|tagged| understand::understand(&tagged, None, hints).ok());
                let pages = understand::understand(&document, Some(layout), hints);
                return match tags {
                    Some(tags) => Ok(match pages {
                        Ok(pages) => agree::agreed(tags, pages),
                        Err(_) => tags,
                    }),
                    None => pages,
                };
            }
        };
        understand::understand(&document, None, hints)
    };
    isolated(read).unwrap_or_else(|| Err(damaged()))
}
