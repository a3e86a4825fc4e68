//! `S3`: 表三各行合计.

use crate::{
    check::registry::{Arithmetic, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "表三各行合计",
    demands: "表三每一行：自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他之和等于总计。",
    source: "“总计”列的含义；各地审核年报的通行做法",
    mend: "逐格核对这一行；总计可以不填，由程序计算。",
    arithmetic: Some(Arithmetic::ranked(0)),
    ..RuleInfo::DEFAULT
};
