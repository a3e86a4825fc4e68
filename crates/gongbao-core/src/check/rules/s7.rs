//! `S7`: 项目数量与上年衔接.

use crate::{
    check::registry::{Arithmetic, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "项目数量与上年衔接",
    demands: "2019年格式：本年“上一年项目数量”等于上年报告的“上一年项目数量”加“本年增/减”。",
    source: "栏目名称的字面含义；项目重新归并会使它不成立，所以只是提醒",
    mend: "对照上年报告核对；确有原因的，用 [[accepted]] 说明。",
    arithmetic: Some(Arithmetic::UNRANKED),
    ..RuleInfo::DEFAULT
};
