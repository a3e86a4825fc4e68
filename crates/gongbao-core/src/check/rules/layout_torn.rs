//! `layout-torn`: 表格在一组当中断开.

use crate::check::registry::{Concern, RuleInfo};

pub(super) static RULE: RuleInfo = RuleInfo {
    title: "表格在一组当中断开",
    demands: "表格不在一组的几行当中断到下一页，表头不单独留在页末，一格里的字不分在两页。",
    source: "通行做法：断开后合并单元格的名称看不全",
    mend: "调整表格前面的段落或行距，让表格从新的一页开始；或者在Word里设“允许跨页断行”为否，并设标题行重复。",
    concern: Concern::Publication,
    ..RuleInfo::DEFAULT
};
