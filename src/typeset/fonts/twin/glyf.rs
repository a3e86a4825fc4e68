//! TrueType outlines of a twin: each glyph is one without contours, followed by its mark.

use ttf_parser::{RawFace, Tag};

use super::{first, word};

/// Number of contours: none.
const EMPTY: [u8; 2] = [0, 0];

/// Returns the tables `glyf` and `loca`, with long offsets.
pub(super) fn hollow(glyphs: u16, face: u16) -> (Vec<u8>, Vec<u8>) {
    let count = usize::from(glyphs);
    let (mut glyf, mut loca) = (Vec::with_capacity(4 * count + 4), Vec::with_capacity(4 * count + 4));
    let mut end = 0_u32;
    loca.extend(end.to_be_bytes());
    for glyph in 0..glyphs {
        glyf.extend(EMPTY);
        end += 4;
        if glyph == 0 {
            glyf.extend(first(face));
            glyf.extend([0, 0]);
            end += 4;
        } else {
            glyf.extend(glyph.to_be_bytes());
        }
        loca.extend(end.to_be_bytes());
    }
    (glyf, loca)
}

/// Returns the mark of each glyph of a font file.
pub(super) fn marks(file: &[u8]) -> Option<Vec<Vec<u8>>> {
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
    (0..count)
        .map(|at| Some(glyf.get(offset(at)?..offset(at + 1)?)?.strip_prefix(&EMPTY)?.to_vec()))
        .collect()
}
