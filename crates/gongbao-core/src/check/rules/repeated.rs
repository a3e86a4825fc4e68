//! `repeated`: a sentence that was pasted twice into one report.

use std::collections::BTreeMap;

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{
            Texts,
            scan::{is_han, sentences},
        },
    },
    finding::{Finding, Rule, Severity},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "同一句话写了两次",
    demands: "一份报告里没有两句完全相同的话。",
    source: "各地审核年报的通行做法",
    mend: "删去重复的一句；多半是粘贴了两次，或者前言又写进了第一部分。",
    check: Some(Check { turn: 132, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// A sentence with fewer hanzi is a set phrase that may stand twice.
const LEAST: usize = 16;

fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut findings: Vec<Finding> = Vec::new();
    let mut told: Option<String> = None;
    for said in &texts.said {
        for part in sentences(&said.text) {
            let sentence = without_ordinal(said.part(part.clone())).trim();
            if sentence.chars().filter(|c| is_han(*c)).count() < LEAST {
                continue;
            }
            let path = said.path();
            match seen.get(sentence) {
                // Of a whole paragraph that stands twice the first sentence is reported.
                Some(_) if told.as_ref() == Some(&path) => {}
                Some(first) => {
                    let short: String = sentence.chars().take(20).collect();
                    let place = texts.file.place(first);
                    let message = format!("“{short}……”这句话在“{place}”已经写过，一字不差");
                    let hint = "多半是粘贴了两次：请删去一处，或者改成这里该写的内容";
                    findings.push(texts.warn(said, part, Rule::Repeated, message).hint(hint));
                    told = Some(path);
                }
                None => {
                    seen.insert(sentence.to_owned(), path);
                }
            }
        }
    }
    findings
}

/// A sentence without the ordinal that opens it: （一）, 1., 一是.
fn without_ordinal(sentence: &str) -> &str {
    let rest = sentence
        .trim_start_matches(|c: char| c.is_ascii_digit() || "（）.、一二三四五六七八九十".contains(c));
    rest.strip_prefix('是').unwrap_or(rest)
}
