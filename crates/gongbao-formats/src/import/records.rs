//! Records of an old workbook ([MS-XLS]): what they claim, checked before another library believes it.
//!
//! A reader allocates a grid from the first to the last cell of a sheet, and copies a shared text into each cell that
//! names it.

use super::{
    ImportError,
    compound::{u16_at, u32_at, workbooks},
};

/// Maximum number of cells that a reader may allocate, for all sheets together.
const MOST_CELLS: u64 = 4_000_000;
/// Maximum size in bytes of the texts of all cells.
const MOST_TEXT: u64 = 64 << 20;
/// Maximum size in bytes of all formulas. As text, a formula may be fifty times as long.
const MOST_FORMULAS: u64 = 2 << 20;
/// Maximum number of sheets.
const MOST_SHEETS: usize = 1000;

/// Checks that a reader of an old workbook allocates no more memory than a report needs.
///
/// # Errors
/// The file is damaged, or would need too much.
pub(crate) fn check(bytes: &[u8]) -> Result<(), ImportError> {
    for stream in workbooks(bytes)? {
        let globals = Globals::of(&stream);
        let mut room = Room::default();
        let sheets = globals.sheets.iter().take(MOST_SHEETS + 1);
        for start in sheets.filter_map(|start| usize::try_from(*start).ok()) {
            // A reader begins where the list of sheets says, be it within another record.
            for (kind, body) in Records::of(stream.get(start..).unwrap_or_default()) {
                room.record(kind, body, &globals.texts);
            }
            room.end_sheet();
        }
        if !globals.is_sound
            || globals.sheets.len() > MOST_SHEETS
            || room.cells > MOST_CELLS
            || room.text > MOST_TEXT
            || room.formulas > MOST_FORMULAS
        {
            let hint = "请删去不是报告的工作表和远处的格，另存为 .xlsx 再试";
            return Err(ImportError::new("工作簿里的内容太多，不像一份年度报告", hint));
        }
    }
    Ok(())
}

/// The records of a stream from one place on; a cut-off record ends them.
struct Records<'b> {
    rest: &'b [u8],
}

impl<'b> Records<'b> {
    fn of(rest: &'b [u8]) -> Self {
        Self { rest }
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = (u16, &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.rest, 0)?;
        let end = usize::from(u16_at(self.rest, 2)?).checked_add(4)?;
        let body = self.rest.get(4..end)?;
        self.rest = self.rest.get(end..)?;
        Some((kind, body))
    }
}

/// BoundSheet8: a sheet with the place of its records.
const SHEET: u16 = 0x0085;
/// SST: the shared texts.
const TEXTS: u16 = 0x00FC;
/// Continue: more of the record before it.
const MORE: u16 = 0x003C;

/// What holds for all sheets.
#[derive(Default)]
struct Globals {
    /// Where the records of each sheet begin.
    sheets: Vec<u32>,
    /// The size of each shared text, in bytes.
    texts: Vec<u64>,
    /// Whether the shared texts could be measured.
    is_sound: bool,
}

impl Globals {
    fn of(stream: &[u8]) -> Self {
        let mut globals = Self { is_sound: true, ..Self::default() };
        let mut records = Records::of(stream).peekable();
        while let Some((kind, body)) = records.next() {
            match kind {
                SHEET => globals.sheets.extend(u32_at(body, 0)),
                TEXTS => {
                    let mut parts = vec![body.get(8..).unwrap_or_default()];
                    while let Some((_, more)) = records.next_if(|(kind, _)| *kind == MORE) {
                        parts.push(more);
                    }
                    // A reader replaces the texts by those of a later record; the larger ones count.
                    let texts = Texts { parts, part: 0, at: 0 }.sizes();
                    globals.is_sound &= texts.is_some();
                    let texts = texts.unwrap_or_default();
                    let longest = |at: usize, of: &[u64]| of.get(at).copied().unwrap_or_default();
                    globals.texts = (0..texts.len().max(globals.texts.len()))
                        .map(|at| longest(at, &texts).max(longest(at, &globals.texts)))
                        .collect();
                }
                _ => {}
            }
        }
        globals
    }
}

