//! `member`: 所汇总单位的报告不合要求.

use crate::{
    check::registry::{Concern, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "所汇总单位的报告不合要求",
    demands: "所汇总各单位的报告，格式、年度与汇总报告相同，自身没有错误。",
    source: "各地汇总全省（全市）数据的做法",
    mend: "退回该单位改正后重新汇总。",
    concern: Concern::Submission,
    ..RuleInfo::DEFAULT
};
