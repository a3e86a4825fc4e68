//! `P3`: 文字里的复议、诉讼件数与表四一致.

use crate::{check::registry::RuleInfo, finding::Severity};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "文字里的复议、诉讼件数与表四一致",
    demands: "文字所说行政复议件数等于表四复议总计，行政诉讼件数等于两组诉讼总计之和。",
    source: "各地审核年报的通行做法",
    mend: "核对后改正文字或表四。",
    ..RuleInfo::DEFAULT
};
