//! Packs files into an archive.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// Returns a ZIP archive of files, each a path with `/` and its bytes. It has no times and no file attributes: the same
/// files give the same bytes.
///
/// # Errors
/// The archive cannot be written, for instance because two files have the same path.
pub fn pack(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ZipError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        package.start_file(name.as_str(), options)?;
        package.write_all(bytes)?;
    }
    Ok(package.finish()?.into_inner())
}
