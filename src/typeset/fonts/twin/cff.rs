//! The Compact Font Format (Adobe Technical Note 5176), as far as twins and subsets need it.

mod dict;
mod index;

use super::{Mark, first};
use dict::{Entry, entries, offset, put};
pub(in super::super) use index::Index;
use index::index;

/// Operators of a Top DICT that hold an offset.
const CHARSET: u16 = 15;
const ENCODING: u16 = 16;
const CHAR_STRINGS: u16 = 17;
const PRIVATE: u16 = 18;
const FD_ARRAY: u16 = 0x0C24;
const FD_SELECT: u16 = 0x0C25;
const OFFSETS: [u16; 6] = [CHARSET, ENCODING, CHAR_STRINGS, PRIVATE, FD_ARRAY, FD_SELECT];

const CHARSTRING_TYPE: u16 = 0x0C06;
/// Registry, ordering, supplement: the face is keyed by CID.
const ROS: u16 = 0x0C1E;
/// Operator of a Private DICT: offset of the local subroutines.
const SUBRS: u16 = 19;

/// Operators of a charstring, and the byte before a number of two bytes.
const SHORT: u8 = 28;
const HSTEM: u8 = 1;
const ENDCHAR: u8 = 14;

/// A `CFF ` table with one font.
pub(in super::super) struct Cff<'a> {
    table: &'a [u8],
    names: &'a [u8],
    top: Vec<Entry<'a>>,
    strings: &'a [u8],
    /// The charstrings.
    pub(in super::super) glyphs: Index<'a>,
    /// The Private DICTs: of each Font DICT, or of the font.
    privates: Vec<&'a [u8]>,
    has_subroutines: bool,
}

impl<'a> Cff<'a> {
    /// Reads the structure; `None` if it is damaged or of another version.
    pub(in super::super) fn read(table: &'a [u8]) -> Option<Self> {
        let [1, _, header, ..] = *table else { return None };
        let names = Index::read(table, header.into())?;
        let tops = Index::read(table, names.end)?;
        let strings = Index::read(table, tops.end)?;
        let shared = Index::read(table, strings.end)?;
        if names.len() != 1 || tops.len() != 1 {
            return None;
        }
        let top = entries(tops.get(0)?)?;
        if top.iter().any(|entry| entry.operator == CHARSTRING_TYPE && entry.integers() != Some(vec![2])) {
            return None;
        }
        let glyphs = Index::read(table, offset(&top, CHAR_STRINGS)?)?;
        let mut cff = Self {
            table,
            names: names.bytes,
            strings: strings.bytes,
            glyphs,
            privates: Vec::new(),
            has_subroutines: shared.len() > 0,
            top,
        };
        if cff.is_keyed_by_cid() {
            let dicts = Index::read(table, offset(&cff.top, FD_ARRAY)?)?;
            for at in 0..dicts.len() {
                cff.add_private(&entries(dicts.get(at)?)?)?;
            }
        } else {
            let top = cff.top.clone();
            cff.add_private(&top)?;
        }
        Some(cff)
    }

