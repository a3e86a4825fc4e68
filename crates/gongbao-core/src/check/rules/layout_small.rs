//! `layout-small`: 表格的字太小.

use crate::check::registry::{Concern, RuleInfo};

pub(super) static RULE: RuleInfo = RuleInfo {
    title: "表格的字太小",
    demands: "表格的字不小于小五号（9磅）。",
    source: "通行做法；字太小，打印出来看不清",
    mend: "加大表格的字号，减少单元格边距，或者把数值列改窄、项目列改宽。",
    concern: Concern::Publication,
    ..RuleInfo::DEFAULT
};
