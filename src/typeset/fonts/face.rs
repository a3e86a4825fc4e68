//! A font face: file, names and bytes.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use typst::{
    foundations::Bytes,
    text::{Font, FontInfo},
};
use typst_kit::fonts::FontSource;

use super::{FontError, coverage::Glyphs, index::sha256, mapped};

/// Origin of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The folder of the default fonts.
    Default,
    /// A folder of the user's.
    User,
}

/// A face that is available to a report.
#[derive(Debug)]
pub struct Face {
    /// Path of the font file.
    pub path: PathBuf,
    /// Index in a font collection, otherwise 0.
    pub index: u32,
    /// Name of the family as Typst reads it.
    pub family: String,
    /// Weight, 100 to 900.
    pub weight: u16,
    /// Origin of the face.
    pub origin: Origin,
    sha256: OnceLock<String>,
    pub(super) glyphs: OnceLock<Glyphs>,
    source: Source,
}

impl Face {
    pub(super) fn new(
        path: PathBuf,
        index: u32,
        origin: Origin,
        info: &FontInfo,
        sha256: Option<String>,
    ) -> Self {
        Self {
            index,
            family: info.family.clone(),
            weight: info.variant.weight.to_number(),
            origin,
            sha256: sha256.map(OnceLock::from).unwrap_or_default(),
            glyphs: OnceLock::new(),
            source: Source::new(&path, index),
            path,
        }
    }

    /// Returns the source from which Typst loads the face.
    pub(super) fn source(&self) -> Source {
        self.source.clone()
    }

    /// Returns the file name.
    pub fn file_name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Returns the SHA-256 of the file in hexadecimal. The digests of the default fonts are stored; a font of the
    /// user's is read.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn sha256(&self) -> Result<&str, FontError> {
        if let Some(known) = self.sha256.get() {
            return Ok(known);
        }
        let digest = sha256(&self.data()?);
        Ok(self.sha256.get_or_init(|| digest))
    }

    /// Whether the file was to be read and could not. Typst then sets another face without a message.
    pub(super) fn has_failed(&self) -> bool {
        self.source.0.2.get().is_some_and(Option::is_none)
    }

    /// Returns the memory-mapped file.
    pub(super) fn data(&self) -> Result<Bytes, FontError> {
        self.source.data().ok_or_else(|| FontError::Unreadable(self.path.clone(), "文件无法映射".into()))
    }
}

/// A font file, mapped at first use and shared with Typst.
#[derive(Debug, Clone)]
pub(super) struct Source(Arc<(PathBuf, u32, OnceLock<Option<Bytes>>)>);

impl Source {
    fn new(path: &Path, index: u32) -> Self {
        Self(Arc::new((path.to_owned(), index, OnceLock::new())))
    }

    fn data(&self) -> Option<Bytes> {
        let (path, _, data) = &*self.0;
        data.get_or_init(|| mapped::map(path).ok()).clone()
    }
}

impl FontSource for Source {
    fn load(&self) -> Option<Font> {
        Font::new(self.data()?, self.0.1)
    }
}
