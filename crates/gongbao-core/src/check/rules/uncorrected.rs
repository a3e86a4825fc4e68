//! `uncorrected`: 公布后改动而没有更正记录.

use crate::{
    check::registry::{Check, CheckFn, Concern, RuleInfo},
    finding::Severity,
    history,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "公布后改动而没有更正记录",
    demands: "报告公布后，文字和数据只能通过更正改动，并写明日期和原因。",
    source: "条例对准确公开的要求；本程序以摘要（digest）保证",
    mend: "改回公布时的内容，或用 gongbao correct 写下更正。",
    concern: Concern::Publication,
    check: Some(Check { turn: 20, run: CheckFn::Context(|input| history::uncorrected(input.file)) }),
    ..RuleInfo::DEFAULT
};
