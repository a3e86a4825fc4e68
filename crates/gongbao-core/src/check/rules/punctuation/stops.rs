//! Doubled marks, and paragraphs that end without one.

use super::{Wrong, around};
use crate::{
    check::texts::{Said, scan::is_han},
    finding::Severity,
};

/// Marks that stand alone; 。。, ，， and 、、 are doubled words (`doubled-word`).
const ALONE: &str = "，。；：、";

/// Two different marks side by side, or one that is repeated and is none of the doubled words.
pub(super) fn doubled(text: &str) -> Option<Wrong> {
    let mut before: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        if let Some((start, first)) = before.filter(|(_, first)| ALONE.contains(*first) && ALONE.contains(c))
        {
            let part = start..at + c.len_utf8();
            let is_doubled_word = first == c && "，。、".contains(c);
            // 。。。 is how some write an ellipsis.
            if !is_doubled_word {
                return Some(Wrong {
                    severity: Severity::Warning,
                    message: format!("“{}”有两个标点连在一起：“{first}{c}”", &text[around(text, &part)]),
                    hint: "请留下一个；中间漏了字的，补上".to_owned(),
                    part,
                });
            }
        }
        before = Some((at, c));
    }
    None
}

/// A heading has no more characters than this.
const HEADING: usize = 40;

/// A line without any mark within it is a heading, a name or a date up to this many characters.
const LINE: usize = 25;

/// A paragraph of sentences that ends without a mark, or with one that something must follow.
pub(super) fn unended(said: &Said<'_>, goes_on: bool) -> Option<Wrong> {
    let text = said.text.trim_end();
    let (at, last) = text.char_indices().next_back()?;
    let length = text.chars().count();
    let has = |marks: &[char]| text[..at].contains(marks);
    let is_prose = match said.level {
        0 => has(&['。', '；']) || has(&['，']) && length > LINE,
        _ => has(&['。', '；']) || length > HEADING,
    };
    // A line that opens a list is followed by its points.
    let is_open =
        matches!(last, '，' | '、') || is_han(last) || matches!(last, '%' | '％') || last.is_ascii_digit();
    if !is_prose || !is_open || is_address(text) || matches!(last, '，' | '、') && goes_on && said.level > 0
    {
        return None;
    }
    let part = at..at + last.len_utf8();
    let end = text.char_indices().rev().take(10).last().map_or(0, |(at, _)| at);
    let message = format!("这一段到“{}”就完了，末尾没有句号", &text[end..]);
    let hint = match last {
        '，' | '、' => format!("请把末尾的“{last}”改成句号；话没有写完的，补完"),
        _ => "请补上句号；话没有写完的，补完".to_owned(),
    };
    Some(Wrong { part, severity: Severity::Warning, message, hint })
}

/// Whether a paragraph ends with a telephone number or a postcode, which nobody puts a full stop behind.
fn is_address(text: &str) -> bool {
    let digits = text.chars().rev().take_while(|c| c.is_ascii_digit() || *c == '-').count();
    digits >= 5
}
