//! Where a key that stands twice stood first.

use std::ops::Range;

use ::toml::de::DeTable;

/// A key that no report has.
const STAND_IN: &str = "gongbao-stand-in";

/// Looking for the first place reads the file again for each candidate; beyond this it is left out.
const LARGEST: usize = 1 << 17;

/// Only the nearest ones are tried.
const CANDIDATES: usize = 8;

/// Where the key at `second` stood first.
///
/// The parser knows but does not tell; so the nearest equal keys before it are renamed, one at a time, until
/// it no longer complains.
pub(super) fn first(text: &str, second: &Range<usize>) -> Option<usize> {
    if text.len() > LARGEST {
        return None;
    }
    let key = text.get(second.clone()).filter(|key| !key.is_empty())?;
    let before = text.get(..second.start)?;
    let places = before.rmatch_indices(key).map(|(at, _)| at).filter(|at| begins_key(before, *at));
    places.take(CANDIDATES).find(|at| {
        let (head, tail) =
            (text.get(..*at).unwrap_or_default(), text.get(at + key.len()..).unwrap_or_default());
        let renamed = format!("{head}{STAND_IN}{tail}");
        let moved = second.start + STAND_IN.len() - key.len();
        let (_, errors) = DeTable::parse_recoverable(&renamed);
        !errors.iter().any(|error| error.span().is_some_and(|span| span.start == moved))
    })
}

/// Whether a key can begin at `at`.
fn begins_key(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '\r', '[', '.', '{', ','])
}
