//! Packed files, unpacked no further than a report can be large.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// How far a packed file is unpacked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// What its parts may unpack to together, in bytes.
    pub(crate) unpacked: u64,
    /// How many parts it may have.
    pub(crate) parts: usize,
}

/// Why a packed file is not unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArchiveError {
    /// It is cut off, damaged or under a password.
    Damaged,
    /// It unpacks to more than it may.
    TooLarge,
}

/// A packed file whose parts can be unpacked without harm.
pub(crate) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// How much may still be unpacked.
    left: u64,
}

impl<'b> Archive<'b> {
    /// # Errors
    /// It is damaged, or has more parts than a report can have.
    pub(crate) fn open(bytes: &'b [u8], limits: Limits) -> Result<Self, ArchiveError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ArchiveError::Damaged)?;
        if zip.len() > limits.parts {
            return Err(ArchiveError::TooLarge);
        }
        Ok(Self { zip, left: limits.unpacked })
    }

    /// Unpacks a part; `None` where there is none of that name.
    ///
    /// # Errors
    /// It is damaged or encrypted, or unpacks to more than a report can hold. What a part says of its own size
    /// is not believed.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let part = self.zip.by_index(index).map_err(|_| ArchiveError::Damaged)?;
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| ArchiveError::Damaged)?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(length).ok_or(ArchiveError::TooLarge)?;
        Ok(Some(bytes))
    }

    /// Unpacks everything into nothing, to know that another reader of it will not drown.
    ///
    /// # Errors
    /// As [`Archive::part`].
    pub(crate) fn weigh(mut self) -> Result<(), ArchiveError> {
        for index in 0..self.zip.len() {
            let part = self.zip.by_index(index).map_err(|_| ArchiveError::Damaged)?;
            let read = std::io::copy(&mut part.take(self.left + 1), &mut std::io::sink())
                .map_err(|_| ArchiveError::Damaged)?;
            self.left = self.left.checked_sub(read).ok_or(ArchiveError::TooLarge)?;
        }
        Ok(())
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Whether the name of any part ends like this.
    pub(crate) fn has_ending(&self, ending: &str) -> bool {
        self.zip.file_names_raw().any(|name| name.ends_with(ending.as_bytes()))
    }
}
