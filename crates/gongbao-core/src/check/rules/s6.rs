//! `S6`: 现行有效件数与上年衔接.

use crate::{
    check::registry::{Arithmetic, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "现行有效件数与上年衔接",
    demands: "2021年格式：规章、行政规范性文件的现行有效件数，等于上年现行有效件数加本年制发件数减本年废止件数。",
    source: "各地审核年报的通行做法；重新清理、自然失效会使它不成立，所以只是提醒",
    mend: "核对三个数；确因清理或自然失效不相等的，在单元格注明，或用 [[accepted]] 说明。",
    arithmetic: Some(Arithmetic::UNRANKED),
    ..RuleInfo::DEFAULT
};
