//! `blank`: 表格里有留空的格.

use crate::{check::registry::RuleInfo, finding::Severity};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "表格里有留空的格",
    demands: "每一格都填数，没有的填 0；留空会让读者分不清是零还是漏填。",
    source: "各地检查年报的做法",
    mend: "没有发生的填 0；原报告就是空着、须照录的可以保留。",
    ..RuleInfo::DEFAULT
};
