//! Packed files, unpacked no further than a report can be large.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::ImportError;

/// What the parts of a report may unpack to together.
const LARGEST_UNPACKED: u64 = 64 << 20;
const MOST_PARTS: usize = 4000;

/// A packed file whose parts can be unpacked without harm.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// How much may still be unpacked.
    left: u64,
}

impl<'b> Archive<'b> {
    /// # Errors
    /// It is damaged, or has more parts than a report can have.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ImportError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if zip.len() > MOST_PARTS {
            return Err(bomb());
        }
        Ok(Self { zip, left: LARGEST_UNPACKED })
    }

    /// Unpacks a part; `None` where there is none of that name.
    ///
    /// # Errors
    /// It is damaged or encrypted, or unpacks to more than a report can hold. What a part says of its own size
    /// is not believed.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let part = self.zip.by_index(index).map_err(|_| damaged())?;
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(length).ok_or_else(bomb)?;
        Ok(Some(bytes))
    }

    /// Unpacks everything into nothing, to know that another reader of it will not drown.
    ///
    /// # Errors
    /// As [`Archive::part`].
    pub(super) fn weigh(mut self) -> Result<(), ImportError> {
        for index in 0..self.zip.len() {
            let part = self.zip.by_index(index).map_err(|_| damaged())?;
            let read =
                std::io::copy(&mut part.take(self.left + 1), &mut std::io::sink()).map_err(|_| damaged())?;
            self.left = self.left.checked_sub(read).ok_or_else(bomb)?;
        }
        Ok(())
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }
}

pub(super) fn damaged() -> ImportError {
    ImportError::new(
        "文件不完整或已经损坏，打不开",
        "请重新取得完整的文件；或者用Word、WPS打开，另存一份再试",
    )
}

fn bomb() -> ImportError {
    ImportError::new("文件解开后太大，不像一份年度报告", "请检查是否选错了文件")
}
