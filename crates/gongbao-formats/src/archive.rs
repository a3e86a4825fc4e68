//! ZIP archives with limits on decompression.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// Limits of an archive.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Maximum total size of the decompressed parts, in bytes.
    pub(crate) unpacked: u64,
    /// Maximum number of parts.
    pub(crate) parts: usize,
}

/// Error from reading an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArchiveError {
    /// It is cut off, damaged or encrypted.
    Damaged,
    /// It exceeds a limit.
    TooLarge,
    /// A part claims more than its size allows.
    FalseClaim,
}

/// An archive whose parts can be decompressed within limits.
pub(crate) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be decompressed.
    left: u64,
}

impl<'b> Archive<'b> {
    /// # Errors
    /// It is damaged, or has too many parts.
    pub(crate) fn open(bytes: &'b [u8], limits: Limits) -> Result<Self, ArchiveError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ArchiveError::Damaged)?;
        if zip.len() > limits.parts {
            return Err(ArchiveError::TooLarge);
        }
        Ok(Self { zip, left: limits.unpacked })
    }

    /// Decompresses a part; `None` if there is no such part.
    ///
    /// # Errors
    /// It is damaged or encrypted, or exceeds the limit. The size recorded in the archive is not trusted.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let part = self.zip.by_index(index).map_err(|_| ArchiveError::Damaged)?;
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| ArchiveError::Damaged)?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(length).ok_or(ArchiveError::TooLarge)?;
        Ok(Some(bytes))
    }

    /// Decompresses all parts, one after another, and passes each to `check`, to verify that another library can read the
    /// archive within the limits.
    ///
    /// # Errors
    /// As [`Archive::part`], and what `check` returns.
    pub(crate) fn each_part(
        mut self,
        check: impl Fn(&[u8]) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let mut bytes = Vec::new();
        for index in 0..self.zip.len() {
            let part = self.zip.by_index(index).map_err(|_| ArchiveError::Damaged)?;
            bytes.clear();
            part.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| ArchiveError::Damaged)?;
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            self.left = self.left.checked_sub(length).ok_or(ArchiveError::TooLarge)?;
            check(&bytes)?;
        }
        Ok(())
    }

    /// Whether there is a part with this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Whether the name of any part has this ending.
    pub(crate) fn has_ending(&self, ending: &str) -> bool {
        self.zip.file_names_raw().any(|name| name.ends_with(ending.as_bytes()))
    }
}
