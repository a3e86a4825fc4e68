//! The old and the new words of a change with as much around them as says where they stand.

use crate::report::{Fate, Piece};

/// Texts up to this many characters are told whole.
const WHOLE: usize = 60;

/// So many characters on either side say where a change stands.
const AROUND: usize = 14;

/// What was left out.
const CUT: &str = "……";

/// What stood there and what stands there, each with what is its own and what both share; the latter cut to the
/// words next to the changes. A side that has nothing is empty.
pub fn excerpt(pieces: &[Piece]) -> [Vec<Piece>; 2] {
    let side = |other: Fate| -> Vec<&Piece> { pieces.iter().filter(|piece| piece.fate != other).collect() };
    let (old, new) = (side(Fate::Inserted), side(Fate::Deleted));
    let length = |side: &[&Piece]| side.iter().map(|piece| piece.text.chars().count()).sum::<usize>();
    let whole = length(&old).max(length(&new)) <= WHOLE;
    let first = |side: &[&Piece], at: usize| pieces.first() == side.get(at).copied();
    let last = |side: &[&Piece], at: usize| pieces.last() == side.get(at).copied();
    let told = |side: &[&Piece]| -> Vec<Piece> {
        let short = |(at, piece): (usize, &&Piece)| match piece.fate {
            Fate::Kept if !whole => Piece {
                fate: Fate::Kept,
                text: shortened(&piece.text, at == 0 && first(side, at), last(side, at)),
            },
            _ => (*piece).clone(),
        };
        side.iter().enumerate().map(short).collect()
    };
    [told(&old), told(&new)]
}

/// The words of some pieces.
pub fn joined(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// What was kept, as far as it stands next to a change.
fn shortened(text: &str, is_first: bool, is_last: bool) -> String {
    let characters: Vec<char> = text.chars().collect();
    let length = characters.len();
    let head: String = characters.iter().take(AROUND).collect();
    let tail: String = characters.iter().skip(length.saturating_sub(AROUND)).collect();
    match (is_first, is_last) {
        _ if length <= AROUND + CUT.chars().count() => text.to_owned(),
        (true, _) => format!("{CUT}{tail}"),
        (_, true) => format!("{head}{CUT}"),
        _ if length <= 2 * AROUND + CUT.chars().count() => text.to_owned(),
        _ => format!("{head}{CUT}{tail}"),
    }
}
