//! What must be known of the default faces at start, stored beside them.
//!
//! Reading the coverage of eight CJK faces costs more than all the rest of a start; `fonts/index.json` keeps it. Each
//! face is checked by its length and by a digest over the head of its file, which holds the checksums of all its
//! tables; a face that does not fit, or a folder without an index, is read anew without a word.

use std::{
    fs::File,
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

use super::{FontError, mapped};
use gongbao_core::digest::hex;

/// The index's name within the folder of the default faces.
pub const INDEX_FILE: &str = "index.json";

/// A default face as the index has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexedFace {
    /// The file's name within the folder.
    pub file: String,
    /// The file's length in bytes.
    pub length: u64,
    /// SHA-256 of the whole file.
    pub sha256: String,
    /// SHA-256 of the font's header and table directory.
    pub head: String,
    /// What Typst wants to know of the face.
    pub info: FontInfo,
}

/// The index as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    faces: Vec<IndexedFace>,
}

/// The index of the default faces in `dir`, as JSON with one face a line; it belongs into [`INDEX_FILE`].
///
/// # Errors
/// Where a face is missing, cannot be read, or is no font.
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

/// Reads a face of `dir` anew, the whole file.
///
/// # Errors
/// Where it cannot be read or is no font.
pub fn recompute(dir: &Path, file: &str) -> Result<IndexedFace, FontError> {
    let path = dir.join(file);
    let (length, head) = head(&path).map_err(|error| unreadable(&path, &error))?;
    let (data, info) = read(&path)?;
    Ok(IndexedFace { file: file.to_owned(), length, sha256: sha256(&data), head, info })
}

/// A default face at start.
pub(super) struct Known {
    pub(super) file: String,
    pub(super) info: FontInfo,
    /// The digest, if the index has it: computing it would cost more than all the rest.
    pub(super) sha256: Option<String>,
}

/// The default faces in `dir`, from its index as far as that fits.
///
/// # Errors
/// Where a face is missing, or must be read anew and cannot.
pub(super) fn load(dir: &Path, files: &[String]) -> Result<Vec<Known>, FontError> {
    let missing: Vec<String> = files.iter().filter(|file| !dir.join(file).is_file()).cloned().collect();
    if !missing.is_empty() {
        return Err(FontError::DefaultIncomplete { dir: dir.to_owned(), missing });
    }
    // An index that is not there or damaged costs time, nothing else.
    let index: Option<Index> =
        std::fs::read(dir.join(INDEX_FILE)).ok().and_then(|json| serde_json::from_slice(&json).ok());
    let mut known = index.map(|index| index.faces).unwrap_or_default();
    files
        .iter()
        .map(|file| {
            let path = dir.join(file);
            match known.iter().position(|face| face.file == *file && fits(&path, face)) {
                Some(at) => {
                    let IndexedFace { file, sha256, info, .. } = known.swap_remove(at);
                    Ok(Known { file, info, sha256: Some(sha256) })
                }
                None => Ok(Known { file: file.clone(), info: read(&path)?.1, sha256: None }),
            }
        })
        .collect()
}

fn read(path: &Path) -> Result<(Bytes, FontInfo), FontError> {
    let data = mapped::map(path).map_err(|error| unreadable(path, &error))?;
    let info = info(&data, 0).ok_or_else(|| FontError::NotAFont(path.to_owned()))?;
    Ok((data, info))
}

/// Whether the file is the one that the index was made from.
fn fits(path: &Path, face: &IndexedFace) -> bool {
    head(path).is_ok_and(|(length, head)| length == face.length && head == face.head)
}

/// A font file's length, and the digest of its header and table directory.
fn head(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut bytes = vec![0; 12];
    file.read_exact(&mut bytes)?;
    // Header: version (4 bytes), number of tables (2), search aids (6); then 16 bytes a table.
    let tables = usize::from(u16::from_be_bytes([bytes[4], bytes[5]]));
    bytes.resize(12 + 16 * tables, 0);
    file.read_exact(&mut bytes[12..])?;
    Ok((length, sha256(&bytes)))
}

/// What Typst wants to know of a face, with only those characters covered for which there is a glyph.
///
/// Typst takes every character that the face's tables speak of, those that they map to no glyph included, and finds out
/// while shaping; we must know before.
pub(super) fn info(data: &[u8], index: u32) -> Option<FontInfo> {
    let mut info = FontInfo::new(data, index)?;
    let face = ttf_parser::Face::parse(data, index).ok()?;
    let has_glyph =
        |c: &u32| char::from_u32(*c).and_then(|c| face.glyph_index(c)).is_some_and(|glyph| glyph.0 != 0);
    info.coverage = Coverage::from_vec(info.coverage.iter().filter(has_glyph).collect());
    Some(info)
}

/// SHA-256 in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> FontError {
    FontError::Unreadable(path.to_owned(), error.to_string())
}
