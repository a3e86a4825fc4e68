//! `empty-heading`: a heading without a text below it.

use std::collections::BTreeSet;

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
    let next_of =
        |index: usize, said: &Said<'_>| texts.said.get(index + 1).filter(|next| next.key == said.key);
    let headings = || texts.said.iter().enumerate().filter(|(_, said)| is_heading(said));
    // Where no heading of a level has a text below it they are the points of a list.
    let with_text: BTreeSet<(&str, u8)> = headings()
        .filter(|(index, said)| {
            next_of(*index, said).is_some_and(|next| next.level == 0 || next.level > said.level)
        })
        .map(|(_, said)| (said.key, said.level))
        .collect();
    let mut findings = Vec::new();
    for (index, said) in headings().filter(|(_, said)| with_text.contains(&(said.key, said.level))) {
        let is_empty = next_of(index, said).is_none_or(|next| next.level > 0 && next.level <= said.level);
        if is_empty {
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
