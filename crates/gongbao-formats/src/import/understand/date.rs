//! Dates in texts: the year that a title names, the date that signs a report.

use jiff::civil::Date;

use gongbao_core::report::{fields::YEARS, ordinal};

/// Finds the first year in a text: 2024年, 2024年度, 二〇二四年. Returns it with its bytes.
pub(super) fn find_year(text: &str) -> Option<(u16, std::ops::Range<usize>)> {
    for (end, _) in text.match_indices('年') {
        let before = text.get(..end)?;
        let start = before.char_indices().rev().nth(3).map(|(at, _)| at)?;
        let digits: Option<String> = before.get(start..)?.chars().map(digit).collect();
        let Some(year) = digits.and_then(|digits| digits.parse().ok()).filter(|year| YEARS.contains(year))
        else {
            continue;
        };
        let after = end + '年'.len_utf8();
        let after = if text.get(after..)?.starts_with("度政") { after + '度'.len_utf8() } else { after };
        return Some((year, start..after));
    }
    None
}

/// Name and date (in ISO form) of a line that signs a report: 某某局2025年1月24日. The name may be empty.
pub(super) fn signed(text: &str) -> Option<(String, String)> {
    let text = squeeze(text);
    if text.chars().take(61).count() > 60 {
        return None;
    }
    let (rest, day) = match text.strip_suffix('日') {
        Some(rest) => rest.rsplit_once('月').map(|(rest, day)| (rest.rsplit_once('年'), day))?,
        None => return iso(&text).map(|date| (String::new(), date)),
    };
    let (before, month) = rest?;
    let start = before.char_indices().rev().nth(3).map(|(at, _)| at)?;
    let year: String = before.get(start..)?.chars().map(digit).collect::<Option<_>>()?;
    let date = Date::new(year.parse().ok()?, number(month)?, number(day)?).ok()?;
    let name = before.get(..start)?.trim_end_matches(['，', ',', '：']);
    // A sentence that ends in a date is no signature.
    let is_name = name.chars().all(|c| c.is_alphabetic() || matches!(c, '（' | '）' | '(' | ')' | '·'));
    (is_name && !name.contains("日期") && !name.contains("时间")).then(|| (name.to_owned(), date.to_string()))
}

/// A date in digits, in ISO form: 2025-01-24, 2025/1/24, 2025.1.24.
fn iso(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [year, month, day] = parts[..] else { return None };
    let date =
        Date::new(year.parse().ok().filter(|_| year.len() == 4)?, month.parse().ok()?, day.parse().ok()?)
            .ok()?;
    Some(date.to_string())
}

/// A digit of any script as an ASCII digit.
fn digit(c: char) -> Option<char> {
    match ordinal::half_width(c) {
        c @ '0'..='9' => Some(c),
        '〇' | '○' | 'Ｏ' | '零' => Some('0'),
        c => ordinal::chinese(c.encode_utf8(&mut [0; 4]))
            .and_then(|value| char::from_digit(u32::from(value), 10)),
    }
}

/// A month or a day in Chinese or Arabic digits.
fn number(text: &str) -> Option<i8> {
    let value = ordinal::chinese(text).or_else(|| ordinal::arabic(text.trim_start_matches('0')))?;
    i8::try_from(value).ok()
}

/// A text without white space, control characters and invisible characters.
pub(super) fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_end_in_a_date() {
        let date = |name: &str, date: &str| Some((name.to_owned(), date.to_owned()));
        assert_eq!(signed("2025年1月24日"), date("", "2025-01-24"));
        assert_eq!(signed("二〇二五年一月二十四日"), date("", "2025-01-24"));
        assert_eq!(signed("某某县民政局 2025 年 01 月 24 日"), date("某某县民政局", "2025-01-24"));
        assert_eq!(signed("2025-1-24"), date("", "2025-01-24"));
        assert_eq!(signed("发布日期：2025-01-26"), None);
        assert_eq!(signed("发布时间2025年1月26日"), None);
        assert_eq!(signed("统计期限为2024年1月1日至2024年12月31日"), None);
        assert_eq!(signed("2025年2月30日"), None);
    }
}
