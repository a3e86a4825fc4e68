//! Place of the first of two equal keys.

use std::ops::Range;

use ::toml::de::DeTable;

/// A key that occurs in no report.
const STAND_IN: &str = "gongbao-stand-in";

/// Largest file that is searched: the search parses the file once for each candidate.
const LARGEST: usize = 1 << 17;

/// Maximum number of candidates, nearest first.
const CANDIDATES: usize = 8;

/// Finds the first occurrence of the key at `second`.
///
/// The parser does not report it. So the nearest equal keys before `second` are renamed one at a time, until the error
/// disappears.
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

/// Whether a key may begin at `at`.
fn begins_key(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '\r', '[', '.', '{', ','])
}
