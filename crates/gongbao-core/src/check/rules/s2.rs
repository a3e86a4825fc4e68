//! `S2`: 表三办理结果各列合计.

use crate::{
    check::registry::{Arithmetic, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "表三办理结果各列合计",
    demands: "表三每一列：（一）至（六）各项之和等于（七）总计。",
    source: "“（七）总计”的含义；各地审核年报的通行做法",
    mend: "逐项核对这一列；总计可以不填，由程序计算。",
    arithmetic: Some(Arithmetic::ranked(2)),
    ..RuleInfo::DEFAULT
};
