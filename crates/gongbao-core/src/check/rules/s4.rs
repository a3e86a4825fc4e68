//! `S4`: 表四各组合计.

use crate::{
    check::registry::{Arithmetic, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "表四各组合计",
    demands: "表四行政复议、未经复议直接起诉、复议后起诉三组，每组：结果维持、结果纠正、其他结果、尚未审结之和等于总计。",
    source: "“总计”的含义；各地审核年报的通行做法",
    mend: "逐格核对这一组；总计可以不填，由程序计算。",
    arithmetic: Some(Arithmetic::ranked(1)),
    ..RuleInfo::DEFAULT
};
