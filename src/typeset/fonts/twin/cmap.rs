//! The character map of a twin: subtables that are listed twice are listed once.
//!
//! Typst collects the characters of every Unicode subtable when it opens a font. Fonts list the same subtable for the
//! Unicode platform and for Windows, and the characters of the basic plane in a subtable of their own as well.

use ttf_parser::{Face, PlatformId};

use super::word;

/// An encoding record: platform, encoding, and where the subtable starts.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Record {
    platform: u16,
    encoding: u16,
    at: u32,
}

impl Record {
    /// Whether the subtable is also listed for Windows, which shapers prefer; with `is_nested`, whether it is that of
    /// the basic plane beside one of all planes.
    fn is_repeated(self, all: &[Self], table: &[u8], is_nested: bool) -> bool {
        if is_nested && matches!((self.platform, self.encoding), (0 | 3, 1 | 3)) {
            return all.iter().any(|record| (record.platform, record.encoding) == (3, 10));
        }
        let listed = |encoding: u16, format: u16| {
            let other = Self { platform: 3, encoding, at: self.at };
            let is_format = || {
                usize::try_from(self.at).ok().and_then(|at| word(table, at)).is_some_and(|own| own == format)
            };
            all.contains(&other) && is_format()
        };
        match (self.platform, self.encoding) {
            // The basic plane.
            (0, 3) => listed(1, 4),
            // All planes.
            (0, 4) => listed(10, 12),
            _ => false,
        }
    }
}

/// Whether the subtable of all planes contains that of the basic plane.
pub(in super::super) fn is_nested(face: &Face<'_>) -> bool {
    let subtable = |encoding| {
        let mut all = face.tables().cmap.iter().flat_map(|table| table.subtables);
        all.find(|own| own.platform_id == PlatformId::Windows && own.encoding_id == encoding)
    };
    let (Some(plane), Some(all)) = (subtable(1), subtable(10)) else { return false };
    let mut is_same = all.is_unicode();
    plane.codepoints(|c| is_same &= plane.glyph_index(c) == all.glyph_index(c));
    is_same
}

/// Returns the table without repeated records; the table itself if there are none, or if readers that ask the
/// subtables one after another would ask them in another order. `is_nested` is what [`is_nested`] says of the face, or
/// `false` if that is not known.
pub(super) fn unrepeated(table: &[u8], is_nested: bool) -> Option<Vec<u8>> {
    let count = usize::from(word(table, 2)?);
    let mut all = Vec::new();
    for record in table.get(4..4 + 8 * count)?.chunks_exact(8) {
        let at = u32::from_be_bytes(record.get(4..)?.try_into().ok()?);
        all.push(Record { platform: word(record, 0)?, encoding: word(record, 2)?, at });
    }
    let kept: Vec<Record> =
        all.iter().copied().filter(|record| !record.is_repeated(&all, table, is_nested)).collect();
    let mut made = table.to_vec();
    let mut before = order(&all);
    if is_nested {
        // What one subtable contains of another needs no order.
        before.retain(|at| kept.iter().any(|record| record.at == *at));
    }
    if order(&kept) == before {
        // The rest of the list stays as a gap, so that no offset changes.
        made.get_mut(2..4)?.copy_from_slice(&u16::try_from(kept.len()).ok()?.to_be_bytes());
        for (place, record) in made.get_mut(4..)?.chunks_exact_mut(8).zip(&kept) {
            let [platform, encoding] = [record.platform, record.encoding].map(u16::to_be_bytes);
            place.copy_from_slice(&[platform.as_slice(), &encoding, &record.at.to_be_bytes()].concat());
        }
    }
    Some(made)
}

/// Returns the subtables in the order in which they are first listed for Unicode or Windows, without those of variation
/// selectors, which map no character alone.
fn order(records: &[Record]) -> Vec<u32> {
    let mut found = Vec::new();
    let maps_characters =
        |record: &&Record| matches!(record.platform, 0 | 3) && (record.platform, record.encoding) != (0, 5);
    for record in records.iter().filter(maps_characters) {
        if !found.contains(&record.at) {
            found.push(record.at);
        }
    }
    found
}
