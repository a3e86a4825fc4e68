//! The index of the default fonts: metadata stored beside the fonts, read at start.
//!
//! Reading the coverage of eight CJK fonts takes longer than everything else at start; `fonts/index.json` stores
//! it. An entry is valid if the length of the file and the digest of its header match; the header contains the
//! checksums of all tables. Fonts without a valid entry are read.

use std::{
    io::{self, Read},
    path::Path,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use typst::{
    foundations::Bytes,
    text::{Coverage, FontInfo},
};

use gongbao_core::typeface::RoleTable;

use super::{FontError, face::KnownFace, mapped, outlines::encloses_all, twin::cmap::is_nested};
use gongbao_core::{digest::hex, file};

/// File name of the index.
pub const INDEX_FILE: &str = "index.json";

/// Largest index in bytes; that of ten large faces has one mebibyte.
const LARGEST_INDEX: u64 = 64 << 20;

/// A default font in the index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexedFace {
    /// File name.
    pub file: String,
    /// Length in bytes.
    pub length: u64,
    /// SHA-256 of the whole file.
    pub sha256: String,
    /// SHA-256 of the header and the table directory.
    pub head: String,
    /// What its twin need not find out.
    pub known: KnownFace,
    /// Metadata for Typst.
    pub info: FontInfo,
}

/// The contents of the index file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    faces: Vec<IndexedFace>,
}

/// Returns the index of the default fonts in `dir` as JSON with one line per font, for [`INDEX_FILE`].
///
/// # Errors
/// A font is missing, cannot be read, or is not a valid font.
pub fn build_index(dir: &Path) -> Result<String, FontError> {
    let mut json = String::from("{\"faces\":[\n");
    let files = RoleTable::read()?.files;
    for (at, file) in files.iter().enumerate() {
        let line =
            serde_json::to_string(&recompute(dir, file)?).map_err(|e| FontError::Table(e.to_string()))?;
        json += &line;
        json += if at + 1 < files.len() { ",\n" } else { "\n" };
    }
    json += "]}\n";
    Ok(json)
}

/// Reads a font of `dir` completely and returns its entry.
///
/// # Errors
/// The file cannot be read or is not a valid font.
pub fn recompute(dir: &Path, file: &str) -> Result<IndexedFace, FontError> {
    let path = dir.join(file);
    let (length, head) = head(&path).map_err(|error| unreadable(&path, &error))?;
    let (data, info) = read(&path)?;
    let face = ttf_parser::Face::parse(&data, 0).map_err(|_| FontError::NotAFont(path.clone()))?;
    let known = KnownFace { encloses: encloses_all(&face), has_nested_map: is_nested(&face) };
    Ok(IndexedFace { file: file.to_owned(), length, sha256: sha256(&data), head, known, info })
}

/// A default font with its metadata.
pub(super) struct LoadedFace {
    pub(super) file: String,
    pub(super) info: FontInfo,
    /// SHA-256 of the file, if the index has it; computing it is slow.
    pub(super) sha256: Option<String>,
    pub(super) known: KnownFace,
}

/// Loads the metadata of the default fonts in `dir`, from the index where it is valid.
///
/// # Errors
/// A font is missing, or has no valid entry and cannot be read.
pub(super) fn load(dir: &Path, files: &[String]) -> Result<Vec<LoadedFace>, FontError> {
    let missing: Vec<String> = files.iter().filter(|file| !dir.join(file).is_file()).cloned().collect();
    if !missing.is_empty() {
        return Err(FontError::DefaultIncomplete { dir: dir.to_owned(), missing });
    }
    // A missing or invalid index only costs time.
    let index: Option<Index> = file::read(&dir.join(INDEX_FILE), LARGEST_INDEX)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok());
    let mut known = index.map(|index| index.faces).unwrap_or_default();
    files
        .iter()
        .map(|file| {
            let path = dir.join(file);
            match known.iter().position(|face| face.file == *file && fits(&path, face)) {
                Some(at) => {
                    let IndexedFace { file, sha256, known, info, .. } = known.swap_remove(at);
                    Ok(LoadedFace { file, info, sha256: Some(sha256), known })
                }
                None => Ok(LoadedFace {
                    file: file.clone(),
                    info: read(&path)?.1,
                    sha256: None,
                    known: KnownFace::default(),
                }),
            }
        })
        .collect()
}

fn read(path: &Path) -> Result<(Bytes, FontInfo), FontError> {
    let data = mapped::map(path).map_err(|error| unreadable(path, &error))?;
    let info = info(&data, 0).ok_or_else(|| FontError::NotAFont(path.to_owned()))?;
    Ok((data, info))
}

/// Whether the entry belongs to the file.
fn fits(path: &Path, face: &IndexedFace) -> bool {
    head(path).is_ok_and(|(length, head)| length == face.length && head == face.head)
}

/// Returns the length of a font file and the digest of its header and table directory.
fn head(path: &Path) -> io::Result<(u64, String)> {
    let mut file = file::open(path)?.0;
    let length = file.metadata()?.len();
    let mut bytes = vec![0; 12];
    file.read_exact(&mut bytes)?;
    // Header: version (4 bytes), number of tables (2), search parameters (6); then 16 bytes per table.
    let tables = usize::from(u16::from_be_bytes([bytes[4], bytes[5]]));
    bytes.resize(12 + 16 * tables, 0);
    file.read_exact(&mut bytes[12..])?;
    Ok((length, sha256(&bytes)))
}

/// Returns the metadata of a face for Typst; only characters with a glyph are covered.
///
/// Typst also counts characters that the tables map to no glyph, and notices the missing glyph during shaping. Here
/// it must be known before.
pub(super) fn info(data: &[u8], index: u32) -> Option<FontInfo> {
    let mut info = FontInfo::new(data, index)?;
    let face = ttf_parser::Face::parse(data, index).ok()?;
    let has_glyph =
        |c: &u32| char::from_u32(*c).and_then(|c| face.glyph_index(c)).is_some_and(|glyph| glyph.0 != 0);
    info.coverage = Coverage::from_vec(info.coverage.iter().filter(has_glyph).collect());
    Some(info)
}

/// Returns the SHA-256 in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> FontError {
    FontError::Unreadable(path.to_owned(), error.to_string())
}
