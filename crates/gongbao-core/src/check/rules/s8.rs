//! `S8`: 新公开数量不大于对外公开总数量.

use crate::{
    check::registry::{Arithmetic, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    varies: "“新公开”多于“新制作”的为待确认（公开了往年制作的文件时会这样）",
    title: "新公开数量不大于对外公开总数量",
    demands: "2019年格式：规章、规范性文件的本年新公开数量不大于对外公开总数量。",
    source: "栏目名称的字面含义",
    mend: "核对两栏是否填反。",
    arithmetic: Some(Arithmetic::UNRANKED),
    ..RuleInfo::DEFAULT
};
