//! ZIP packages of Word files and workbooks, with the same bytes on every platform.

use std::io::{Cursor, Read, Write};

use zip::{
    CompressionMethod, DateTime, System, ZipArchive, ZipWriter,
    result::ZipError,
    write::{FileOptions, SimpleFileOptions},
};

/// Options of every part. Without a time, and with the system and the permissions given, nothing of the machine that
/// writes the package enters it: by default the field "version made by" of an entry names the operating system.
fn options() -> SimpleFileOptions {
    FileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix)
}

/// Packs named parts in this order.
///
/// # Errors
/// Packing fails, for instance because of two parts with one name.
pub fn pack<N: ToString>(parts: impl IntoIterator<Item = (N, Vec<u8>)>) -> Result<Vec<u8>, ZipError> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        package.start_file(name.to_string(), options())?;
        package.write_all(&bytes)?;
    }
    Ok(package.finish()?.into_inner())
}

/// Packs the parts of a package anew. The library that writes workbooks offers no choice of the options above.
///
/// # Errors
/// `bytes` is not a ZIP package.
pub(crate) fn repack(bytes: &[u8]) -> Result<Vec<u8>, ZipError> {
    let mut package = ZipArchive::new(Cursor::new(bytes))?;
    let mut parts = Vec::new();
    for index in 0..package.len() {
        let mut part = package.by_index(index)?;
        let name = part.name()?.into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        parts.push((name, bytes));
    }
    pack(parts)
}
