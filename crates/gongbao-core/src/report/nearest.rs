//! The word that somebody most likely meant.

/// How much of the longer word must agree. Below that a suggestion puzzles more than it helps.
const NEAR: f64 = 0.6;

/// The known word nearest to `word`, `None` where none is reasonably near.
pub(super) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // Nobody mistypes a key this long, and the comparison costs the product of both lengths.
    if word.len() > 100 {
        return None;
    }
    let word = word.to_lowercase();
    let mut best = (NEAR, None);
    for key in known {
        let likeness = strsim::normalized_damerau_levenshtein(&word, key);
        if likeness > best.0 || (likeness >= best.0 && best.1.is_none()) {
            best = (likeness, Some(key));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn suggests_only_what_is_near() {
        let keys = ["issued", "repealed", "in_force"];
        assert_eq!(nearest("isued", keys), Some("issued"));
        assert_eq!(nearest("Repealed", keys), Some("repealed"));
        assert_eq!(nearest("inforce", keys), Some("in_force"));
        assert_eq!(nearest("made", keys), None);
        assert_eq!(nearest(&"issued".repeat(100), keys), None);
    }
}
