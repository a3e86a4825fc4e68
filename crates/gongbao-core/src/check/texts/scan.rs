//! Looking through a text: sentences, numerals, years.

use std::ops::Range;

use crate::report::ordinal;

/// The digits, each at the place of its value.
const DIGITS: &str = "零一二三四五六七八九";

/// Whether a character is a hanzi.
pub(in crate::check) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}' | '々')
}

/// The bytes of the sentences of a text, each with the full stop that ends it.
pub(in crate::check) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '。' | '！' | '？' | '\n') {
            sentences.push(start..at + c.len_utf8());
            start = at + c.len_utf8();
        }
    }
    if start < text.len() {
        sentences.push(start..text.len());
    }
    sentences
}

/// At most this many characters of a text.
pub(in crate::check) fn head(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(at, _)| &text[..at])
}

/// At most this many characters from the end of a text.
pub(in crate::check) fn tail(text: &str, characters: usize) -> &str {
    text.char_indices().rev().take(characters).last().map_or("", |(at, _)| &text[at..])
}

/// Where one of the words first stands, and which one.
pub(in crate::check) fn first_of<'w>(text: &str, words: &[&'w str]) -> Option<(usize, &'w str)> {
    words
        .iter()
        .filter_map(|word| text.find(word).map(|at| (at, *word)))
        .min_by_key(|(at, word)| (*at, usize::MAX - word.len()))
}

/// Whether one of the words stands in the text.
pub(in crate::check) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// The value of a Chinese numeral from 一 to 九十九, 两 among them.
pub(in crate::check) fn chinese(numeral: &str) -> Option<u32> {
    if numeral == "两" { Some(2) } else { ordinal::chinese(numeral).map(u32::from) }
}

/// A Chinese numeral from 1 to 99.
pub(in crate::check) fn to_chinese(value: u32) -> String {
    let digit = |value: u32| DIGITS.chars().nth(value as usize).unwrap_or('零').to_string();
    match (value / 10, value % 10) {
        (0, ones) => digit(ones),
        (tens, ones) => {
            let tens = if tens == 1 { String::new() } else { digit(tens) };
            let ones = if ones == 0 { String::new() } else { digit(ones) };
            format!("{tens}十{ones}")
        }
    }
}

/// A number in Arabic or Chinese digits.
pub(in crate::check) fn number(numeral: &str) -> Option<u32> {
    if numeral.len() <= 3 && numeral.bytes().all(|byte| byte.is_ascii_digit()) {
        return numeral.parse().ok();
    }
    chinese(numeral)
}

/// A year in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Year {
    /// The year.
    pub(in crate::check) year: u16,
    /// Its bytes, 年 included.
    pub(in crate::check) range: Range<usize>,
}

/// The years of a text, `2024年` and `二〇二四年`, in order.
pub(in crate::check) fn years(text: &str) -> Vec<Year> {
    let mut years = Vec::new();
    for (at, sign) in text.match_indices('年') {
        let before = &text[..at];
        let mut digits: Vec<(usize, u16)> = Vec::new();
        for (place, c) in before.char_indices().rev().take(5) {
            let Some(digit) = year_digit(c) else { break };
            digits.push((place, digit));
        }
        // Five digits before 年 are no year.
        if digits.len() != 4 {
            continue;
        }
        let year = digits.iter().rev().fold(0, |year, (_, digit)| year * 10 + digit);
        if let (1949..=2099, Some((start, _))) = (year, digits.last()) {
            years.push(Year { year, range: *start..at + sign.len() });
        }
    }
    years
}

fn year_digit(c: char) -> Option<u16> {
    let digits = match c {
        '0'..='9' => return u16::try_from(c.to_digit(10)?).ok(),
        '０'..='９' => return u16::try_from(u32::from(c) - 0xFF10).ok(),
        '〇' | '○' | 'Ｏ' => return Some(0),
        _ => DIGITS,
    };
    digits.chars().position(|digit| digit == c).and_then(|digit| u16::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numerals_both_ways() {
        for value in 1..100 {
            assert_eq!(chinese(&to_chinese(value)), Some(value));
        }
        for numeral in ["", "零", "百", "十十", "二三", "一二", "〇"] {
            assert_eq!(chinese(numeral), None, "{numeral}");
        }
        assert_eq!(number("6"), Some(6));
        assert_eq!(number("六"), Some(6));
    }

    #[test]
    fn finds_years_in_both_kinds_of_digits() {
        let found = |text: &str| years(text).into_iter().map(|year| year.year).collect::<Vec<_>>();
        assert_eq!(found("2023年1月至二〇二四年、二○二五年度"), [2023, 2024, 2025]);
        assert_eq!(found("12345年，30年，近三年，1024年"), [0; 0]);
    }

    #[test]
    fn cuts_sentences() {
        let text = "第一句。第二句！其余";
        let parts: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(parts, ["第一句。", "第二句！", "其余"]);
    }
}
