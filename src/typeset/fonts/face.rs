//! One face: its file, its names, its bytes when they are wanted.

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

/// Where a face comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The program's own folder.
    Default,
    /// A folder of the user's.
    User,
}

/// A face that a report may be set in.
#[derive(Debug)]
pub struct Face {
    /// Its file.
    pub path: PathBuf,
    /// Its place within a collection, else 0.
    pub index: u32,
    /// The family's name as Typst reads it.
    pub family: String,
    /// Its weight, 100 to 900.
    pub weight: u16,
    /// Where it comes from.
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

    /// What Typst loads it by.
    pub(super) fn source(&self) -> Source {
        self.source.clone()
    }

    /// The file's name without folders.
    pub fn file_name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// SHA-256 of the whole file, in hexadecimal. Costs reading a face of the user's, nothing for a default one.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn sha256(&self) -> Result<&str, FontError> {
        if let Some(known) = self.sha256.get() {
            return Ok(known);
        }
        let digest = sha256(&self.data()?);
        Ok(self.sha256.get_or_init(|| digest))
    }

    /// The whole file, mapped.
    pub(super) fn data(&self) -> Result<Bytes, FontError> {
        self.source.data().ok_or_else(|| FontError::Unreadable(self.path.clone(), "文件无法映射".into()))
    }
}

/// A file, mapped when first wanted and shared by Typst and by what else looks into it.
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
