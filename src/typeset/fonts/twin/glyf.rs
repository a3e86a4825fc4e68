//! TrueType outlines of a twin: each glyph is one without contours, followed by its mark.

use ttf_parser::{RawFace, Tag};

use super::{Mark, first, word};

/// Number of contours: none.
const EMPTY: [u8; 2] = [0, 0];

/// Returns the tables `glyf` and `loca`, with long offsets. A glyph has four bytes, the first one eight.
pub(super) fn hollow(glyphs: u16, face: u16) -> (Vec<u8>, Vec<u8>) {
    let count = usize::from(glyphs);
    let mut glyf = vec![0; 4 * count + 4];
    let mut loca = vec![0; 4 * count + 4];
    if let Some((start, rest)) = glyf.split_at_mut_checked(8) {
        let [_, _, mark @ .., _, _] = start else { return (glyf, loca) };
        mark.copy_from_slice(&first(face));
        for (glyph, place) in (1_u16..).zip(rest.chunks_exact_mut(4)) {
            place.copy_from_slice(&u32::from(glyph).to_be_bytes());
        }
    }
    for (glyph, place) in (1_u32..).zip(loca.chunks_exact_mut(4).skip(1)) {
        place.copy_from_slice(&(4 * glyph + 4).to_be_bytes());
    }
    (glyf, loca)
}

/// Returns the mark of each glyph of a font file.
pub(super) fn marks(file: &[u8]) -> Option<Vec<Mark>> {
    let face = RawFace::parse(file, 0).ok()?;
    let table = |tag: &[u8; 4]| face.table(Tag::from_bytes(tag));
    let (head, loca, glyf) = (table(b"head")?, table(b"loca")?, table(b"glyf")?);
    let is_long = word(head, 50)? != 0;
    let count = usize::from(word(table(b"maxp")?, 4)?);
    let offset = |at: usize| -> Option<usize> {
        if is_long {
            usize::try_from(u32::from_be_bytes(loca.get(4 * at..4 * at + 4)?.try_into().ok()?)).ok()
        } else {
            Some(2 * usize::from(word(loca, 2 * at)?))
        }
    };
    let mark = |at: usize| {
        let [a, b, rest @ ..] = glyf.get(offset(at)?..offset(at + 1)?)?.strip_prefix(&EMPTY)? else {
            return None;
        };
        match rest {
            [] => Some([*a, *b, 0, 0]),
            [c, d, ..] => Some([*a, *b, *c, *d]),
            [_] => None,
        }
    };
    (0..count).map(mark).collect()
}
