//! `calendar`: days that no calendar has: 6月31日, 13月10日.

use std::ops::Range;

use jiff::civil::Date;

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::Texts,
    },
    finding::{Finding, Rule, Severity},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "没有这一天",
    demands: "文字里的日期确有其日：没有6月31日，没有13月，平年没有2月29日。",
    source: "公历（GB/T 7408.1）",
    mend: "核对以后改正。",
    check: Some(Check { turn: 124, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for said in &texts.said {
        for part in impossible(&said.text, texts.year()) {
            let message = format!("没有“{}”这一天", said.part(part.clone()));
            let hint = "请核对月和日；多半是打错了一个数字";
            findings.push(texts.warn(said, part, Rule::Calendar, message).hint(hint));
        }
    }
    findings
}

/// The days in a text that do not exist. `year` is that of a day without one.
fn impossible(text: &str, year: u16) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, sign) in text.match_indices('月') {
        let Some((start, month)) = number_before(text, at) else { continue };
        let rest = &text[at + sign.len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let has_day = digits > 0 && digits <= 2 && rest[digits..].starts_with('日');
        let before = &text[..start];
        let stated = before.strip_suffix('年').and_then(|before| number_before(before, before.len()));
        let is_day = has_day || stated.is_some();
        // 历时13月 counts months.
        if !is_day || stated.as_ref().is_some_and(|(_, year)| *year < 1000) {
            continue;
        }
        let day: i8 = if has_day { rest[..digits].parse().unwrap_or(0) } else { 1 };
        let year = stated
            .map_or(i16::try_from(year).unwrap_or(2000), |(_, year)| i16::try_from(year).unwrap_or(2000));
        let is_possible = i8::try_from(month).is_ok_and(|month| Date::new(year, month, day).is_ok());
        // 2月29日 without a year may be one of another year.
        let is_leap_day = stated.is_none() && (month, day) == (2, 29);
        if !is_possible && !is_leap_day {
            let end = at + sign.len() + if has_day { digits + "日".len() } else { 0 };
            found.push(start..end);
        }
    }
    found
}

/// The number that ends at a byte, and where it begins.
fn number_before(text: &str, end: usize) -> Option<(usize, u32)> {
    let digits = text[..end].bytes().rev().take_while(u8::is_ascii_digit).count();
    let start = end - digits;
    // 3.5月 is no date.
    let is_part = text[..start].ends_with(['.', '—', '-', '/', '第']);
    let number = text[start..end].parse().ok().filter(|_| !is_part && (1..=4).contains(&digits))?;
    Some((start, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        impossible(text, 2024).into_iter().map(|part| &text[part]).collect()
    }

    #[test]
    fn finds_days_that_do_not_exist() {
        assert_eq!(
            found("截至2020年6月31日，13月10日，11月31日，2023年2月29日"),
            ["6月31日", "13月10日", "11月31日", "2月29日"]
        );
        assert_eq!(found("2024年13月"), ["13月"]);
        assert_eq!(found("0月1日、1月0日"), ["0月1日", "1月0日"]);
    }

    #[test]
    fn accepts_days_and_spans() {
        for text in
            ["2024年2月29日", "2月29日", "12月31日", "历时13月", "1—13月", "近24个月", "12月", "二月三十日"]
        {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
