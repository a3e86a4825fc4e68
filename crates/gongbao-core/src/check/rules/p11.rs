//! `P11`: 与上年比较的数与上年报告一致.

use crate::{check::registry::RuleInfo, finding::Severity};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    varies: "没有上年报告，只是所写的件数、增减数和百分比对不上的，为待确认",
    title: "与上年比较的数与上年报告一致",
    demands: "“比上年增加N件（N%）”“与上年持平”一类的比较，与本年、上年两份报告表里的数相符；增长率以上年的数为分母。",
    source: "各地审核年报的通行做法",
    mend: "对照上年已公布的报告重新计算；口径调整过的，在正文里说明，或用 [[accepted]] 说明。",
    ..RuleInfo::DEFAULT
};
