//! `privacy`: numbers of identity cards, mobile phones and bank cards, in a text or under `[agency]`.
//!
//! The findings show such a number masked: they are copied into mails and tables.

use std::ops::Range;

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::Texts,
    },
    finding::{Finding, Rule, Severity},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "有个人信息",
    demands: "文字和 [agency] 里没有身份证号码、手机号码、银行卡号；办公电话可以写。",
    source: "条例对个人隐私不予公开的规定；个人信息保护法",
    mend: "换成办公电话，或隐去中间几位，写成 138****1234。",
    check: Some(Check { turn: 160, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// Keys of `[agency]` whose long numbers are public: 统一社会信用代码.
const PUBLIC: [&str; 2] = ["code", "website"];

/// What behind a long number makes it an amount.
const UNITS: [char; 14] = ['元', '万', '亿', '件', '条', '人', '次', '个', '%', '％', '户', '篇', '份', '项'];

pub(super) fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for said in &texts.said {
        for number in found(&said.text) {
            let message = number.told(&said.text);
            let hint = number.hint();
            findings.push(texts.warn(said, number.range, Rule::Privacy, message).hint(hint));
        }
    }
    let report = &texts.file.report;
    let details = report.agency.details.iter().filter(|(key, _)| !PUBLIC.contains(&key.as_str()));
    let details = details.map(|(key, words)| (format!("agency.{key}"), words));
    let notes = report.notes.iter().map(|(key, note)| (format!("{key}.note"), note));
    for (path, words) in details.chain(notes) {
        for number in found(words) {
            let finding = texts.at(&path, Rule::Privacy, Severity::Warning, number.told(words));
            findings.push(finding.hint(number.hint()));
        }
    }
    findings
}

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Identity,
    Mobile,
    Bank,
}

/// A number that is somebody's.
#[derive(Debug, PartialEq, Eq)]
struct Personal {
    kind: Kind,
    range: Range<usize>,
    /// Its digits, with the X of an identity card.
    digits: String,
}

impl Personal {
    fn masked(&self) -> String {
        let (head, tail) = match self.kind {
            Kind::Identity => (6, 4),
            Kind::Mobile => (3, 4),
            Kind::Bank => (4, 4),
        };
        let stars = self.digits.len().saturating_sub(head + tail);
        format!("{}{}{}", &self.digits[..head], "*".repeat(stars), &self.digits[head + stars..])
    }

    fn told(&self, text: &str) -> String {
        let what = match self.kind {
            Kind::Identity => "身份证号码",
            Kind::Mobile if text[self.range.end..].starts_with('@') => "手机号码（作邮箱名）",
            Kind::Mobile => "手机号码",
            Kind::Bank => "银行卡号",
        };
        format!("这里有{what}：{}", self.masked())
    }

    fn hint(&self) -> String {
        match self.kind {
            Kind::Mobile => format!("公开前请换成办公电话，或隐去中间几位，写成{}", self.masked()),
            _ => format!("个人信息不得公开：请删去，或隐去中间各位，写成{}", self.masked()),
        }
    }
}

/// The numbers of a text that are somebody's.
fn found(text: &str) -> Vec<Personal> {
    let mut found = Vec::new();
    for run in runs(text) {
        let before = text[..run.range.start].chars().next_back();
        let after = text[run.range.end..].chars().next();
        // Part of an address on the web, of a code, or of a decimal number.
        let is_joined =
            |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || "/_=&%#.".contains(c));
        let ends_sentence =
            after == Some('.') && !text[run.range.end + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
        let is_code = text[..run.range.start].trim_end_matches(['：', ':']).ends_with("代码");
        if is_joined(before)
            || is_joined(after) && !ends_sentence
            || is_code
            || after.is_some_and(|c| UNITS.contains(&c))
        {
            continue;
        }
        if let Some((kind, digits)) = run.kind() {
            found.push(Personal { kind, range: run.range, digits });
        }
    }
    found
}

/// Digits, with the blanks and dashes that people group them by.
struct Run {
    range: Range<usize>,
    digits: String,
    /// How many digits each group has.
    groups: Vec<usize>,
}