    fn add_private(&mut self, dict: &[Entry<'a>]) -> Option<()> {
        let range = dict.iter().find(|entry| entry.operator == PRIVATE)?.integers()?;
        let [length, start] = *range.as_slice() else { return None };
        let (length, start) = (usize::try_from(length).ok()?, usize::try_from(start).ok()?);
        let private = self.table.get(start..start.checked_add(length)?)?;
        self.has_subroutines |= entries(private)?.iter().any(|entry| entry.operator == SUBRS);
        self.privates.push(private);
        Some(())
    }

    fn is_keyed_by_cid(&self) -> bool {
        self.top.iter().any(|entry| entry.operator == ROS)
    }

    /// Whether each charstring stands alone: no subroutines, and no accented characters composed of two others, which
    /// only a font keyed by name may have.
    pub(in super::super) fn is_plain(&self) -> bool {
        self.is_keyed_by_cid() && !self.has_subroutines
    }

    /// Writes the table with marks instead of outlines. Everything else is kept, so that a subset of the twin differs
    /// from the subset of the face in its last part only, the charstrings.
    pub(super) fn hollow(&self, face: u16) -> Option<Vec<u8>> {
        let by_cid = self.is_keyed_by_cid();
        let mut top: Vec<u8> = Vec::new();
        for entry in self.top.iter().filter(|entry| !OFFSETS.contains(&entry.operator)) {
            top.extend(entry.bytes);
        }
        let kept = top.len();
        // Five bytes for each number, so that the length is known before the numbers are.
        let length = kept + if by_cid { 6 + 6 + 7 + 7 } else { 6 + 6 + 11 };
        // The Top DICT INDEX has one item and offsets of two bytes: 2 + 1 + 4.
        let header = [1, 0, 4, 4];
        let start = header.len() + self.names.len() + 7 + length + self.strings.len() + 2;
        let mut rest: Vec<u8> = Vec::new();
        let charset = match offset(&self.top, CHARSET) {
            Some(at) if at > 2 => {
                rest.extend(self.charset(at)?);
                start
            }
            predefined => predefined.unwrap_or(0),
        };
        let select = start + rest.len();
        if by_cid {
            rest.extend(self.selection(offset(&self.top, FD_SELECT)?)?);
        }
        let mut privates = Vec::new();
        for private in &self.privates {
            let at = start + rest.len();
            for entry in entries(private)?.iter().filter(|entry| entry.operator != SUBRS) {
                rest.extend(entry.bytes);
            }
            privates.push((start + rest.len() - at, at));
        }
        let fonts = start + rest.len();
        if by_cid {
            let dicts = Index::read(self.table, offset(&self.top, FD_ARRAY)?)?;
            let mut made: Vec<Vec<u8>> = Vec::new();
            for (at, (length, start)) in privates.iter().enumerate() {
                let mut dict = Vec::new();
                for entry in entries(dicts.get(at)?)?.iter().filter(|entry| entry.operator != PRIVATE) {
                    dict.extend(entry.bytes);
                }
                put(&mut dict, &[*length, *start], PRIVATE)?;
                made.push(dict);
            }
            rest.extend(index(&made)?);
        }
        let glyphs = start + rest.len();
        rest.extend(self.marked(face)?);

        put(&mut top, &[charset], CHARSET)?;
        put(&mut top, &[glyphs], CHAR_STRINGS)?;
        if by_cid {
            put(&mut top, &[fonts], FD_ARRAY)?;
            put(&mut top, &[select], FD_SELECT)?;
        } else {
            let (length, at) = *privates.first()?;
            put(&mut top, &[length, at], PRIVATE)?;
        }
        let mut table = header.to_vec();
        table.extend(self.names);
        table.extend([0, 1, 2, 0, 1]);
        table.extend(u16::try_from(top.len() + 1).ok()?.to_be_bytes());
        table.extend(top);
        table.extend(self.strings);
        table.extend([0, 0]);
        (table.len() == start).then_some(())?;
        table.extend(rest);
        Some(table)
    }

    /// Returns the INDEX of the marks. They are stems of horizontal hints, which no outline follows: subsetters keep
    /// them and the glyph has no bounds. A charstring has five bytes, the first one eight.
    fn marked(&self, face: u16) -> Option<Vec<u8>> {
        let count = u16::try_from(self.glyphs.len()).ok()?;
        let [a, b, c, d] = first(face);
        let start = [SHORT, a, b, SHORT, c, d, HSTEM, ENDCHAR];
        // Offsets of three bytes.
        let mut made = vec![0; 3 + 3 * (usize::from(count) + 1)];
        let length = start.len() + 5 * usize::from(count.checked_sub(1)?);
        made.reserve(length);
        made.splice(..3, count.to_be_bytes().into_iter().chain([3]));
        for (glyph, place) in made.get_mut(3..)?.chunks_exact_mut(3).enumerate() {
            let offset = if glyph == 0 { 1 } else { start.len() + 5 * (glyph - 1) + 1 };
            place.copy_from_slice(u32::try_from(offset).ok()?.to_be_bytes().get(1..)?);
        }
        made.extend(start);
        for glyph in 1..count {
            let [high, low] = glyph.to_be_bytes();
            made.extend_from_slice(&[SHORT, high, low, HSTEM, ENDCHAR]);
        }
        Some(made)
    }

    /// Returns the charset at an offset.
    fn charset(&self, at: usize) -> Option<&'a [u8]> {
        let bytes = self.table.get(at..)?;
        // .notdef is not listed.
        let wanted = self.glyphs.len().checked_sub(1)?;
        let length = match *bytes.first()? {
            0 => 1 + 2 * wanted,
            format @ (1 | 2) => {
                let size = usize::from(format) + 2;
                let (mut covered, mut at) = (0, 1);
                while covered < wanted {
                    let left = bytes.get(at + 2..at + size)?;
                    covered += left.iter().fold(0, |left, byte| left << 8 | usize::from(*byte)) + 1;
                    at += size;
                }
                at
            }
            _ => return None,
        };
        bytes.get(..length)
    }

