//! Compound files of old Office programs ([MS-CFB]): recognition of the content, and limits on its size.

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
    let has = |name: &str| streams.iter().any(|stream| stream.name == name);
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

/// Sectors of a file.
struct Sectors<'b> {
    bytes: &'b [u8],
    size: usize,
    /// Next sector of each sector.
    next: Vec<u32>,
}

/// Sector numbers from here on have special meanings.
const LAST: u32 = 0xFFFF_FFFA;
/// Streams smaller than this are stored in mini sectors of the root.
const SMALL: usize = 4096;

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

impl<'b> Sectors<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        let size = match u16_at(bytes, 30)? {
            9 => 512,
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
        tables.truncate(bytes.len() / size + 1);
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

    /// Bytes of a chain of sectors. No chain is longer than the file.
    fn chain(&self, start: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut at = start;
        while at < LAST && bytes.len() <= self.bytes.len() {
            let Some(sector) = self.sector(at) else { break };
            bytes.extend_from_slice(sector);
            at = usize::try_from(at).ok().and_then(|at| self.next.get(at).copied()).unwrap_or(LAST);
        }
        bytes
    }
}

impl Sectors<'_> {
    /// Bytes of a chain of mini sectors, which are stored in the stream of the root.
    fn small_chain(&self, streams: &[Stream], start: u32) -> Option<Vec<u8>> {
        const SIZE: usize = 64;
        let container = self.chain(streams.first()?.start);
        let table = self.chain(u32_at(self.bytes, 60)?);
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
    let directory = sectors.chain(u32_at(bytes, 48)?);
    let entries = directory.chunks_exact(128).filter_map(|entry| {
        let length = usize::from(u16_at(entry, 64)?);
        let name: Vec<u16> =
            (0..length.checked_sub(2)?.min(62) / 2).filter_map(|at| u16_at(entry, 2 * at)).collect();
        let length = usize::try_from(u32_at(entry, 120)?).ok()?;
        Some(Stream { name: String::from_utf16_lossy(&name), start: u32_at(entry, 116)?, length })
    });
    Some(entries.collect())
}

/// Maximum number of cells that a reader may allocate, for all sheets together.
const MOST_CELLS: u64 = 4_000_000;

/// Refuses a workbook whose cells are so far apart that a reader would allocate too much memory.
///
/// # Errors
/// The workbook is too large, or its records are invalid.
pub(super) fn weigh(bytes: &[u8]) -> Result<(), ImportError> {
    let streams = streams(bytes).ok_or_else(damaged)?;
    let sectors = Sectors::of(bytes).ok_or_else(damaged)?;
    let mut room = Room::default();
    for stream in streams.iter().filter(|stream| stream.name == "Workbook" || stream.name == "Book") {
        let mut records = if stream.length >= SMALL {
            sectors.chain(stream.start)
        } else {
            sectors.small_chain(&streams, stream.start).ok_or_else(damaged)?
        };
        records.truncate(stream.length);
        let mut at = 0;
        while let (Some(kind), Some(length)) = (u16_at(&records, at), u16_at(&records, at + 2)) {
            at += 4;
            room.record(kind, records.get(at..at + usize::from(length)).unwrap_or_default());
            at += usize::from(length);
        }
        room.end_sheet();
    }
    if room.total > MOST_CELLS {
        let hint = "请删去不是报告的工作表和远处的格，另存为 .xlsx 再试";
        return Err(ImportError::new("工作簿里的格太多，不像一份年度报告", hint));
    }
    Ok(())
}

/// Memory needed for the cells of a workbook.
#[derive(Default)]
struct Room {
    total: u64,
    /// First and last row and column of the current sheet.
    sheet: Option<[u64; 4]>,
}

impl Room {
    /// Adds a record of the workbook ([MS-XLS] 2.4).
    fn record(&mut self, kind: u16, body: &[u8]) {
        let short = |at| u16_at(body, at).map(u64::from);
        match kind {
            // BOF: start of a sheet.
            0x0809 | 0x0009 | 0x0209 | 0x0409 => self.end_sheet(),
            // DIMENSIONS: readers allocate memory by it before the first cell.
            0x0200 => {
                let long = |at| u32_at(body, at).map(u64::from);
                let edges = if body.len() < 14 {
                    [short(0), short(2), short(4), short(6)]
                } else {
                    [long(0), long(4), short(8), short(10)]
                };
                if let [Some(top), Some(bottom), Some(left), Some(right)] = edges {
                    // Reversed bounds would give huge sizes.
                    let rows = if top < bottom {
                        bottom - top
                    } else if bottom == 0 {
                        1
                    } else {
                        u64::from(top > bottom) * MOST_CELLS + 1
                    };
                    self.total = self.total.saturating_add(rows.saturating_mul(right.max(left).max(1)));
                }
            }
            // Cells: FORMULA, BLANK, NUMBER, LABEL, BOOLERR, RK, MULRK, MULBLANK, LABELSST, RSTRING.
            0x0001..=0x0006
            | 0x0201
            | 0x0203..=0x0206
            | 0x0406
            | 0x027E
            | 0x00BD
            | 0x00BE
            | 0x00FD
            | 0x00D6 => {
                let (Some(row), Some(first)) = (short(0), short(2)) else { return };
                let last = if matches!(kind, 0x00BD | 0x00BE) {
                    short(body.len().saturating_sub(2)).unwrap_or(first).max(first)
                } else {
                    first
                };
                let [top, left, bottom, right] = self.sheet.unwrap_or([row, first, row, last]);
                self.sheet = Some([top.min(row), left.min(first), bottom.max(row), right.max(last)]);
            }
            _ => {}
        }
    }

    fn end_sheet(&mut self) {
        if let Some([top, left, bottom, right]) = self.sheet.take() {
            // Values and formulas are allocated separately.
            self.total = self.total.saturating_add((bottom - top + 1) * (right - left + 1));
        }
    }
}
