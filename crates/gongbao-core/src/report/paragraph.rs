//! The level of a paragraph, told by its opening ordinal as in GB/T 9704-2012, 7.3.3.

use super::ordinal;

/// A paragraph of a text, as it is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// 2 for `（一）`, 3 for `1.`, 4 for `（1）`, 0 where no ordinal opens it.
    pub level: u8,
    /// What is set in the heading face, ordinal and full stop included: the whole of a second-level
    /// paragraph, or its first sentence where the paragraph goes on after it. Other levels have none.
    pub heading: Option<String>,
    /// What is set as body after it; empty where the whole paragraph is the heading.
    pub text: String,
}

impl Paragraph {
    /// Tells the level of a paragraph that has been normalised.
    pub fn parse(paragraph: &str) -> Self {
        let body = |level| Self { level, heading: None, text: paragraph.to_owned() };
        if let Some(inner) = bracketed(paragraph) {
            if ordinal::chinese(inner).is_some() {
                let (heading, text) = paragraph.split_at(first_sentence(paragraph));
                return Self { level: 2, heading: Some(heading.to_owned()), text: text.to_owned() };
            }
            if ordinal::arabic(inner).is_some() {
                return body(4);
            }
        }
        let is_third = paragraph.split_once('.').is_some_and(|(digits, rest)| {
            ordinal::arabic(digits).is_some()
                && !rest.starts_with(|c: char| ordinal::half_width(c).is_ascii_digit())
        });
        body(if is_third { 3 } else { 0 })
    }

    /// The heading as a bookmark shows it: without its full stop, `None` where there is no heading.
    pub fn bookmark(&self) -> Option<&str> {
        self.heading.as_deref().map(|heading| heading.trim_end_matches('。'))
    }
}

/// Whether a paragraph opens with `一、`, which numbers chapters and opens no level within one.
pub fn opens_like_a_chapter(paragraph: &str) -> bool {
    paragraph.split_once('、').is_some_and(|(numeral, _)| ordinal::chinese(numeral).is_some())
}

/// What stands in the full-width brackets that open the paragraph.
fn bracketed(paragraph: &str) -> Option<&str> {
    let (inner, _) = paragraph.strip_prefix('（')?.split_once('）')?;
    // Ordinals are short; this keeps long brackets cheap.
    (inner.len() <= 9).then_some(inner)
}

/// Where the first sentence ends: behind its full stop and the marks that close with it.
fn first_sentence(paragraph: &str) -> usize {
    let Some(stop) = paragraph.find('。') else { return paragraph.len() };
    let after = stop + '。'.len_utf8();
    let rest = &paragraph[after..];
    after + rest.len() - rest.trim_start_matches(['”', '’', '）', '》', '」', '』']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (u8, Option<String>, String) {
        let paragraph = Paragraph::parse(text);
        (paragraph.level, paragraph.heading, paragraph.text)
    }

    #[test]
    fn a_second_level_paragraph_is_heading_or_run_in() {
        assert_eq!(parsed("（一）主动公开方面"), (2, Some("（一）主动公开方面".into()), String::new()));
        assert_eq!(parsed("（九十九）平台。"), (2, Some("（九十九）平台。".into()), String::new()));
        assert_eq!(
            parsed("（一）加大主动公开力度。按照“公开为常态”的原则。进一步"),
            (2, Some("（一）加大主动公开力度。".into()), "按照“公开为常态”的原则。进一步".into())
        );
        assert_eq!(
            parsed("（二）落实“谁公开。”其余"),
            (2, Some("（二）落实“谁公开。”".into()), "其余".into())
        );
        assert_eq!(Paragraph::parse("（一）主动公开。全年").bookmark(), Some("（一）主动公开"));
        assert_eq!(Paragraph::parse("正文。").bookmark(), None);
    }

    #[test]
    fn third_and_fourth_level_are_body() {
        for (text, level) in [
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
            assert_eq!(parsed(text), (level, None, text.to_owned()), "{text}");
        }
    }

    #[test]
    fn sees_the_numbering_of_chapters() {
        assert!(opens_like_a_chapter("一、总体情况"));
        assert!(opens_like_a_chapter("十二、其他"));
        assert!(!opens_like_a_chapter("一是加强领导、二是"));
        assert!(!opens_like_a_chapter("（一）主动公开、依申请公开"));
    }
}
