//! Half-width marks beside hanzi, and spaces behind full-width marks.

use std::ops::Range;

use super::{Wrong, around};
use crate::{check::texts::scan::is_han, finding::Severity};

/// Half-width marks, and what they should be beside hanzi.
const MARKS: [(char, char); 8] =
    [(',', '，'), (';', '；'), (':', '：'), ('?', '？'), ('!', '！'), ('(', '（'), (')', '）'), ('.', '。')];

/// Full-width marks, which belong to hanzi as much as hanzi do.
const FULL: &str = "，。；：、！？“”‘’（）《》〈〉〔〕【】";

/// Half-width marks in a paragraph: one finding with the corrected words.
pub(super) fn half_width(text: &str) -> Option<Wrong> {
    let places: Vec<(Range<usize>, char)> = marks(text);
    let (first, _) = places.first()?.clone();
    let quoted = around(text, &first);
    let mut corrected = String::new();
    let mut at = quoted.start;
    for (part, right) in places.iter().filter(|(part, _)| quoted.contains(&part.start)) {
        corrected += &text[at..part.start];
        corrected.push(*right);
        at = part.end;
    }
    corrected += &text[at..quoted.end];
    let more = if places.len() > 1 { format!("，这一段共{}处", places.len()) } else { String::new() };
    Some(Wrong {
        severity: Severity::Warning,
        message: format!("“{}”用了半角标点{more}", &text[quoted]),
        hint: format!("应为“{corrected}”：汉字之间用全角标点"),
        part: first,
    })
}

fn marks(text: &str) -> Vec<(Range<usize>, char)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut places = Vec::new();
    for (index, (at, c)) in chars.iter().enumerate() {
        let Some((_, right)) = MARKS.iter().find(|(half, _)| half == c) else { continue };
        let before = index.checked_sub(1).and_then(|index| chars.get(index)).map(|(_, c)| *c);
        let behind = chars.get(index + 1).map(|(_, c)| *c);
        let is_chinese = |c: Option<char>| c.is_some_and(|c| is_han(c) || FULL.contains(c));
        let is_wrong = match c {
            // 3.5, 1. and www.gov.cn; only a point that ends Chinese words is a full stop.
            '.' => is_chinese(before) && (behind.is_none() || is_chinese(behind)),
            // 10:30, http://
            ':' => is_chinese(before),
            '(' => is_chinese(behind) || is_chinese(before),
            // 1) and a) number points.
            ')' => is_chinese(before),
            _ => is_chinese(before) || is_chinese(behind) && before.is_some(),
        };
        if is_wrong {
            places.push((*at..at + c.len_utf8(), *right));
        }
    }
    places
}

/// A space behind a full-width mark; between hanzi reading has removed it.
pub(super) fn spaced(text: &str) -> Option<Wrong> {
    let (at, c) = text.char_indices().find(|(at, c)| {
        "，。；：、！？”）》".contains(*c) && text[at + c.len_utf8()..].starts_with([' ', '　'])
    })?;
    let part = at..at + c.len_utf8();
    Some(Wrong {
        severity: Severity::Unsure,
        message: format!("“{}”的“{c}”后面有空格", &text[around(text, &part)]),
        hint: "全角标点后面不空格：请删去空格".to_owned(),
        part,
    })
}
