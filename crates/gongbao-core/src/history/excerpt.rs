//! Excerpts of a change: the changed words with some context.

use crate::report::{Edit, Piece};

/// Texts up to this many characters are not shortened.
const WHOLE: usize = 60;

/// Characters of context on either side of a change.
const AROUND: usize = 14;

/// Mark for omitted words.
const CUT: &str = "……";

/// Old and new words of a change; common words are shortened to the context next to the changes. A side without words is
/// empty.
pub fn excerpt(pieces: &[Piece]) -> [Vec<Piece>; 2] {
    let side = |other: Edit| -> Vec<&Piece> { pieces.iter().filter(|piece| piece.edit != other).collect() };
    let (old, new) = (side(Edit::Inserted), side(Edit::Deleted));
    let length = |side: &[&Piece]| side.iter().map(|piece| piece.text.chars().count()).sum::<usize>();
    let whole = length(&old).max(length(&new)) <= WHOLE;
    let first = |side: &[&Piece], at: usize| pieces.first() == side.get(at).copied();
    let last = |side: &[&Piece], at: usize| pieces.last() == side.get(at).copied();
    let side_words = |side: &[&Piece]| -> Vec<Piece> {
        let short = |(at, piece): (usize, &&Piece)| match piece.edit {
            Edit::Kept if !whole => Piece {
                edit: Edit::Kept,
                text: shortened(&piece.text, at == 0 && first(side, at), last(side, at)),
            },
            _ => (*piece).clone(),
        };
        side.iter().enumerate().map(short).collect()
    };
    [side_words(&old), side_words(&new)]
}

/// The words of the pieces, joined.
pub fn joined(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// A common stretch, shortened to the context of the changes beside it.
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
