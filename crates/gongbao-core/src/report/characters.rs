//! Classes of characters that reading a text distinguishes.

use unicode_general_category::{GeneralCategory, get_general_category};

/// Class of a character; it decides whether spaces beside it are removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A Chinese character or Chinese punctuation.
    Chinese,
    /// A digit or a percent sign.
    Digit,
    /// White space.
    Space,
    /// Latin letters and all other characters.
    Other,
}

/// Returns the class of a character.
pub(super) fn class(c: char) -> Class {
    match c {
        '0'..='9' | '%' => Class::Digit,
        _ if is_space(c) => Class::Space,
        _ if is_chinese(c) => Class::Chinese,
        _ => Class::Other,
    }
}

/// Whether a character is white space within a line.
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        '\t' | ' ' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// Whether a character ends a line in any kind of file.
pub(super) fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character is Chinese or Chinese punctuation. Curly quotes, dash, ellipsis and middle dot are included: they
/// are punctuation of GB/T 15834, although Unicode has no separate characters for Chinese.
fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{B7}' | '\u{2014}' | '\u{2015}' | '\u{2018}' | '\u{2019}' | '\u{201C}' | '\u{201D}' | '\u{2026}'
        // Circled and bracketed numbers of enumerations.
        | '\u{2460}'..='\u{24FF}'
        | '\u{2E3A}' | '\u{2E3B}' | '\u{2E80}'..='\u{2FDF}' | '\u{2FF0}'..='\u{2FFF}'
        | '\u{3001}'..='\u{312F}' | '\u{3190}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE10}'..='\u{FE1F}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a character is a variation selector: it selects a variant of the character before it.
pub fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Returns why normalisation drops an invisible character, in Chinese; `None` for a character that is kept.
pub(super) fn dropped(c: char) -> Option<&'static str> {
    match c {
        '\u{AD}' => Some("软连字符"),
        '\u{180E}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => Some("零宽字符"),
        _ => None,
    }
}

/// Returns why a character cannot be printed with any typeface, in Chinese; `None` for a printable one.
pub fn forbidden(c: char) -> Option<&'static str> {
    match c {
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Some("双向排版控制符")
        }
        '\u{FDD0}'..='\u{FDEF}' => Some("非字符"),
        _ if c as u32 & 0xFFFE == 0xFFFE => Some("非字符"),
        _ => match get_general_category(c) {
            GeneralCategory::Control => Some("控制字符"),
            GeneralCategory::PrivateUse => Some("私用区字符"),
            GeneralCategory::Unassigned => Some("未分配的码位"),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters() {
        for (c, why) in [
            ('\u{7}', "控制字符"),
            ('\u{9F}', "控制字符"),
            ('\u{202E}', "双向排版控制符"),
            ('\u{2069}', "双向排版控制符"),
            ('\u{E000}', "私用区字符"),
            ('\u{F0000}', "私用区字符"),
            ('\u{378}', "未分配的码位"),
            ('\u{FFFE}', "非字符"),
            ('\u{FDD0}', "非字符"),
            ('\u{1FFFF}', "非字符"),
        ] {
            assert_eq!(forbidden(c), Some(why), "{c:?}");
        }
        // Rare characters of GB 18030, 〇, ideographic description characters and symbols are printable.
        for c in "汉㐀𠮷〇①℃㎡〔〕Ⅳ―…·é\u{E0100}\u{30000}".chars() {
            assert_eq!(forbidden(c), None, "{c:?}");
        }
    }

    #[test]
    fn chinese_characters_and_punctuation() {
        for c in "汉、。〔（）％５“”‘’—…·①㈠𠮷〇々".chars() {
            assert_eq!(class(c), Class::Chinese, "{c:?}");
        }
        for c in "aZé()[].,+-/:한".chars() {
            assert_eq!(class(c), Class::Other, "{c:?}");
        }
        assert_eq!(class('5'), Class::Digit);
        assert_eq!(class('%'), Class::Digit);
        assert_eq!(class('\u{3000}'), Class::Space);
        assert_eq!(class('\u{A0}'), Class::Space);
    }
}
