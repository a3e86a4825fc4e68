//! Ordinals of chapters and paragraphs as in GB/T 9704.

/// The value of a Chinese numeral from 一 to 九十九.
pub fn chinese(numeral: &str) -> Option<u8> {
    let digit = |text: &str| match text {
        "一" => Some(1),
        "二" => Some(2),
        "三" => Some(3),
        "四" => Some(4),
        "五" => Some(5),
        "六" => Some(6),
        "七" => Some(7),
        "八" => Some(8),
        "九" => Some(9),
        _ => None,
    };
    let Some((tens, ones)) = numeral.split_once('十') else { return digit(numeral) };
    let tens = match tens {
        "" => 1,
        // 一十二 is a way to write amounts, not ordinals.
        "一" => return None,
        _ => digit(tens)?,
    };
    let ones = if ones.is_empty() { 0 } else { digit(ones)? };
    Some(tens * 10 + ones)
}

/// The Chinese numeral of a value from 1 to 99.
pub fn to_chinese(value: u8) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (usize::from(value / 10), usize::from(value % 10));
    let tens = match tens {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", DIGITS.get(tens)?),
    };
    let numeral = tens + DIGITS.get(ones)?;
    (!numeral.is_empty()).then_some(numeral)
}

/// An ordinal as a paragraph of this level opens with it: `（二）` (2), `3.` (3), `（4）` (4); empty for body text (0).
pub fn at_level(level: u8, value: u8) -> String {
    match level {
        0 | 1 => String::new(),
        2 => format!("（{}）", to_chinese(value).unwrap_or_else(|| value.to_string())),
        3 => format!("{value}."),
        _ => format!("（{value}）"),
    }
}

/// The value of one or two Arabic digits of either width, without a leading zero.
pub fn arabic(digits: &str) -> Option<u8> {
    let mut value = 0;
    for (index, c) in digits.chars().enumerate() {
        let digit = u8::try_from(half_width(c).to_digit(10)?).ok()?;
        if index > 1 || (index == 0 && digit == 0) {
            return None;
        }
        value = value * 10 + digit;
    }
    (value > 0).then_some(value)
}

/// A full-width digit as a half-width one; anything else as it is.
pub fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_one_to_ninety_nine() {
        for (numeral, value) in
            [("一", 1), ("九", 9), ("十", 10), ("十一", 11), ("二十", 20), ("三十四", 34), ("九十九", 99)]
        {
            assert_eq!(chinese(numeral), Some(value), "{numeral}");
        }
        for numeral in ["", "百", "一十", "十十", "二三", "十一二", "〇", "两", "1"] {
            assert_eq!(chinese(numeral), None, "{numeral}");
        }
        assert_eq!(arabic("1"), Some(1));
        assert_eq!(arabic("１２"), Some(12));
        for digits in ["", "0", "01", "123", "1a", "一"] {
            assert_eq!(arabic(digits), None, "{digits}");
        }
    }
}
