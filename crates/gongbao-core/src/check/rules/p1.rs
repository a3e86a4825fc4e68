//! `P1`: 文字里的申请件数与表三一致.

use crate::{
    check::{
        prose::prose,
        registry::{Check, CheckFn, RuleInfo},
    },
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    varies: "两种读法都说得通的为待确认",
    title: "文字里的申请件数与表三一致",
    demands: "文字所说新收（受理）、上年结转、办结（答复）、结转下年的件数，与表三相应各行的总计相同。",
    source: "各地审核年报的通行做法",
    mend: "核对后改正文字或表格；文字里可以用 {{applications.new.total}} 引用表中的数，就不会再不一致。",
    check: Some(Check { turn: 50, run: CheckFn::Context(|input| prose(input.file, input.last_year())) }),
    ..RuleInfo::DEFAULT
};
