//! `P5`: 分项之和等于总数.

use crate::{check::registry::RuleInfo, finding::Severity};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "分项之和等于总数",
    demands: "“共N条，其中……”一类的列举，各分项之和等于总数。",
    source: "各地审核年报的通行做法",
    mend: "核对分项；分项不全的，改写为“其中主要有”。",
    ..RuleInfo::DEFAULT
};
