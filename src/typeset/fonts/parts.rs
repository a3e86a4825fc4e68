//! Characters that the shaper composes from parts if a face lacks them: č from c and a caron, 郎 (U+F92C) from the
//! usual 郎.

use std::{ops::RangeInclusive, sync::OnceLock};

use typst::foundations::{Str, UnicodeNormalForm};

use super::coverage::Glyphs;

/// Ranges of characters with canonical decompositions, without Hangul, whose parts no Chinese font has.
const BLOCKS: [RangeInclusive<char>; 8] = [
    '\u{C0}'..='\u{233}',
    '\u{340}'..='\u{4FF}',
    '\u{1E00}'..='\u{1FFF}',
    '\u{2000}'..='\u{232A}',
    '\u{2ADC}'..='\u{2ADC}',
    '\u{304C}'..='\u{30FE}',
    '\u{F900}'..='\u{FAD9}',
    '\u{2F800}'..='\u{2FA1D}',
];

/// A character, its first part, and the mark that follows, if there is one.
type Parts = (char, char, Option<char>);

/// Adds every missing character whose parts are present, in the order of the shaper.
pub(super) fn composed(glyphs: &mut Glyphs) {
    let made: Vec<char> =
        table().iter().map(|(c, ..)| *c).filter(|c| !glyphs.has(*c) && can_be_made(*c, glyphs)).collect();
    made.into_iter().for_each(|c| glyphs.set(c));
}

fn can_be_made(c: char, glyphs: &Glyphs) -> bool {
    let Ok(at) = table().binary_search_by_key(&c, |(c, _, _)| *c) else { return false };
    let Some((_, base, mark)) = table().get(at) else { return false };
    mark.is_none_or(|mark| glyphs.has(mark)) && (glyphs.has(*base) || can_be_made(*base, glyphs))
}

/// Returns all characters with decompositions, in order.
fn table() -> &'static [Parts] {
    static TABLE: OnceLock<Vec<Parts>> = OnceLock::new();
    TABLE.get_or_init(|| BLOCKS.iter().cloned().flatten().filter_map(parts).collect())
}

fn parts(c: char) -> Option<Parts> {
    let whole: Vec<char> = Str::from(c).normalize(UnicodeNormalForm::Nfd).chars().collect();
    let (last, before) = whole.split_last()?;
    if before.is_empty() {
        return (*last != c).then_some((c, *last, None));
    }
    // One step only: ǖ is decomposed to ü and a macron, and ü to u and a diaeresis.
    let base = Str::from(before.iter().collect::<String>()).normalize(UnicodeNormalForm::Nfc);
    let mut base = base.chars();
    match (base.next(), base.next()) {
        (Some(base), None) => Some((c, base, Some(*last))),
        _ => None,
    }
}