/// Shared texts, spread over a record and those that continue it ([MS-XLS] 2.5.293).
struct Texts<'b> {
    parts: Vec<&'b [u8]>,
    part: usize,
    at: usize,
}

impl Texts<'_> {
    /// The size of each text in bytes; `None` if they cannot be read.
    fn sizes(mut self) -> Option<Vec<u64>> {
        let mut sizes = Vec::new();
        while self.has_more() {
            sizes.push(self.text()?);
        }
        Some(sizes)
    }

    /// Whether there is another text; steps into the next part at the end of one.
    fn has_more(&mut self) -> bool {
        while self.parts.get(self.part).is_some_and(|part| self.at >= part.len()) {
            self.part += 1;
            self.at = 0;
        }
        self.part < self.parts.len()
    }

    fn here(&self) -> Option<&[u8]> {
        self.parts.get(self.part)?.get(self.at..)
    }

    fn text(&mut self) -> Option<u64> {
        let head = self.here()?;
        let mut length = usize::from(u16_at(head, 0)?);
        let flags = *head.get(2)?;
        let mut wide = flags & 1 != 0;
        let mut at = 3;
        let mut after = 0_usize;
        // Runs of formats and phonetic data follow the text.
        if flags & 8 != 0 {
            after += 4 * usize::from(u16_at(head, at)?);
            at += 2;
        }
        if flags & 4 != 0 {
            after = after.checked_add(usize::try_from(u32_at(head, at)?).ok()?)?;
            at += 4;
        }
        self.at += at;
        let size = u64::try_from(length).ok()? * 3;
        while length > 0 {
            let left = self.here()?.len();
            let taken = length.min(if wide { left / 2 } else { left });
            self.at += taken * if wide { 2 } else { 1 };
            length -= taken;
            if length > 0 {
                // The next part begins with flags of its own.
                self.part += 1;
                self.at = 0;
                wide = *self.here()?.first()? & 1 != 0;
                self.at = 1;
            }
        }
        while after > 0 {
            let left = self.here().map_or(0, <[u8]>::len);
            let taken = after.min(left);
            self.at += taken;
            after -= taken;
            if after > 0 {
                self.part += 1;
                self.at = 0;
                self.parts.get(self.part)?;
            }
        }
        Some(size)
    }
}

/// Memory needed for the sheets of a workbook.
#[derive(Default)]
struct Room {
    cells: u64,
    text: u64,
    formulas: u64,
    /// First and last row and column of the current sheet.
    sheet: Option<[u64; 4]>,
}

impl Room {
    /// Adds a record ([MS-XLS] 2.4).
    fn record(&mut self, kind: u16, body: &[u8], texts: &[u64]) {
        let short = |at| u16_at(body, at).map(u64::from);
        match kind {
            // DIMENSIONS: readers allocate memory by it before the first cell.
            0x0200 => self.dimensions(body),
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
                if kind == 0x00FD {
                    let text = u32_at(body, 6).and_then(|index| texts.get(usize::try_from(index).ok()?));
                    self.text = self.text.saturating_add(text.copied().unwrap_or_default());
                }
                if kind == 0x0006 {
                    self.formulas += u64::try_from(body.len()).unwrap_or(u64::MAX);
                }
            }
            _ => {}
        }
    }

    fn dimensions(&mut self, body: &[u8]) {
        let short = |at| u16_at(body, at).map(u64::from);
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
            self.cells = self.cells.saturating_add(rows.saturating_mul(right.max(left).max(1)));
        }
    }

    fn end_sheet(&mut self) {
        if let Some([top, left, bottom, right]) = self.sheet.take() {
            // Values and formulas are allocated separately.
            self.cells = self.cells.saturating_add((bottom - top + 1) * (right - left + 1));
        }
    }
}
