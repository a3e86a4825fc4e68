//! Characters that the shaper puts together from parts where a face lacks them whole: č from c and a caron, 郎 (U+F92C)
//! from the usual 郎.

use std::{ops::RangeInclusive, sync::OnceLock};

use typst::{
    foundations::{Str, UnicodeNormalForm},
    text::Coverage,
};

/// Where characters with canonical parts lie, Hangul left aside, which no Chinese face holds in parts either.
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

/// A character, what it begins with, and the mark that follows, if it is not just another character's double.
type Parts = (char, char, Option<char>);

/// Calls `found` with every character that is not covered but whose parts are, step by step as the shaper does.
pub(super) fn composed(coverage: &Coverage, mut found: impl FnMut(char)) {
    let mut covered = vec![0u64; 0x11_0000 / 64];
    for c in coverage.iter() {
        if let Some(word) = covered.get_mut(c as usize / 64) {
            *word |= 1 << (c % 64);
        }
    }
    let has = |c: char| {
        let c = u32::from(c);
        covered.get(c as usize / 64).is_some_and(|word| word & (1 << (c % 64)) != 0)
    };
    for (c, _, _) in table() {
        if !has(*c) && can_be_made(*c, &has) {
            found(*c);
        }
    }
}

fn can_be_made(c: char, has: &impl Fn(char) -> bool) -> bool {
    let Ok(at) = table().binary_search_by_key(&c, |(c, _, _)| *c) else { return false };
    let Some((_, base, mark)) = table().get(at) else { return false };
    mark.is_none_or(has) && (has(*base) || can_be_made(*base, has))
}

/// All characters with parts, in order.
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
    // One step only: ǖ is ü with a macron before it is u with two marks.
    let base = Str::from(before.iter().collect::<String>()).normalize(UnicodeNormalForm::Nfc);
    let mut base = base.chars();
    match (base.next(), base.next()) {
        (Some(base), None) => Some((c, base, Some(*last))),
        _ => None,
    }
}