    /// Returns the FDSelect at an offset: the Font DICT of each glyph.
    fn selection(&self, at: usize) -> Option<&'a [u8]> {
        let bytes = self.table.get(at..)?;
        let length = match *bytes.first()? {
            0 => 1 + self.glyphs.len(),
            3 => 5 + 3 * usize::from(super::word(bytes, 1)?),
            _ => return None,
        };
        bytes.get(..length)
    }
}

/// Returns the mark of each glyph of a table.
pub(super) fn marks(table: &[u8]) -> Option<Vec<Mark>> {
    let (_, glyphs) = parts(table)?;
    (0..glyphs.len()).map(|at| mark(glyphs.get(at)?)).collect()
}

/// Replaces the charstrings of a subset; `None` if they are not its last part.
pub(in super::super) fn with_charstrings<T: AsRef<[u8]>>(
    subset: &[u8],
    charstrings: &[T],
) -> Option<Vec<u8>> {
    let (start, glyphs) = parts(subset)?;
    if glyphs.end != subset.len() || glyphs.len() != charstrings.len() {
        return None;
    }
    Some([subset.get(..start)?, &index(charstrings)?].concat())
}

/// Returns the charstrings of a table and where they start.
pub(in super::super) fn parts(table: &[u8]) -> Option<(usize, Index<'_>)> {
    let names = Index::read(table, usize::from(*table.get(2)?))?;
    let tops = Index::read(table, names.end)?;
    let start = offset(&entries(tops.get(0)?)?, CHAR_STRINGS)?;
    Some((start, Index::read(table, start)?))
}

/// Reads a mark: up to two numbers, one horizontal hint, the end. A subsetter may write numbers in a shorter form.
fn mark(charstring: &[u8]) -> Option<Mark> {
    let mut numbers = charstring.strip_suffix(&[HSTEM, ENDCHAR])?;
    let mut found = Mark::default();
    for place in found.chunks_exact_mut(2) {
        let (value, rest) = match numbers {
            [] => break,
            [SHORT, high, low, rest @ ..] => (i16::from_be_bytes([*high, *low]), rest),
            [byte @ 32..=246, rest @ ..] => (i16::from(*byte) - 139, rest),
            [byte @ 247..=250, second, rest @ ..] => {
                ((i16::from(*byte) - 247) * 256 + i16::from(*second) + 108, rest)
            }
            [byte @ 251..=254, second, rest @ ..] => {
                (-(i16::from(*byte) - 251) * 256 - i16::from(*second) - 108, rest)
            }
            _ => return None,
        };
        place.copy_from_slice(&value.to_be_bytes());
        numbers = rest;
    }
    numbers.is_empty().then_some(found)
}
