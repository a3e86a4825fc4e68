//! `P2`: 文字里的办理结果与表三一致.

use crate::{check::registry::RuleInfo, finding::Severity};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "文字里的办理结果与表三一致",
    demands: "文字所说予以公开、不予公开、无法提供、不予处理、其他处理的件数和百分比，与表三相应各组相同，各组之和等于办结总数。",
    source: "各地审核年报的通行做法",
    mend: "核对件数；百分比按本组件数除以办结总数，通常保留两位小数。",
    ..RuleInfo::DEFAULT
};
