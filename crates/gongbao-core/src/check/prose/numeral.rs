//! Numbers as reports write them: `1,295`, `４５`, `45.9万`, 十二, 两, 零.

use crate::report::Number;

/// A number as it is written, before its unit is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numeral {
    /// The digits, with a decimal point: `45.9`.
    digits: String,
    /// The power of ten that 万 and 亿 stand for.
    power: u32,
    /// Whether it was written in Chinese characters.
    pub(super) is_chinese: bool,
}

impl Numeral {
    /// Reads the number that the text begins with: also how many bytes it takes, and whether a 余 or 多
    /// stands before its 万.
    pub(super) fn read(text: &str) -> Option<(Self, usize, bool)> {
        let (digits, mut at) = arabic(text)?;
        let mut numeral = Self { digits, power: 0, is_chinese: false };
        let mut rough = false;
        loop {
            let rest = &text[at..];
            let Some(c) = rest.chars().next() else { break };
            match c {
                '余' | '多' if rest[c.len_utf8()..].starts_with(['万', '亿']) => rough = true,
                '万' => numeral.power += 4,
                '亿' => numeral.power += 8,
                ' ' if rest.trim_start().starts_with(['万', '亿']) => {}
                _ => break,
            }
            at += c.len_utf8();
        }
        Some((numeral, at, rough))
    }

    /// Reads the Chinese numeral that the text begins with.
    pub(super) fn read_chinese(text: &str) -> Option<(Self, usize)> {
        let end = text.find(|c| !is_chinese_digit(c)).unwrap_or(text.len());
        let value = chinese(&text[..end])?;
        Some((Self { digits: value.to_string(), power: 0, is_chinese: true }, end))
    }

    /// The digits as they are written, without separators.
    pub(super) fn digits(&self) -> &str {
        &self.digits
    }

    /// Its value, shifted by powers of ten; `None` where that is no figure.
    pub(super) fn value(&self, shift: i32) -> Option<Number> {
        let power = i32::try_from(self.power).ok()? + shift;
        Number::parse(&format!("{}e{power}", self.digits)).ok()
    }

    /// How far it may be off for having been rounded when it was written: zero where it is exact.
    pub(super) fn grain(&self, shift: i32, in_round_unit: bool) -> Number {
        let decimals = self.decimals();
        if decimals == 0 && self.power == 0 && !in_round_unit {
            return Number::ZERO;
        }
        let power = i32::try_from(self.power).unwrap_or(0) + shift - i32::try_from(decimals).unwrap_or(0);
        Number::parse(&format!("1e{power}")).unwrap_or(Number::ZERO)
    }

    /// How many decimals it is written with.
    pub(super) fn decimals(&self) -> usize {
        self.digits.split_once('.').map_or(0, |(_, decimals)| decimals.len())
    }
}

/// A digit as half-width.
pub(super) fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '．' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Whether it is a digit, full-width ones too.
pub(super) fn is_digit(c: char) -> bool {
    half_width(c).is_ascii_digit()
}

/// Whether Chinese numerals are written with it.
pub(super) fn is_chinese_digit(c: char) -> bool {
    "零〇一二两三四五六七八九十百千".contains(c)
}

/// The digits that the text begins with, without the commas that set off groups of three.
fn arabic(text: &str) -> Option<(String, usize)> {
    let mut digits = String::new();
    let mut at = 0;
    let mut point = false;
    let mut grouped = false;
    while let Some(c) = text[at..].chars().next() {
        let after = &text[at + c.len_utf8()..];
        match half_width(c) {
            digit @ '0'..='9' => digits.push(digit),
            '.' if !digits.is_empty() && !point && after.starts_with(is_digit) => {
                point = true;
                digits.push('.');
            }
            // A comma within a number is followed by three digits, and none after them.
            ',' | '，' if !point && three(after) && (grouped || (1..=3).contains(&digits.len())) => {
                grouped = true
            }
            _ => break,
        }
        at += c.len_utf8();
    }
    (!digits.is_empty() && digits.len() <= 18).then_some((digits, at))
}

/// Whether just three digits follow.
fn three(text: &str) -> bool {
    text.chars().take(4).take_while(|c| is_digit(*c)).count() == 3
}

/// The value of a Chinese numeral below ten thousand.
fn chinese(text: &str) -> Option<u32> {
    let digit = |c: char| match c {
        '零' | '〇' => Some(0),
        '两' => Some(2),
        _ => "一二三四五六七八九".chars().position(|d| d == c).and_then(|at| u32::try_from(at + 1).ok()),
    };
    if text.is_empty() || text.chars().count() > 8 {
        return None;
    }
    let (mut total, mut open, mut smallest) = (0, None, u32::MAX);
    for c in text.chars() {
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                // 二三 is a rough 2 or 3, 二〇二五 a year: neither is a count.
                if open.is_some_and(|open| open != 0) {
                    return None;
                }
                open = Some(digit(c)?);
                continue;
            }
        };
        if place >= smallest {
            return None;
        }
        smallest = place;
        total += match open.take() {
            None if place == 10 && total == 0 => 10,
            None | Some(0) => return None,
            Some(open) => open * place,
        };
    }
    Some(total + open.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_reports_write() {
        for (text, value, length) in [
            ("1295件", "1295", 4),
            ("1,295件", "1295", 5),
            ("1，295件", "1295", 7),
            ("１２９５件", "1295", 12),
            ("１，２３４件", "1234", 15),
            ("45.9万人", "459000", 7),
            ("1.86万余篇", "18600", 7),
            ("3亿", "300000000", 4),
            ("12，3456件", "12", 2),
            ("5，", "5", 1),
            ("7.", "7", 1),
        ] {
            let (numeral, end, _) = Numeral::read(text).unwrap();
            assert_eq!((numeral.value(0).unwrap().to_string().as_str(), end), (value, length), "{text}");
        }
        assert!(Numeral::read("件").is_none());
        assert!(Numeral::read("3万余件").is_some_and(|(_, end, rough)| end == 4 && !rough));
        assert!(Numeral::read("3余万件").is_some_and(|(_, end, rough)| end == 7 && rough));
        assert_eq!(Numeral::read("51251100元").unwrap().0.value(-4).unwrap().to_string(), "5125.11");
    }

    #[test]
    fn reads_chinese_numerals() {
        for (text, value) in [
            ("零", 0),
            ("两", 2),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百零三", 103),
            ("三百二十一", 321),
            ("一千零五", 1005),
        ] {
            assert_eq!(chinese(text), Some(value), "{text}");
        }
        for text in ["", "二三", "二〇二五", "百", "十百", "十十"] {
            assert_eq!(chinese(text), None, "{text}");
        }
    }

    #[test]
    fn what_was_rounded_says_so() {
        assert_eq!(Numeral::read("1295").unwrap().0.grain(0, false), Number::ZERO);
        assert_eq!(Numeral::read("45.9万").unwrap().0.grain(0, false).to_string(), "1000");
        assert_eq!(Numeral::read("5125.1").unwrap().0.grain(0, true).to_string(), "0.1");
        assert_eq!(Numeral::read("5125").unwrap().0.grain(0, true).to_string(), "1");
    }
}
