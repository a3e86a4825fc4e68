//! `last-year`: 所给的上年报告不是上一年的.

use crate::{
    check::registry::{Check, CheckFn, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    varies: "单位名称不同的为提醒",
    title: "所给的上年报告不是上一年的",
    demands: "--last-year 指定的报告，年度比本报告早一年，单位相同。",
    source: "S5 至 S7 要与上年衔接",
    mend: "换成上一年度的报告；机构改名的可以不理会这条提醒。",
    check: Some(Check { turn: 10, run: CheckFn::Context(|input| input.choice_of_before.clone()) }),
    ..RuleInfo::DEFAULT
};
