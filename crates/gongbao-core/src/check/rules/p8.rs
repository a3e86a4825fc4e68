//! P8: the number of parts that the preface announces is the number it names, and the form's.

use std::{collections::BTreeSet, ops::Range};

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{
            PROBLEMS, Said, Texts,
            scan::{has_any, head, is_han, number, sentences, to_chinese},
        },
    },
    finding::{Finding, Rule, Severity},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "部分的数目一致",
    demands: "“由N个部分组成”的数目，与这句话列出的部分一样多，也与格式的部分一样多。",
    source: "各地审核年报的通行做法",
    mend: "改正数目，或补上没有列出的部分。",
    check: Some(Check { turn: 70, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// Fewer named parts than this do not make a list of the report's parts.
const LIST: usize = 3;

/// The most names of a list that are looked at.
const PIECES: usize = 60;

/// How much of a name must be found in a chapter's heading. 政府信息公开工作存在的主要问题 has seven of
/// its fifteen characters in 存在的主要问题及改进情况.
const LIKE: f64 = 0.4;

pub(super) fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for said in texts.said.iter().filter(|said| said.key != PROBLEMS) {
        for sentence in sentences(&said.text) {
            if let Some(finding) = held(texts, said, &sentence) {
                findings.push(finding);
            }
        }
    }
    findings
}

fn held(texts: &Texts<'_>, said: &Said, sentence: &Range<usize>) -> Option<Finding> {
    let text = said.part(sentence.clone());
    let (count, range) = announced(text)?;
    let headings: Vec<&str> =
        texts.file.form.chapters.iter().map(|chapter| words(&chapter.heading)).collect();
    let named = named(text, &range, &headings);
    let is_about_report = has_any(text, &["报告", "全文", "年报"]);
    if named.chapters.len() < LIST && !is_about_report {
        return None;
    }
    let chapters = headings.len();
    let said_count = text.get(range.clone())?;
    let part = sentence.start + range.start..sentence.start + range.end;
    let list = (named.chapters.len() >= LIST && named.strange == 0).then_some(named.chapters.len());
    let message = match list {
        Some(list) if list != count => format!("写的是“{said_count}”，这句话列出的只有{list}个"),
        _ if count != chapters => format!("写的是“{said_count}”，这份格式共{chapters}个部分"),
        _ => return None,
    };
    let left: Vec<&str> = headings
        .iter()
        .enumerate()
        .filter(|(index, _)| !named.chapters.contains(index))
        .map(|(_, heading)| *heading)
        .collect();
    let hint = match list {
        Some(_) if !left.is_empty() => format!("没有列出的是：{}", left.join("；")),
        _ => format!("应写“{}个部分”，并逐一列出", to_chinese(u32::try_from(chapters).unwrap_or_default())),
    };
    Some(texts.warn(said, part, Rule::P8, message).hint(hint))
}

/// The number of parts that a sentence announces, and its words: `共6个部分`, `等六个方面`, `由七部分组成`.
fn announced(text: &str) -> Option<(usize, Range<usize>)> {
    for (at, unit) in text.match_indices("部分").chain(text.match_indices("方面")) {
        let before = text[..at].trim_end_matches(['个', '大']);
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_ascii_digit() || "一二三四五六七八九十两".contains(*c))
            .last()
            .map_or(before.len(), |(start, _)| start);
        let Some(count) = number(&before[start..]) else { continue };
        // 第六部分 is one part, 一部分 is some, and 12.5部分 nothing at all.
        let is_ordinal = before[..start].ends_with(['第', '.', '的']);
        if is_ordinal || count < 2 {
            continue;
        }
        let lead = before[..start].ends_with([
            '共', '由', '等', '分', '括', '含', '为', '从', '以', '情', '况', '项', '，', '（', '有', '的',
            '及',
        ]);
        let tail = head(&text[at + unit.len()..], 4);
        let follow = has_any(tail, &["组成", "构成", "，", "。", "：", "）", "内容", "汇报", "报告"]);
        if lead || follow {
            return Some((usize::try_from(count).ok()?, start..at + unit.len()));
        }
    }
    None
}

/// What a sentence names.
struct Named {
    /// The chapters of the form, by index.
    chapters: BTreeSet<usize>,
    /// Names that are no chapter.
    strange: usize,
}

/// The chapters that a list names before or after the number of parts.
fn named(text: &str, count: &Range<usize>, headings: &[&str]) -> Named {
    let mut named = Named { chapters: BTreeSet::new(), strange: 0 };
    for side in [list_before(&text[..count.start]), list_after(&text[count.end..])] {
        // What stands in brackets explains the name before it.
        let side = without_brackets(side);
        let mut strange = 0;
        for piece in pieces(&side) {
            match chapter(piece, headings) {
                Some(index) => {
                    // What stands before the first name leads up to the list, and is none of it.
                    named.strange += if named.chapters.is_empty() { 0 } else { strange };
                    named.chapters.insert(index);
                    strange = 0;
                }
                None => strange += usize::from(piece.chars().nth(1).is_some()),
            }
        }
    }
    named
}

/// The list that ends before the number: what follows 包括, 由, 从.
fn list_before(text: &str) -> &str {
    let marks = ["包括", "包含", "涵盖", "分为", "由", "从", "为", "："];
    let start = marks.iter().filter_map(|mark| text.find(mark).map(|at| at + mark.len())).min();
    start.map_or("", |start| &text[start..])
}

/// The list that begins after the number: what follows 组成, a colon, 分别是.
fn list_after(text: &str) -> &str {
    let marks = ["：", "包括", "分别是", "分别为", "即", "依次为", "内容为", "组成，", "构成，"];
    let start = marks.iter().filter_map(|mark| text.find(mark).map(|at| at + mark.len())).max();
    start.map_or("", |start| &text[start..])
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// The names of a list: between commas, and on both sides of 及, 和, 与.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', '；', '。', '：', '及', '和', '与'])
        .map(|piece| piece.trim_matches(|c| matches!(c, '以' | '等' | '“' | '”' | '‘' | '’') || !is_han(c)))
        .filter(|piece| !piece.is_empty())
        .take(PIECES)
}

/// The chapter that a name stands for: the one with most characters in it that no other heading has.
fn chapter(name: &str, headings: &[&str]) -> Option<usize> {
    if name.ends_with("报告") {
        return None;
    }
    let likeness = |index: usize| {
        let heading = headings[index];
        let is_own = |c: char| {
            heading.contains(c)
                && !headings.iter().enumerate().any(|(other, words)| other != index && words.contains(c))
        };
        let shared = name.chars().filter(|c| heading.contains(*c)).count();
        let pairs = name.chars().zip(name.chars().skip(1));
        let heading_pairs: BTreeSet<_> = heading.chars().zip(heading.chars().skip(1)).collect();
        let is_like = shared as f64 >= LIKE * name.chars().count() as f64;
        let own = name.chars().filter(|c| is_own(*c)).count();
        (is_like && own > 0).then(|| (own, pairs.filter(|pair| heading_pairs.contains(pair)).count()))
    };
    let likest = (0..headings.len()).filter_map(|index| Some((likeness(index)?, index)));
    likest.max_by_key(|(likeness, _)| *likeness).map(|(_, index)| index)
}

/// A heading without its number.
fn words(heading: &str) -> &str {
    heading
        .split_once('、')
        .filter(|(numeral, _)| number(numeral).is_some())
        .map_or(heading, |(_, words)| words)
}
