//! `stale`: 汇总以后单位的报告又改了.

use crate::{
    check::registry::{Check, CheckFn, RuleInfo},
    finding::Severity,
    rollup,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "汇总以后单位的报告又改了",
    demands: "汇总报告所依据的各单位报告，汇总后没有再改动。",
    source: "各地汇总全省（全市）数据的做法",
    mend: "重新汇总。",
    check: Some(Check {
        turn: 30,
        run: CheckFn::Context(|input| {
            rollup::compare_with_members(input.file, input.base, input.context.loader)
        }),
    }),
    ..RuleInfo::DEFAULT
};
