//! Fonts of the user: all font files below the given folders.

use std::{
    collections::HashSet,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use super::{FontError, FontWarning, index::unreadable, mapped, names};
use gongbao_core::paths::PathExt;

/// A face of the user's, read as far as needed to decide whether it is used.
#[derive(Debug)]
pub(super) struct UserFace {
    pub(super) path: PathBuf,
    /// Index in a font collection.
    pub(super) index: u32,
    /// Index of the folder.
    pub(super) folder: usize,
    /// All names, normalised for comparison.
    pub(super) names: Vec<String>,
    /// Whether the face is upright.
    pub(super) upright: bool,
    pub(super) weight: u16,
}

/// Returns all faces below `dirs`, sorted by folder and path.
///
/// # Errors
/// A folder does not exist or cannot be listed. An invalid font file is a warning.
pub(super) fn scan(dirs: &[PathBuf], warnings: &mut Vec<FontWarning>) -> Result<Vec<UserFace>, FontError> {
    let mut faces = Vec::new();
    for (folder, dir) in dirs.iter().enumerate() {
        if !dir.is_dir() {
            return Err(FontError::NoFolder(dir.clone()));
        }
        let mut files = Vec::new();
        collect(dir, &mut files, &mut HashSet::new()).map_err(|error| unreadable(dir, &error))?;
        files.sort();
        for path in files {
            let found = read(&path, folder);
            if found.is_empty() {
                warnings.push(FontWarning::Broken(path));
            }
            faces.extend(found);
        }
    }
    Ok(faces)
}

/// Collects the font files below a folder; a folder reached by two links is read once.
fn collect(dir: &Path, files: &mut Vec<PathBuf>, seen: &mut HashSet<PathBuf>) -> io::Result<()> {
    if !seen.insert(dir.canonical()?) {
        return Ok(());
    }
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files, seen)?;
        } else if is_font_name(&path) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_font_name(path: &Path) -> bool {
    let extension = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    // `._simfang.ttf` is metadata that macOS writes beside a font on foreign drives.
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !hidden && ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Returns the faces of a file; none if it is not a valid font.
fn read(path: &Path, folder: usize) -> Vec<UserFace> {
    let Ok(data) = mapped::map(path) else { return Vec::new() };
    // A damaged collection may claim millions of faces; reading stops at the first one that does not exist.
    let count = ttf_parser::fonts_in_collection(&data).unwrap_or(1);
    (0..count)
        .map_while(|index| Some((index, ttf_parser::Face::parse(&data, index).ok()?)))
        .map(|(index, face)| UserFace {
            path: path.to_owned(),
            index,
            folder,
            names: names::of(&face),
            upright: !face.is_italic() && !face.is_oblique(),
            weight: face.weight().to_number(),
        })
        .filter(|face| !face.names.is_empty())
        .collect()
}
