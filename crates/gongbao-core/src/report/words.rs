//! Word-by-word comparison of two texts.

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// A stretch of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Whether it was kept, deleted or inserted.
    pub edit: Edit,
    /// The words.
    pub text: String,
}

/// Edit of a stretch of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// In both texts.
    Kept,
    /// In the old text only.
    Deleted,
    /// In the new text only.
    Inserted,
}

/// Maximum length in words; longer texts are shown as replaced as a whole, to bound the cost.
const MOST_WORDS: usize = 20_000;

/// Number of common words between two changes that are regarded as coincidence and shown as changed.
const BY_CHANCE: usize = 1;

/// Compares two texts word by word: numbers and Latin words are words, each hanzi is a word. Deleted words come before the
/// words inserted in their place.
pub fn pieces(old: &str, new: &str) -> Vec<Piece> {
    if old == new {
        return if old.is_empty() { Vec::new() } else { vec![piece(Edit::Kept, old)] };
    }
    let (old_words, new_words) = (words(old), words(new));
    if old_words.len().max(new_words.len()) > MOST_WORDS {
        return [piece(Edit::Deleted, old), piece(Edit::Inserted, new)]
            .into_iter()
            .filter(|piece| !piece.text.is_empty())
            .collect();
    }
    let ops = capture_diff_slices(Algorithm::Myers, &old_words, &new_words);
    // Alternating kept and changed stretches.
    let mut stretches: Vec<Stretch> = Vec::new();
    for op in ops {
        let (tag, olds, news) = op.as_tag_tuple();
        let joined = |words: &[&str]| words.concat();
        let (deleted, inserted) = (joined(&old_words[olds.clone()]), joined(&new_words[news.clone()]));
        let few =
            tag == DiffTag::Equal && olds.len() <= BY_CHANCE && !deleted.contains(['，', '。', '；', '：']);
        match (tag == DiffTag::Equal, stretches.last_mut()) {
            (false, Some(Stretch::Changed { old, new })) => {
                old.push_str(&deleted);
                new.push_str(&inserted);
            }
            (false, _) => stretches.push(Stretch::Changed { old: deleted, new: inserted }),
            (true, _) => stretches.push(Stretch::Kept { text: deleted, few }),
        }
    }
    merged(stretches).into_iter().flat_map(Stretch::pieces).collect()
}

#[derive(Debug)]
enum Stretch {
    Kept { text: String, few: bool },
    Changed { old: String, new: String },
}

impl Stretch {
    fn pieces(self) -> Vec<Piece> {
        let all = match self {
            Self::Kept { text, .. } => vec![Piece { edit: Edit::Kept, text }],
            Self::Changed { old, new } => {
                vec![Piece { edit: Edit::Deleted, text: old }, Piece { edit: Edit::Inserted, text: new }]
            }
        };
        all.into_iter().filter(|piece| !piece.text.is_empty()).collect()
    }
}

/// Merges two replacements separated only by a coincidence: alternating struck and underlined characters are unreadable.
fn merged(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let replaced = |stretch: Option<&Stretch>| match stretch {
        Some(Stretch::Changed { old, new }) => old.chars().count().min(new.chars().count()) > BY_CHANCE,
        _ => false,
    };
    let drops: Vec<bool> = (0..stretches.len())
        .map(|at| {
            let few = matches!(stretches[at], Stretch::Kept { few: true, .. });
            few && at > 0 && replaced(stretches.get(at - 1)) && replaced(stretches.get(at + 1))
        })
        .collect();
    let mut merged: Vec<Stretch> = Vec::new();
    let mut joins = false;
    for (stretch, drop) in stretches.into_iter().zip(drops) {
        match (stretch, merged.last_mut()) {
            (Stretch::Kept { text, .. }, Some(Stretch::Changed { old, new })) if drop => {
                old.push_str(&text);
                new.push_str(&text);
                joins = true;
            }
            (Stretch::Changed { old: deleted, new: inserted }, Some(Stretch::Changed { old, new }))
                if joins =>
            {
                old.push_str(&deleted);
                new.push_str(&inserted);
                joins = false;
            }
            (stretch, _) => merged.push(stretch),
        }
    }
    merged
}

/// Divides a text into words: a number with decimals and percent sign, a run of Latin letters, or a single character.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_digit() {
            number(rest)
        } else if first.is_ascii_alphabetic() {
            rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(length);
        words.push(word);
        rest = after;
    }
    words
}

/// Length of the number at the start of a text.
fn number(text: &str) -> usize {
    let digits =
        |from: usize| text[from..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |at| from + at);
    let mut end = digits(0);
    // A point or comma belongs to the number if digits follow.
    while text[end..].starts_with(['.', ',']) && digits(end + 1) > end + 1 {
        end = digits(end + 1);
    }
    if text[end..].starts_with('%') { end + 1 } else { end }
}

fn piece(edit: Edit, text: &str) -> Piece {
    Piece { edit, text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows deletions in brackets and insertions in braces.
    fn marked(old: &str, new: &str) -> String {
        let show = |piece: Piece| match piece.edit {
            Edit::Kept => piece.text,
            Edit::Deleted => format!("[{}]", piece.text),
            Edit::Inserted => format!("{{{}}}", piece.text),
        };
        pieces(old, new).into_iter().map(show).collect()
    }

    #[test]
    fn numbers_and_single_hanzi_are_words() {
        assert_eq!(marked("新收3119件。", "新收3120件。"), "新收[3119]{3120}件。");
        assert_eq!(marked("占12.5%。", "占12.58%。"), "占[12.5%]{12.58%}。");
        assert_eq!(marked("共1,234条", "共1,235条"), "共[1,234]{1,235}条");
        assert_eq!(marked("通过网站公开", "通过网站和公示栏公开"), "通过网站{和公示栏}公开");
        assert_eq!(marked("", "新段。"), "{新段。}");
        assert_eq!(marked("旧段。", ""), "[旧段。]");
        assert_eq!(marked("不变", "不变"), "不变");
    }

    #[test]
    fn coincidences_are_shown_as_changed() {
        assert_eq!(marked("由镇长办公会研究", "由党委常委会研究"), "由[镇长办公]{党委常委}会研究");
        let all: String = pieces("甲的乙丙", "丁戊的己庚")
            .into_iter()
            .filter(|p| p.edit != Edit::Inserted)
            .map(|p| p.text)
            .collect();
        assert_eq!(all, "甲的乙丙");
    }
}
