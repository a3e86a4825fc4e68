//! `placeholder`: 文字里引用的数据不存在.

use crate::{
    check::registry::{Concern, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "文字里引用的数据不存在",
    demands: "{{路径}} 引用的行或格要存在并且有数；“{{”要有对应的“}}”。",
    source: "数据格式说明",
    mend: "按提示改正路径，或填上那一格，或直接写数。",
    concern: Concern::Completeness,
    ..RuleInfo::DEFAULT
};
