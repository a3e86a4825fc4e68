//! A key that stands twice, and where it stood first.

use std::{ops::Range, sync::Arc};

use ::toml::de::DeTable;

use super::super::{Source, syntax::unreadable};
use crate::finding::Finding;

/// A key that no report has.
const STAND_IN: &str = "gongbao-stand-in";

/// Looking for the first place reads the file again for each candidate; beyond this it is left out.
const LARGEST: usize = 1 << 18;

/// Only the nearest ones are tried.
const CANDIDATES: usize = 40;

/// A finding about the second of two equal keys.
pub(super) fn finding(source: &Arc<Source>, span: Range<usize>) -> Finding {
    let key = source.text.get(span.clone()).unwrap_or_default();
    let message = match first(&source.text, &span) {
        Some(first) => format!("“{key}”重复：第{}行已经写过", source.line_column(first).0),
        None => format!("“{key}”重复：前面已经写过"),
    };
    unreadable(source, span, message).hint("同一栏目只能写一次，请核对后保留正确的一处，删去另一处")
}

/// Where the key at `second` stood first.
///
/// The parser knows but does not tell; so the nearest equal keys before it are renamed, one at a time, until
/// it no longer complains.
fn first(text: &str, second: &Range<usize>) -> Option<usize> {
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
