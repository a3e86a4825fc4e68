//! `P4`: 文字里的主动公开数据与表二一致.

use crate::{check::registry::RuleInfo, finding::Severity};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "文字里的主动公开数据与表二一致",
    demands: "文字所说规章、规范性文件的制发、废止、现行有效件数，以及许可、处罚、强制、收费，与表二相同。",
    source: "各地审核年报的通行做法",
    mend: "核对后改正文字或表二。",
    ..RuleInfo::DEFAULT
};
