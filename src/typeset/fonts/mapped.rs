//! Font files mapped into memory: tens of megabytes of which a report touches a part.
//!
//! The only file of this crate with unsafe code.
#![allow(unsafe_code)]

use std::{fs, io, path::Path};

use memmap2::Mmap;
use typst::foundations::Bytes;

/// Maps a file into memory, or reads it where mapping fails (some network drives, empty files).
///
/// # Errors
/// Where the file cannot be opened, or neither mapped nor read.
pub(super) fn map(path: &Path) -> io::Result<Bytes> {
    let file = fs::File::open(path)?;
    // SAFETY: a map is sound as long as nobody changes the file beneath it. The map is private and read-only, so this
    // process cannot; font files are installed once and replaced by renaming, which leaves the mapped file as it was.
    // Another process that overwrites one in place while this program runs (some seconds, in `serve` longer) could
    // change what was already read: ttf-parser checks every offset at every access and keeps none, so the glyphs would
    // be wrong, not the memory; a file cut short would end the process with SIGBUS. Typst's own command line and fontdb
    // live with the same.
    match unsafe { Mmap::map(&file) } {
        Ok(map) => Ok(Bytes::new(map)),
        Err(_) => fs::read(path).map(Bytes::new),
    }
}
