//! Brackets and quotation marks without their partner.

use super::{Wrong, around};
use crate::finding::Severity;

/// What opens, what closes, and what people call the two.
const PAIRS: [(char, char, &str); 9] = [
    ('《', '》', "书名号"),
    ('〈', '〉', "书名号"),
    ('（', '）', "括号"),
    ('(', ')', "括号"),
    ('【', '】', "括号"),
    ('〔', '〕', "括号"),
    ('“', '”', "引号"),
    ('「', '」', "引号"),
    ('『', '』', "引号"),
];

/// Marks within marks are looked for no deeper than this.
const DEEPEST: usize = 32;

/// The first mark of a paragraph that has no partner, or else a title within a title. One mark that is lost leaves
/// others without a partner.
pub(super) fn unpaired(text: &str) -> Option<Wrong> {
    let mut alone: Option<(usize, usize, bool)> = None;
    let mut report = |at: usize, pair: usize, opens: bool| {
        if alone.is_none_or(|(first, ..)| at < first) {
            alone = Some((at, pair, opens));
        }
    };
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut nested = None;
    for (at, c) in text.char_indices() {
        if let Some(pair) = PAIRS.iter().position(|(opening, ..)| *opening == c) {
            let is_within =
                |open: &[(usize, usize)]| open.iter().rev().take(DEEPEST).any(|(_, other)| *other == pair);
            if c == '《' && nested.is_none() && is_within(&open) {
                nested = Some(at);
            }
            open.push((at, pair));
        } else if let Some(pair) = PAIRS.iter().position(|(_, closing, _)| *closing == c) {
            // ( may close with ）: that is a half-width mark, and reported as one.
            let is_partner = |other: usize| other == pair || is_round(other) && is_round(pair);
            match open.iter().rev().take(DEEPEST).position(|(_, other)| is_partner(*other)) {
                Some(above) => {
                    open.drain(open.len() - above..).for_each(|(at, pair)| report(at, pair, true));
                    open.pop();
                }
                None if numbers_a_point(text, at) => {}
                None => report(at, pair, false),
            }
        }
    }
    open.into_iter().take(1).for_each(|(at, pair)| report(at, pair, true));
    match alone {
        Some((at, pair, opens)) => Some(without_partner(text, at, pair, opens)),
        None => nested.map(|at| within_another(text, at)),
    }
}

fn is_round(pair: usize) -> bool {
    matches!(PAIRS.get(pair), Some(('（' | '(', ..)))
}

fn without_partner(text: &str, at: usize, pair: usize, opens: bool) -> Wrong {
    let (opening, closing, name) = PAIRS[pair];
    let (mark, partner) = if opens { (opening, closing) } else { (closing, opening) };
    let part = at..at + mark.len_utf8();
    let quoted = &text[around(text, &part)];
    // “谁负责“: the second of two opening marks should close.
    let again =
        opens && name == "引号" && text[..at].matches(opening).count() > text[..at].matches(closing).count();
    let hint = if again {
        format!("这里应是“{closing}”")
    } else {
        let half = if opens { "后" } else { "前" };
        format!("请补上{half}一半“{partner}”，或者删去这一半")
    };
    let message = format!("“{quoted}”的{name}“{mark}”不成对");
    Wrong { part, severity: Severity::Warning, message, hint }
}

/// A title within a title, which takes the smaller marks.
fn within_another(text: &str, at: usize) -> Wrong {
    let part = at..at + '《'.len_utf8();
    Wrong {
        severity: Severity::Unsure,
        message: format!("“{}”：书名号里面又用了双书名号", &text[around(text, &part)]),
        hint: "里面一层用单书名号“〈〉”".to_owned(),
        part,
    }
}

/// Whether a closing bracket numbers a point: 1）, 一）.
fn numbers_a_point(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let ordinal =
        before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c));
    ordinal.len() < before.len()
        && (ordinal.is_empty() || ordinal.ends_with(['。', '；', '：', '，', '、', '\n']))
}
