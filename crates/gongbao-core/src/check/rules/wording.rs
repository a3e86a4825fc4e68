//! `wording`: words that are mistaken for others: 截止 for 截至.

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::Texts,
    },
    finding::{Finding, Rule, Severity},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "用词不当",
    demands: "后面跟时间的用“截至”；“截止”是到期停止，后面不跟时间（“截止日期”“报名截止”不算）。",
    source: "《现代汉语词典》“截至”“截止”条",
    mend: "按提示改正。",
    check: Some(Check { turn: 126, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// A word, what may follow where it is wrong, and the right one.
struct Mistaken {
    word: &'static str,
    before: &'static [&'static str],
    right: &'static str,
}

/// Words that are mistaken for others. 截止到 is left alone: dictionaries differ on it.
const MISTAKEN: [Mistaken; 1] = [Mistaken {
    word: "截止",
    before: &[
        "目前", "今年", "本年", "当年", "去年", "上年", "年底", "年末", "月底", "现在", "当前", "报告",
        "统计", "二〇", "二○",
    ],
    right: "截至",
}];

fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for said in &texts.said {
        for mistaken in &MISTAKEN {
            let Some(at) = said.text.match_indices(mistaken.word).map(|(at, _)| at).find(|at| {
                let behind = said.text[at + mistaken.word.len()..].trim_start();
                behind.starts_with(|c: char| c.is_ascii_digit())
                    || mistaken.before.iter().any(|word| behind.starts_with(word))
            }) else {
                continue;
            };
            let (word, right) = (mistaken.word, mistaken.right);
            let message = format!("后面跟时间的“{word}”应为“{right}”");
            let hint = format!("改成“{right}”；“{word}”后面不跟时间");
            findings.push(texts.warn(said, at..at + word.len(), Rule::Wording, message).hint(hint));
        }
    }
    findings
}
