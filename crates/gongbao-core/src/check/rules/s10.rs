//! `S10`: 件数是非负整数.

use crate::{check::registry::RuleInfo, finding::Severity};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "件数是非负整数",
    demands: "件数、宗数是不小于零的整数，金额不小于零；只有“本年增/减”可以是负数。",
    source: "格式（国办公开办函〔2021〕30号、〔2019〕60号）",
    mend: "核对负数和小数；收费、采购金额以外的各格只填整数。",
    ..RuleInfo::DEFAULT
};
