//! Hollow twins: faces without outlines, with which Typst lays out and exports.
//!
//! Layout needs the tables of metrics, mapping and shaping, not the outlines, which are over nine tenths of a CJK
//! face. Typst digests, interprets and compresses all that it is given, so it is given a twin: every other table of
//! the face, and for each glyph a mark instead of an outline. The mark is the number of the glyph, so that the subset
//! in a finished PDF shows which outlines belong in it ([`super::outlines`]).

pub(super) mod cff;
pub(super) mod cmap;
mod glyf;

use std::borrow::Cow;

use ttf_parser::{RawFace, Tag};

use cff::Cff;

/// Tables with outlines, hints, bitmaps without colour, and signatures.
const OMITTED: [&[u8; 4]; 17] = [
    b"CFF ", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"LTSH", b"PCLT", b"VDMX", b"cvt ", b"fpgm", b"gasp",
    b"glyf", b"hdmx", b"head", b"loca", b"prep", b"FFTM",
];

/// Tables of faces that Typst exports in another way: variable faces, glyphs in colour or as pictures.
const REFUSED: [&[u8; 4]; 11] =
    [b"CBDT", b"CBLC", b"CFF2", b"COLR", b"SVG ", b"bdat", b"bloc", b"fvar", b"gvar", b"sbix", b"avar"];

/// Marks the first glyph (.notdef) of a twin, which is part of every subset.
const SIGN: [u8; 2] = *b"GB";

/// The contents of the first glyph of a twin: the sign, and the number of the face.
fn first(face: u16) -> Mark {
    let [high, low] = face.to_be_bytes();
    [SIGN[0], SIGN[1], high, low]
}

/// The kinds of outlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OutlineKind {
    /// Compact Font Format: one charstring for each glyph.
    Cff {
        /// Whether the face has no subroutines and is keyed by CID, so that its charstrings stand alone.
        is_plain: bool,
    },
    /// TrueType.
    Glyf,
}

/// A twin and the kind of outlines that it lacks.
pub(super) struct Twin {
    pub(super) bytes: Vec<u8>,
    pub(super) kind: OutlineKind,
}

/// Makes the twin of a face; `face` is its number in the set, `is_nested` what is known of its character map
/// ([`cmap::is_nested`]). `None` for a face of another structure, which Typst must handle itself.
pub(super) fn twin(data: &[u8], index: u32, face: u16, is_nested: bool) -> Option<Twin> {
    let raw = RawFace::parse(data, index).ok()?;
    let tags: Vec<Tag> = raw.table_records.into_iter().map(|record| record.tag).collect();
    // Readers that search and readers that scan must find the same tables.
    if !tags.is_sorted_by(|a, b| a < b) || tags.iter().any(|tag| REFUSED.contains(&&tag.to_bytes())) {
        return None;
    }
    let table = |tag: &[u8; 4]| raw.table(Tag::from_bytes(tag));
    let glyphs = word(table(b"maxp")?, 4)?;
    let mut tables: Vec<([u8; 4], Cow<'_, [u8]>)> = Vec::new();
    for tag in tags.iter().map(|tag| tag.to_bytes()).filter(|tag| !OMITTED.contains(&tag)) {
        let bytes = table(&tag)?;
        tables.push((
            tag,
            if tag == *b"cmap" { cmap::unrepeated(bytes, is_nested)?.into() } else { bytes.into() },
        ));
    }
    let mut head = table(b"head")?.to_vec();
    let kind = match (table(b"CFF "), table(b"glyf")) {
        (Some(bytes), None) => {
            let cff = Cff::read(bytes).filter(|cff| cff.glyphs.len() == usize::from(glyphs))?;
            tables.push((*b"CFF ", cff.hollow(face)?.into()));
            OutlineKind::Cff { is_plain: cff.is_plain() }
        }
        (None, Some(_)) => {
            // `indexToLocFormat`: long offsets.
            head.get_mut(50..52)?.copy_from_slice(&[0, 1]);
            let (glyf, loca) = glyf::hollow(glyphs, face);
            tables.extend([(*b"glyf", glyf.into()), (*b"loca", loca.into())]);
            OutlineKind::Glyf
        }
        _ => return None,
    };
    tables.push((*b"head", head.into()));
    tables.sort_by_key(|(tag, _)| *tag);
    Some(Twin { bytes: assemble(data.get(..4).filter(|v| *v != b"ttcf"), &kind, &tables)?, kind })
}

/// Returns the numbers of face and glyphs that the subset of a twin stands for, in the order of the subset; `None` if
/// it is no subset of a twin.
pub(super) fn read(subset: &[u8]) -> Option<(usize, Vec<u16>)> {
    let marks = if subset.starts_with(&[1, 0, 4]) { cff::marks(subset)? } else { glyf::marks(subset)? };
    let (first, glyphs) = marks.split_first()?;
    let [a, b, high, low] = *first;
    if [a, b] != SIGN {
        return None;
    }
    let numbers = std::iter::once(0).chain(glyphs.iter().map(|[a, b, ..]| u16::from_be_bytes([*a, *b])));
    Some((u16::from_be_bytes([high, low]).into(), numbers.collect()))
}

/// The mark of a glyph: its number and zeros; of the first: [`first`].
type Mark = [u8; 4];

/// Writes a font file. Checksums are left out: no reader of the twin compares them.
fn assemble(
    version: Option<&[u8]>,
    kind: &OutlineKind,
    tables: &[([u8; 4], Cow<'_, [u8]>)],
) -> Option<Vec<u8>> {
    let usual: &[u8] = if *kind == OutlineKind::Glyf { &[0, 1, 0, 0] } else { b"OTTO" };
    let mut file = version.unwrap_or(usual).to_vec();
    file.extend(u16::try_from(tables.len()).ok()?.to_be_bytes());
    file.extend([0; 6]);
    let mut offset = 12 + 16 * tables.len();
    for (tag, bytes) in tables {
        file.extend(tag);
        file.extend([0; 4]);
        file.extend(u32::try_from(offset).ok()?.to_be_bytes());
        file.extend(u32::try_from(bytes.len()).ok()?.to_be_bytes());
        offset += bytes.len().next_multiple_of(4);
    }
    file.reserve(offset.saturating_sub(file.len()));
    for (_, bytes) in tables {
        file.extend_from_slice(bytes);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    Some(file)
}

/// Returns the big-endian word at an offset.
fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}
