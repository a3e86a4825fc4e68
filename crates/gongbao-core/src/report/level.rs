//! Levels of paragraphs by their opening ordinals (GB/T 9704-2012, 7.3.3).

use super::ordinal;

/// Level of a normalised paragraph: 2 for `（一）`, 3 for `1.`, 4 for `（1）`, 0 without an ordinal.
pub fn level(paragraph: &str) -> u8 {
    if let Some(inner) = bracketed(paragraph) {
        if ordinal::chinese(inner).is_some() {
            return 2;
        }
        if ordinal::arabic(inner).is_some() {
            return 4;
        }
    }
    let is_third = paragraph.split_once('.').is_some_and(|(digits, rest)| {
        ordinal::arabic(digits).is_some()
            && !rest.starts_with(|c: char| ordinal::half_width(c).is_ascii_digit())
    });
    if is_third { 3 } else { 0 }
}

/// Whether a paragraph opens with `一、`, which numbers chapters and opens no level within one.
pub fn opens_like_a_chapter(paragraph: &str) -> bool {
    paragraph.split_once('、').is_some_and(|(numeral, _)| ordinal::chinese(numeral).is_some())
}

/// The words in the full-width brackets that open the paragraph.
fn bracketed(paragraph: &str) -> Option<&str> {
    let (inner, _) = paragraph.strip_prefix('（')?.split_once('）')?;
    // Ordinals are short; the limit avoids reading long brackets.
    (inner.len() <= 9).then_some(inner)
}

/// Length of the first sentence in bytes, with its full stop and the closing marks after it.
pub(super) fn first_sentence(paragraph: &str) -> usize {
    let Some(stop) = paragraph.find('。') else { return paragraph.len() };
    let after = stop + '。'.len_utf8();
    let rest = &paragraph[after..];
    after + rest.len() - rest.trim_start_matches(['”', '’', '）', '》', '」', '』']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The run-in heading of a second-level paragraph, and the rest.
    fn parted(text: &str) -> (&str, &str) {
        assert_eq!(level(text), 2, "{text}");
        text.split_at(first_sentence(text))
    }

    #[test]
    fn the_heading_of_a_second_level_paragraph_is_its_first_sentence() {
        assert_eq!(parted("（一）主动公开方面"), ("（一）主动公开方面", ""));
        assert_eq!(parted("（九十九）平台。"), ("（九十九）平台。", ""));
        assert_eq!(
            parted("（一）加大主动公开力度。按照“公开为常态”的原则。进一步"),
            ("（一）加大主动公开力度。", "按照“公开为常态”的原则。进一步")
        );
        assert_eq!(parted("（二）落实“谁公开。”其余"), ("（二）落实“谁公开。”", "其余"));
    }

    #[test]
    fn the_opening_ordinal_tells_the_level() {
        for (text, expected) in [
            ("（一）主动公开方面", 2),
            ("1.加强领导。抓落实。", 3),
            ("12. 2024年", 3),
            ("1.5万件", 0),
            ("1.", 3),
            ("（1）信访。", 4),
            ("（12）信访", 4),
            ("（123）信访", 0),
            ("（零）", 0),
            ("（一百）", 0),
            ("（略）其他", 0),
            ("（未完", 0),
            ("2024年", 0),
            ("一、总体情况", 0),
            ("", 0),
        ] {
            assert_eq!(level(text), expected, "{text}");
        }
    }

    #[test]
    fn chapters_are_recognised_by_their_numbering() {
        assert!(opens_like_a_chapter("一、总体情况"));
        assert!(opens_like_a_chapter("十二、其他"));
        assert!(!opens_like_a_chapter("一是加强领导、二是"));
        assert!(!opens_like_a_chapter("（一）主动公开、依申请公开"));
    }
}
