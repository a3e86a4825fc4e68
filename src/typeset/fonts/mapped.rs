//! Maps font files into memory: they have tens of megabytes, of which a report uses a part.
//!
//! The only file of this crate with unsafe code.
#![allow(unsafe_code)]

use std::{io, path::Path};

use memmap2::Mmap;
use typst::foundations::Bytes;

use gongbao_core::file;

/// Largest font that is read where it cannot be mapped, in bytes.
const LARGEST_FONT: u64 = 512 << 20;

/// Maps a file into memory, or reads it where mapping fails (some network drives, empty files).
///
/// # Errors
/// The file cannot be opened, or neither mapped nor read.
pub(super) fn map(path: &Path) -> io::Result<Bytes> {
    let file = file::open(path)?.0;
    // SAFETY: the bytes must not change while the map lives. This process never writes to a font, the map is private and
    // read-only, and fonts are replaced by renaming, which leaves the mapped file as it was. What is left is another
    // program that overwrites a font in place during a run, which no lock prevents on Unix: then glyphs may be wrong
    // (the parsers check every offset against the length, which stays), and a file cut short ends the process with
    // SIGBUS. fontdb takes the same risk; reading ninety megabytes into memory for every run would be the alternative.
    match unsafe { Mmap::map(&file) } {
        Ok(map) => Ok(Bytes::new(map)),
        Err(_) => file::read(path, LARGEST_FONT).map(Bytes::new),
    }
}