impl Run {
    fn kind(&self) -> Option<(Kind, String)> {
        let digits = self.digits.as_str();
        let is_grouped = self.groups.len() > 1;
        // +86 before a mobile phone.
        let mobile = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(digits);
        let groups: &[usize] = match self.groups.as_slice() {
            [2, rest @ ..] => rest,
            all => all,
        };
        if is_mobile(mobile) && matches!(groups, [11] | [13] | [3, 4, 4] | [3, 8] | [7, 4]) {
            return Some((Kind::Mobile, mobile.to_owned()));
        }
        if !is_grouped && (is_identity(digits) || is_old_identity(digits)) {
            return Some((Kind::Identity, digits.to_owned()));
        }
        let is_in_fours = self
            .groups
            .split_last()
            .is_some_and(|(last, rest)| rest.iter().all(|length| *length == 4) && *last <= 4);
        (is_bank_card(digits) && (!is_grouped || is_in_fours)).then(|| (Kind::Bank, digits.to_owned()))
    }
}

/// The runs of digits in a text, each with the single blanks and dashes within it.
fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut joined = false;
    let chars = text.char_indices().peekable();
    for (at, c) in chars {
        let end = at + c.len_utf8();
        let digit = digit(c);
        let open = runs.last_mut().filter(|run| run.range.end == at || joined && run.range.end + 1 == at);
        match (digit, open) {
            (Some(digit), Some(run)) => {
                if joined {
                    run.groups.push(0);
                }
                run.digits.push(digit);
                run.range.end = end;
                if let Some(group) = run.groups.last_mut() {
                    *group += 1;
                }
            }
            (Some(digit), None) => {
                runs.push(Run { range: at..end, digits: digit.to_string(), groups: vec![1] });
            }
            // The last sign of an identity card.
            (None, Some(run))
                if matches!(c, 'X' | 'x') && run.digits.len() == 17 && run.groups.len() == 1 =>
            {
                run.digits.push('X');
                run.range.end = end;
                run.groups = vec![18];
            }
            (None, Some(run))
                if matches!(c, ' ' | '-') && run.range.end == at && !run.digits.ends_with('X') =>
            {
                joined = true;
                continue;
            }
            _ => {}
        }
        joined = false;
    }
    runs
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0),
        _ => None,
    }
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes().get(1), Some(b'3'..=b'9'))
}

/// An identity card of 18 signs: a date of birth, and the check sign of GB 11643-1999.
fn is_identity(digits: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    if digits.len() != 18 || !is_region(digits) || !is_birthday(&digits[6..14]) {
        return false;
    }
    let sum: u32 = digits.chars().zip(WEIGHTS).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
    let check = "10X98765432".chars().nth((sum % 11) as usize);
    digits.chars().next_back() == check
}

/// An identity card of 15 digits, as they were before 1999.
fn is_old_identity(digits: &str) -> bool {
    digits.len() == 15 && is_region(digits) && is_birthday(&format!("19{}", &digits[6..12]))
}

/// The first two digits are those of a province: GB/T 2260.
fn is_region(digits: &str) -> bool {
    let code: u32 = digits[..2].parse().unwrap_or(0);
    matches!(code, 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83)
}

fn is_birthday(date: &str) -> bool {
    let part = |range: Range<usize>| date.get(range).and_then(|part| part.parse::<i16>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(4..6), part(6..8)) else { return false };
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return false };
    (1900..=2099).contains(&year) && jiff::civil::Date::new(year, month, day).is_ok()
}

/// A bank card: 16 to 19 digits, the first one that of a card, the last one Luhn's check digit.
fn is_bank_card(digits: &str) -> bool {
    // Of 18 digits are also 统一社会信用代码 and identity cards; cards of that length begin with 62.
    let is_length = matches!(digits.len(), 16 | 17 | 19) || digits.len() == 18 && digits.starts_with("62");
    if !is_length || !digits.starts_with(['3', '4', '5', '6', '9']) {
        return false;
    }
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(index, digit)| match (index % 2, 2 * digit) {
            (0, _) => digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10)
}
