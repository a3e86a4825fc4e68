//! `character`: 有印不出来的字符.

use crate::{
    check::registry::{Concern, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "有印不出来的字符",
    demands: "文字里没有控制字符、双向控制符、私用区字符和未分配的码位。",
    source: "数据格式说明",
    mend: "删去，或换成所要的字；多半是从网页、PDF 复制时带进来的。",
    concern: Concern::Printing,
    ..RuleInfo::DEFAULT
};
