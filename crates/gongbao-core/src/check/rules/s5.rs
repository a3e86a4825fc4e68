//! `S5`: 上年结转与上年报告衔接.

use crate::{
    check::registry::{Arithmetic, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    varies: "用 --last-year 指定了上年报告，或上年报告已公布的，为错误",
    title: "上年结转与上年报告衔接",
    demands: "表三每一列：本年第二项（上年结转）等于上年报告的第四项（结转下年度继续办理）。",
    source: "“上年结转”“结转下年度”的字面含义",
    mend: "对照上年已公布的报告改正。上年报告有误的，先更正上年报告；机构合并等确有原因的，用 [[accepted]] 说明。",
    arithmetic: Some(Arithmetic {
        compares_forms: true,
        if_binding: Some(Severity::Error),
        ..Arithmetic::UNRANKED
    }),
    ..RuleInfo::DEFAULT
};
