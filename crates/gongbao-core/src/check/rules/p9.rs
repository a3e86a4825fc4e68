//! `P9`: 报告收取信息处理费的情况.

use crate::{check::registry::RuleInfo, finding::Severity};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    varies: "收了信息处理费而表二收费为 0 的为待确认",
    title: "报告收取信息处理费的情况",
    demands: "2021年格式：第六部分写明有没有收取信息处理费；没有收取的也要写明。",
    source: "格式（国办公开办函〔2021〕30号）：“收取信息处理费情况在此处报告”",
    mend: "写一句“本年度未收取信息处理费”，或写明收取的件数和金额。",
    ..RuleInfo::DEFAULT
};
