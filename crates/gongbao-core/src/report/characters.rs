//! What kind of character a character is, as far as reading a text depends on it.

use unicode_general_category::{GeneralCategory, get_general_category};

/// What a character is to the spaces beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A Chinese character or Chinese punctuation.
    Chinese,
    /// A digit or a percent sign.
    Digit,
    /// White space.
    Space,
    /// Latin letters and all else.
    Other,
}

/// The class of a character.
pub(super) fn class(c: char) -> Class {
    match c {
        '0'..='9' | '%' => Class::Digit,
        _ if is_space(c) => Class::Space,
        _ if is_chinese(c) => Class::Chinese,
        _ => Class::Other,
    }
}

/// White space within a line.
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        '\t' | ' ' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// What ends a line, in whatever kind of file the text came from.
pub(super) fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Chinese characters and their punctuation. Curly quotes, dash, ellipsis and middle dot count among
/// the latter: GB/T 15834 sets them like that, though Unicode shares them with the West.
fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{B7}' | '\u{2014}' | '\u{2015}' | '\u{2018}' | '\u{2019}' | '\u{201C}' | '\u{201D}' | '\u{2026}'
        // Circled and bracketed numbers open enumerations.
        | '\u{2460}'..='\u{24FF}'
        | '\u{2E3A}' | '\u{2E3B}' | '\u{2E80}'..='\u{2FDF}' | '\u{2FF0}'..='\u{2FFF}'
        | '\u{3001}'..='\u{312F}' | '\u{3190}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE10}'..='\u{FE1F}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Selects a variant of the character before it and is nothing by itself.
pub fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Why an invisible character that copying leaves behind is dropped; `None` for all that stays.
pub(super) fn dropped(c: char) -> Option<&'static str> {
    match c {
        '\u{AD}' => Some("软连字符"),
        '\u{180E}' | '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => Some("零宽字符"),
        _ => None,
    }
}

/// Why a character cannot be printed at all; `None` for all that can be asked of a face.
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
    fn knows_what_cannot_be_printed() {
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
        // GB 18030's rare characters, 〇, the ideographic description characters and symbols are text.
        for c in "汉㐀𠮷〇①℃㎡〔〕Ⅳ―…·é\u{E0100}\u{30000}".chars() {
            assert_eq!(forbidden(c), None, "{c:?}");
        }
    }

    #[test]
    fn tells_chinese_from_the_rest() {
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
