//! Changes of the parts of a ZIP archive.

use std::io::{Cursor, Read, Write};

use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{Edit, edited};

/// Applies edits to the parts of an archive; one in sixteen is applied to the archive itself.
pub fn edited_package(input: &[u8], other: &[u8], edits: &[Edit], words: &[&str]) -> Vec<u8> {
    let Some(mut parts) = parts(input) else { return edited(input, other, edits, words, true) };
    let theirs = parts_of_other(other);
    let mut outside = Vec::new();
    for edit in edits {
        let (chosen, inner) = edit.part(parts.len() * 16);
        match parts.get_mut(chosen / 16) {
            Some((name, bytes)) if chosen % 16 > 0 => {
                let beside =
                    theirs.iter().find(|(theirs, _)| theirs == name).map_or(&[][..], |(_, bytes)| bytes);
                *bytes = edited(bytes, beside, &[inner], words, false);
            }
            _ => outside.push(inner),
        }
    }
    let packed = packed(&parts).unwrap_or_else(|| input.to_vec());
    if outside.is_empty() { packed } else { edited(&packed, other, &outside, &[], true) }
}

fn parts_of_other(other: &[u8]) -> Vec<(String, Vec<u8>)> {
    parts(other).unwrap_or_default()
}

/// The parts of an archive; `None` if it cannot be read.
fn parts(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for index in 0..archive.len().min(200) {
        let part = archive.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut inside = Vec::new();
        part.take(8 << 20).read_to_end(&mut inside).ok()?;
        parts.push((name, inside));
    }
    (!parts.is_empty()).then_some(parts)
}

/// An archive of parts, not compressed: compressing would take most of the time.
fn packed(parts: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        archive.start_file(name.as_str(), options).ok()?;
        archive.write_all(bytes).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}
