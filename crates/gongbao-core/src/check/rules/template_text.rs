//! `template-text`: words of the template, and gaps that nobody filled in.

use std::{collections::BTreeSet, ops::Range};

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{Said, Texts, scan::is_han},
    },
    finding::{Finding, Rule, Severity},
    report::DRAFT_MARK,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    varies: "“【草稿】”（gongbao new --from 带过来的文字还没有改写）为错误",
    title: "留有模板里的话",
    demands: "没有“（文字描述）”“表格如下”“请填写”“××”“XX”“____”一类的提示和空位。",
    source: "各地审核年报的通行做法",
    mend: "删去，或换成本单位的实际内容。",
    check: Some(Check { turn: 100, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// Words that only a template has.
const WORDS: [&str; 22] = [
    "（文字描述",
    "(文字描述",
    "【文字描述",
    "收取信息处理费情况在此处报告",
    "在此处报告",
    "该部分以表格形式报告",
    "以表格形式报告",
    "表格如下",
    "填写说明",
    "填表说明",
    "填报说明",
    "请填写",
    "此处填写",
    "在此填写",
    "请在此",
    "请输入",
    "（示例",
    "【示例",
    "示例：",
    "（单位名称）",
    "某某",
    "待补充",
];

/// Texts that stand in place of one.
const TOKENS: [&str; 10] =
    ["文字描述", "略", "同上", "待定", "待填", "示例", "见附件", "正文", "内容", "此处为正文"];

pub(super) fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for said in &texts.said {
        if said.text.starts_with(DRAFT_MARK) {
            findings.push(draft(texts, said));
            continue;
        }
        // The same gap again and again in one paragraph is reported once.
        let mut told = BTreeSet::new();
        for part in found(&said.text) {
            if told.insert(said.part(part.clone())) {
                findings.push(in_text(texts, said, part));
            }
        }
        if is_token(&said.text) {
            let message = format!("这一段只有“{}”，是模板里的话", said.text);
            let part = 0..said.text.len();
            findings.push(texts.warn(said, part, Rule::TemplateText, message).hint("请换成本单位的情况"));
        }
    }
    let report = &texts.file.report;
    let notes = report.notes.iter().map(|(key, note)| (format!("{key}.note"), note));
    let details = report.agency.details.iter().map(|(key, words)| (format!("agency.{key}"), words));
    let head = report.title.iter().map(|title| ("title".to_owned(), title));
    let name = std::iter::once(("agency.name".to_owned(), &report.agency.name));
    for (path, words) in head.chain(name).chain(details).chain(notes) {
        if let Some(part) = found(words).into_iter().next() {
            let message = format!("“{}”是模板里的话，或者还没有填", &words[part]);
            findings.push(
                texts
                    .at(&path, Rule::TemplateText, Severity::Warning, message)
                    .hint("请改成本单位的实际内容"),
            );
        }
    }
    findings
}

/// A text taken over from last year's report that nobody has revised.
fn draft(texts: &Texts<'_>, said: &Said) -> Finding {
    let message = "这一部分还是从上年报告带过来的草稿，没有改写";
    let mut finding = texts.warn(said, 0..DRAFT_MARK.len(), Rule::TemplateText, message.to_owned());
    finding.severity = Severity::Error;
    finding.hint(format!("请逐段改成今年的情况，改完删去“{DRAFT_MARK}”这一段"))
}

fn in_text(texts: &Texts<'_>, said: &Said, part: Range<usize>) -> Finding {
    let message = format!("“{}”是模板里的话，或者还没有填", said.part(part.clone()));
    texts.warn(said, part, Rule::TemplateText, message).hint("请删去，或者改成本单位的实际内容")
}

/// The template's words and unfilled gaps in a text, in order, none within another.
fn found(text: &str) -> Vec<Range<usize>> {
    let words = WORDS.iter().flat_map(|word| text.match_indices(word).map(|(at, _)| at..at + word.len()));
    let mut found: Vec<Range<usize>> =
        words.filter(|part| !is_legitimate(text, part)).chain(gaps(text)).collect();
    found.sort_by_key(|part| (part.start, usize::MAX - part.end));
    let mut end = 0;
    found.retain(|part| {
        let is_new = part.start >= end;
        end = end.max(part.end);
        is_new
    });
    found
}

/// 请填写《申请表》 tells the reader how to apply.
fn is_legitimate(text: &str, part: &Range<usize>) -> bool {
    text[part.clone()].ends_with("填写") && text[part.end..].chars().take(8).any(|c| matches!(c, '《' | '表'))
}

/// Runs of signs that hold a place open: XX, ××, ____, ○○, △△, □□, ……局.
fn gaps(text: &str) -> Vec<Range<usize>> {
    let mut gaps = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut before: Option<char> = None;
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        let mut length = 1;
        while let Some((at, next)) = chars.next_if(|(_, next)| kind(*next) == kind(c) && kind(c).is_some()) {
            end = at + next.len_utf8();
            length += 1;
        }
        let after = chars.peek().map(|(_, next)| *next);
        if length > 1 && kind(c).is_some_and(|kind| is_open(kind, before, after)) {
            gaps.push(start..end);
        }
        before = Some(c);
    }
    gaps
}

/// Signs that hold a place open, by kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Letters,
    Stars,
    Line,
    Circles,
    Shapes,
}

fn kind(c: char) -> Option<Gap> {
    match c {
        'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | '✕' | '╳' => Some(Gap::Letters),
        '*' | '＊' => Some(Gap::Stars),
        '_' | '＿' => Some(Gap::Line),
        '○' | '〇' => Some(Gap::Circles),
        '△' | '□' | '▲' | '■' => Some(Gap::Shapes),
        _ => None,
    }
}

/// Whether a run of signs between these neighbours is a gap: not part of an address (xxgk), of a masked
/// number (138****1234) or of a year (二○○八).
fn is_open(kind: Gap, before: Option<char>, after: Option<char>) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_latin =
        |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || "./-_@:=?&%+~#".contains(c));
    let is_numeral = |c: Option<char>| c.is_some_and(|c| "零一二三四五六七八九十".contains(c));
    match kind {
        Gap::Circles => !is_numeral(before) && !is_numeral(after),
        Gap::Shapes => true,
        _ => !(is_latin(before) || is_latin(after) || is_digit(before) && is_digit(after)),
    }
}

/// Whether a paragraph is nothing but a word of the template.
fn is_token(text: &str) -> bool {
    let words: String = text.chars().filter(|c| is_han(*c) || c.is_ascii_alphanumeric()).collect();
    TOKENS.contains(&words.as_str()) && found(text).is_empty() || text.chars().all(|c| c == '…' || c == '.')
}
