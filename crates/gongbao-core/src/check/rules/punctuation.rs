//! `punctuation`: half-width and doubled marks, brackets without their partner, paragraphs without a final mark.
//!
//! Reports are checked, never changed: what reading puts right is listed by `check --changes`.

mod dashes;
mod pairs;
mod stops;
mod widths;

use std::ops::Range;

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{Said, Texts},
    },
    finding::{Finding, Rule, Severity},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    varies: "电话号码里的一个“—”、年份之间的半字线、标点之后的空格、书名号里套书名号的，为待确认",
    title: "标点不规范",
    demands: "汉字之间用全角标点，标点不重复；书名号、括号、引号成对；一段话以句号或者别的句末标点结束；\
              电话号码用短横线“-”，起止年份用“—”或“～”。",
    source: "GB/T 15834-2011《标点符号用法》",
    mend: "按提示改正；程序只提出，不改动文字。",
    check: Some(Check { turn: 122, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// A wrong mark.
struct Wrong {
    part: Range<usize>,
    severity: Severity,
    message: String,
    hint: String,
}

fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, said) in texts.said.iter().enumerate() {
        let mut found = Vec::new();
        found.extend(widths::half_width(&said.text));
        found.extend(widths::spaced(&said.text));
        found.extend(stops::doubled(&said.text));
        found.extend(pairs::unpaired(&said.text));
        found.extend(dashes::wrong(&said.text));
        let goes_on = texts.said.get(index + 1).is_some_and(|next| next.key == said.key);
        found.extend(stops::unended(said, goes_on));
        found.sort_by_key(|wrong| wrong.part.start);
        findings.extend(found.into_iter().map(|wrong| told(texts, said, wrong)));
    }
    findings
}

fn told(texts: &Texts<'_>, said: &Said<'_>, wrong: Wrong) -> Finding {
    texts.about(said, wrong.part, Rule::Punctuation, wrong.severity, wrong.message).hint(wrong.hint)
}

/// A few words on both sides of a place, to quote it.
fn around(text: &str, part: &Range<usize>) -> Range<usize> {
    let start = text[..part.start].char_indices().rev().take(6).last().map_or(part.start, |(at, _)| at);
    let end = text[part.end..].char_indices().nth(6).map_or(text.len(), |(at, _)| part.end + at);
    start..end
}
