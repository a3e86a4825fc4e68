//! `contact`: e-mail and web addresses that cannot be, and a telephone number that differs from the body's own.

mod address;

use std::ops::Range;

use address::{host_near, mail_fault, site_fault};

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{Said, Texts, scan::tail},
    },
    finding::{Finding, MediumWords, Message, Rule, Severity},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    varies: "正文的电话与单位信息完全不同的，为待确认",
    title: "联系方式有误",
    demands: "电子邮箱有且只有一个“@”，网址的格式正确；正文里的电话、网址与单位信息（agency）一致。",
    source: "RFC 5321、RFC 1035；各地审核年报的通行做法",
    mend: "改正写错的一处。",
    check: Some(Check { turn: 114, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// Of two telephone numbers of one length with this many other digits one is a slip for the other.
const SLIP: usize = 2;

fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let details = &texts.file.report.agency.details;
    let detail = |key: &str| details.get(key).map_or("", String::as_str);
    for (key, fault) in [("email", mail_fault(detail("email"))), ("website", site_fault(detail("website")))] {
        if let Some(fault) = fault.filter(|_| !detail(key).is_empty()) {
            let path = format!("agency.{key}");
            let message = format!("“{}”不是有效的{}：{fault}", detail(key), name(key));
            let finding = texts.at(&path, Rule::Contact, Severity::Warning, message);
            findings.push(finding.hint(format!("请核对{}", name(key))));
        }
    }
    for said in &texts.said {
        addresses(texts, said, detail("website"), &mut findings);
        findings.extend(phone(texts, said, detail("phone")));
    }
    findings
}

fn name(key: &str) -> &'static str {
    if key == "email" { "电子邮箱" } else { "网址" }
}

/// The e-mail and web addresses of a paragraph.
fn addresses(texts: &Texts<'_>, said: &Said<'_>, website: &str, findings: &mut Vec<Finding>) {
    for part in address::runs(&said.text) {
        let run = said.part(part.clone());
        let before = tail(&said.text[..part.start], 8);
        let (key, fault) = if address::is_mail(run, before) {
            ("email", mail_fault(run))
        } else if address::is_site(run) {
            ("website", site_fault(run).or_else(|| host_near(run, website)))
        } else {
            continue;
        };
        if let Some(fault) = fault {
            let message = format!("“{run}”不是有效的{}：{fault}", name(key));
            let hint = format!("请核对{}，并与单位信息里的一致", name(key));
            findings.push(texts.warn(said, part, Rule::Contact, message).hint(hint));
        }
    }
}

/// A telephone number of a paragraph that is not the body's, where none of the paragraph's is.
fn phone(texts: &Texts<'_>, said: &Said<'_>, own: &str) -> Option<Finding> {
    let own = numbers(own).into_iter().next().map(|(_, digits)| digits)?;
    let all = numbers(&said.text);
    let is_own = |digits: &str| digits == own || digits.len() < own.len() && own.ends_with(digits);
    if all.is_empty() || all.iter().any(|(_, digits)| is_own(digits) || is_own_extension(digits, &own)) {
        return None;
    }
    let distance = |digits: &str| {
        if digits.len() == own.len() { strsim::levenshtein(digits, &own) } else { usize::MAX }
    };
    let (part, digits) = all.iter().min_by_key(|(_, digits)| distance(digits))?;
    let is_slip = distance(digits) <= SLIP;
    let is_contact = said.key == crate::check::texts::PREFACE && said.text.contains("电话");
    if !is_slip && !is_contact {
        return None;
    }
    let severity = if is_slip { Severity::Warning } else { Severity::Unsure };
    let given = texts.file.report.agency.details.get("phone").map_or("", String::as_str);
    let message = Message::from(format!("正文的电话是“{}”，", said.part(part.clone())))
        .words(MediumWords {
            file: "单位信息（agency.phone）".into(),
            workbook: "“基本情况”表里的联系电话".into(),
            browser: "单位信息里的联系电话".into(),
        })
        .then(format!("是“{given}”"));
    let hint = "请核对以哪一个为准；两个都对的，把单位信息里的也写进正文";
    Some(texts.about(said, part.clone(), Rule::Contact, severity, message).hint(hint))
}

/// Whether digits are the body's number with others behind it.
fn is_own_extension(digits: &str, own: &str) -> bool {
    digits.len() > own.len() && digits.starts_with(own)
}

/// The telephone numbers of a text with an area code or after 电话, and their digits.
fn numbers(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(|c: char| c.is_ascii_digit()).map(|at| rest + at) {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | '–' | '－' | ' ');
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |at| start + at);
        rest = end;
        let digits: String = text[start..end].chars().filter(char::is_ascii_digit).collect();
        let is_long_distance = digits.starts_with('0') && (10..=12).contains(&digits.len());
        let before = tail(&text[..start], 6);
        let is_local = (7..=8).contains(&digits.len()) && before.contains("电话");
        let is_joined = text[end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
            || text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || "./_".contains(c))
            || before.contains("传真");
        if (is_long_distance || is_local) && !is_joined {
            let end = start + text[start..end].trim_end_matches(|c: char| !c.is_ascii_digit()).len();
            found.push((start..end, digits));
        }
    }
    found
}
