//! `P10`: chapter 五 says something.

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{PROBLEMS, Texts},
    },
    finding::{Finding, Rule, Severity},
    report::level,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "第五部分不能等于没有写",
    demands: "存在的主要问题及改进情况不能只写“无”，也不能少于10个字。",
    source: "条例第五十条第一款第四项",
    mend: "写明本单位存在什么问题、已经或准备怎样改进。",
    check: Some(Check { turn: 90, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// The least number of characters of chapter 五, ordinals not counted.
pub(super) const LEAST: usize = 10;

fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let text: String = texts.of(PROBLEMS).map(|said| &*said.text).collect();
    let length = characters(texts);
    if text.is_empty() || length >= LEAST {
        return Vec::new();
    }
    let heading = texts.file.place(PROBLEMS);
    let message = format!("“{heading}”只有{length}个字（“{text}”），等于没有写");
    let hint = "条例第五十条第一款第四项要求报告主要问题及改进情况：请写明问题是什么、怎样改进";
    vec![texts.at(PROBLEMS, Rule::P10, Severity::Error, message).hint(hint)]
}

/// The number of characters of chapter 五 without the ordinals of its paragraphs.
pub(super) fn characters(texts: &Texts<'_>) -> usize {
    texts.of(PROBLEMS).map(|said| without_ordinal(&said.text).chars().count()).sum()
}

/// A paragraph without the ordinal that opens it.
fn without_ordinal(paragraph: &str) -> &str {
    let close = if level(paragraph) == 3 { '.' } else { '）' };
    match paragraph.split_once(close) {
        Some((_, rest)) if level(paragraph) > 0 => rest,
        _ => paragraph,
    }
}
