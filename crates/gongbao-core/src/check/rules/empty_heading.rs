//! `empty-heading`: a heading without a text below it.

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{Said, Texts},
    },
    finding::{Finding, Rule, Severity},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "小标题下面没有正文",
    demands: "每个小标题下面都有文字；没有发生的也写一句。",
    source: "各地审核年报的通行做法",
    mend: "补上正文，或者删去小标题并重新编号。",
    check: Some(Check { turn: 128, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// A heading has no more characters than this.
const LONGEST: usize = 30;

fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, said) in texts.said.iter().enumerate().filter(|(_, said)| is_heading(said)) {
        let next = texts.said.get(index + 1).filter(|next| next.key == said.key);
        let is_empty = next.is_none_or(|next| next.level > 0 && next.level <= said.level);
        // Where no heading of the level has a text below it they are the points of a list.
        let has_text = |(at, other): (usize, &Said<'_>)| {
            is_heading(other)
                && other.key == said.key
                && other.level == said.level
                && texts.said.get(at + 1).is_some_and(|next| {
                    next.key == said.key && (next.level == 0 || next.level > said.level)
                })
        };
        if is_empty && texts.said.iter().enumerate().any(has_text) {
            let message = format!("小标题“{}”下面没有正文", said.text);
            let hint = "请补上正文；没有发生的也写一句，不需要的删去小标题并重新编号";
            findings.push(texts.warn(said, 0..said.text.len(), Rule::EmptyHeading, message).hint(hint));
        }
    }
    findings
}

/// Whether a paragraph is a numbered line without a sentence.
fn is_heading(said: &Said<'_>) -> bool {
    let has_sentence = said.text.contains(['。', '；', '：']) || said.text.chars().count() > LONGEST;
    said.level > 0 && !has_sentence
}
