//! A font face: file, names and bytes.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use serde::{Deserialize, Serialize};
use typst::{
    foundations::Bytes,
    text::{Font, FontInfo},
};
use typst_kit::fonts::FontSource;

use super::{FontError, coverage::Glyphs, index::sha256, mapped, outlines::Outlines, twin::twin};

/// Origin of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The folder of the default fonts.
    Default,
    /// A folder of the user's.
    User,
}

/// What the index says of a face, so that it need not be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownFace {
    /// Whether the bounding box of the face encloses the outlines of all glyphs.
    pub encloses: bool,
    /// Whether the character map of all planes contains that of the basic plane.
    pub has_nested_map: bool,
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
    known: KnownFace,
    dash_top: OnceLock<Option<f64>>,
    pub(super) glyphs: OnceLock<Glyphs>,
    source: Source,
    hollow: OnceLock<Option<HollowFace>>,
}

/// The twin of a face, as Typst reads it, and the outlines that it lacks.
#[derive(Debug)]
pub(super) struct HollowFace {
    pub(super) font: Font,
    pub(super) outlines: Outlines,
}

impl Face {
    pub(super) fn new(
        path: PathBuf,
        index: u32,
        origin: Origin,
        info: &FontInfo,
        sha256: Option<String>,
        known: KnownFace,
    ) -> Self {
        Self {
            index,
            family: info.family.clone(),
            weight: info.variant.weight.to_number(),
            origin,
            sha256: sha256.map(OnceLock::from).unwrap_or_default(),
            known,
            dash_top: OnceLock::new(),
            glyphs: OnceLock::new(),
            source: Source::new(&path, index),
            hollow: OnceLock::new(),
            path,
        }
    }

    /// Returns the twin of the face, made at first use; `number` is the index of the face in its set. `None` if the
    /// face has a structure that only Typst handles.
    pub(super) fn hollow(&self, number: usize) -> Option<&HollowFace> {
        let make = || {
            let data = self.data().ok()?;
            let twin = twin(&data, self.index, u16::try_from(number).ok()?, self.known.has_nested_map)?;
            let font = Font::new(Bytes::new(twin.bytes), 0)?;
            Some(HollowFace {
                font,
                outlines: Outlines::new(data, self.index, twin.kind, self.known.encloses),
            })
        };
        self.hollow.get_or_init(make).as_ref()
    }

    /// Returns the height of the upper edge of a dash (U+2014) above the baseline, in em.
    pub(super) fn dash_top(&self) -> Option<f64> {
        let top = || {
            let data = self.data().ok()?;
            let face = ttf_parser::Face::parse(&data, self.index).ok()?;
            let bounds = face.glyph_bounding_box(face.glyph_index('—')?)?;
            Some(f64::from(bounds.y_max) / f64::from(face.units_per_em()))
        };
        *self.dash_top.get_or_init(top)
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
