//! `copied`: 与别的报告雷同.

use crate::{
    check::{
        copied::copied,
        registry::{Check, CheckFn, CheckInput, RuleInfo},
    },
    finding::{Finding, Severity},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "与别的报告雷同",
    demands: "没有整段照抄别的单位或本单位上年的报告（去掉单位名称和数字后几乎相同）；依据、联系方式等套话不算。",
    source: "各地通报年报问题时列有“内容雷同、敷衍塞责”",
    mend: "按本单位当年的实际情况重写这一段。",
    check: Some(Check { turn: 190, run: CheckFn::Context(check) }),
    ..RuleInfo::DEFAULT
};

/// Paragraphs copied from another body of the run or, failing that, from last year's own report.
fn check(input: &CheckInput<'_>) -> Vec<Finding> {
    let mut findings = input.context.others.map(|others| others.copied(input.file)).unwrap_or_default();
    if let Some(before) = &input.before {
        for finding in copied(input.file, &[&before.file]) {
            if !findings.iter().any(|known| known.path == finding.path) {
                findings.push(finding);
            }
        }
    }
    findings
}
