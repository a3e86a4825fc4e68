//! Compound files of old Office programs ([MS-CFB]): recognition of the content.
//!
//! [`workbooks`] returns the streams that a reader of workbooks may read; `records` checks what it claims.

use super::{ImportError, damaged};

/// Signature of compound files.
pub(super) const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Content of a compound file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Document of Word or WPS.
    Words,
    /// Workbook of Excel or WPS.
    Sheets,
    /// Slides.
    Slides,
    /// Encrypted Office Open XML file.
    Encrypted,
}

/// Content of a file by the names of its streams; `None` for unknown names.
pub(super) fn content(bytes: &[u8]) -> Option<Content> {
    let streams = streams(bytes)?;
    let has = |name: &str| streams.iter().any(|stream| stream.is(name));
    if has("EncryptedPackage") {
        Some(Content::Encrypted)
    } else if has("WordDocument") {
        Some(Content::Words)
    } else if has("Workbook") || has("Book") {
        Some(Content::Sheets)
    } else if has("PowerPoint Document") {
        Some(Content::Slides)
    } else {
        None
    }
}

/// A stream.
struct Stream {
    name: String,
    start: u32,
    length: usize,
}

impl Stream {
    /// Whether the stream has this name; case does not matter ([MS-CFB] 2.6.4).
    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// Sectors of a file.
struct Sectors<'b> {
    bytes: &'b [u8],
    size: usize,
    /// Next sector of each sector.
    next: Vec<u32>,
}

/// Sector numbers from here on have special meanings.
const LAST: u32 = 0xFFFF_FFFA;
/// Size of the sectors of most files.
const SMALL_SECTOR: usize = 512;
/// Streams smaller than this are stored in mini sectors of the root.
const SMALL: usize = 4096;

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

impl<'b> Sectors<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let size = match u16_at(bytes, 30)? {
            9 => SMALL_SECTOR,
            12 => 4096,
            _ => return None,
        };
        let mut sectors = Self { bytes, size, next: Vec::new() };
        let mut tables: Vec<u32> =
            (0..109).filter_map(|at| u32_at(bytes, 76 + 4 * at)).filter(|at| *at < LAST).collect();
        let mut more = u32_at(bytes, 68)?;
        // Each DIFAT sector lists FAT sectors, followed by the next DIFAT sector.
        let mut seen = 0;
        while more < LAST && seen <= bytes.len() / size {
            let list = sectors.sector(more)?;
            let end = size - 4;
            tables.extend((0..end / 4).filter_map(|at| u32_at(list, 4 * at)).filter(|at| *at < LAST));
            more = u32_at(list, end)?;
            seen += 1;
        }
        // Each sector is listed once at most; a reader allocates memory for each entry of the list.
        if tables.len() > bytes.len() / size {
            return None;
        }
        for table in tables {
            let table = sectors.sector(table)?;
            sectors.next.extend((0..size / 4).filter_map(|at| u32_at(table, 4 * at)));
        }
        Some(sectors)
    }

    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.size)?;
        let end = start.checked_add(self.size)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    /// Bytes of a chain of sectors; `None` if it is longer than the file, which only a circle of sectors is.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut at = start;
        while at < LAST {
            if bytes.len() > self.bytes.len() {
                return None;
            }
            let Some(sector) = self.sector(at) else { break };
            bytes.extend_from_slice(sector);
            at = usize::try_from(at).ok().and_then(|at| self.next.get(at).copied()).unwrap_or(LAST);
        }
        Some(bytes)
    }
}

impl Sectors<'_> {
    /// Bytes of a chain of mini sectors, which are stored in the stream of the root.
    fn small_chain(&self, streams: &[Stream], start: u32) -> Option<Vec<u8>> {
        const SIZE: usize = 64;
        let container = self.chain(streams.first()?.start)?;
        let table = self.chain(u32_at(self.bytes, 60)?)?;
        let mut bytes = Vec::new();
        let mut at = start;
        while at < LAST && bytes.len() <= SMALL {
            let index = usize::try_from(at).ok()?;
            bytes.extend_from_slice(container.get(index.checked_mul(SIZE)?..)?.get(..SIZE)?);
            at = u32_at(&table, index * 4).unwrap_or(LAST);
        }
        Some(bytes)
    }
}

fn streams(bytes: &[u8]) -> Option<Vec<Stream>> {
    let sectors = Sectors::of(bytes)?;
    let directory = sectors.chain(u32_at(bytes, 48)?)?;
    let entries = directory.chunks_exact(128).filter_map(|entry| {
        // A name ends at its first zero, whatever the entry says of its length.
        let name: Vec<u16> =
            (0..32).filter_map(|at| u16_at(entry, 2 * at)).take_while(|unit| *unit != 0).collect();
        let length = usize::try_from(u32_at(entry, 120)?).ok()?;
        // In files with large sectors a length has eight bytes; no stream needs the upper four.
        let length = match u32_at(entry, 124)? {
            0 => length,
            _ if sectors.size == SMALL_SECTOR => length,
            _ => usize::MAX,
        };
        Some(Stream { name: String::from_utf16_lossy(&name), start: u32_at(entry, 116)?, length })
    });
    Some(entries.collect())
}

/// Returns the streams of an old workbook, after a check that nothing in the file leads a reader in circles.
///
/// # Errors
/// The file is damaged.
pub(super) fn workbooks(bytes: &[u8]) -> Result<Vec<Vec<u8>>, ImportError> {
    let sound = || {
        let sectors = Sectors::of(bytes)?;
        let streams = streams(bytes)?;
        // The mini sectors and their table, which a reader loads first.
        sectors.chain(streams.first()?.start)?;
        sectors.chain(u32_at(bytes, 60)?)?;
        let books = streams.iter().filter(|stream| stream.is("Workbook") || stream.is("Book"));
        books
            .map(|book| {
                // A stream is no longer than the file.
                if book.length > bytes.len() {
                    return None;
                }
                let mut records = if book.length >= SMALL {
                    sectors.chain(book.start)?
                } else {
                    sectors.small_chain(&streams, book.start)?
                };
                records.truncate(book.length);
                Some(records)
            })
            .collect::<Option<Vec<Vec<u8>>>>()
    };
    sound().ok_or_else(damaged)
}
