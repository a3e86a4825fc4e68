//! `layout-untagged`: PDF没有标签.

use crate::check::registry::{Concern, RuleInfo};

pub(super) static RULE: RuleInfo = RuleInfo {
    title: "PDF没有标签",
    demands: "PDF带有结构标签，读屏软件能按顺序读出标题、段落和表格。",
    source: "PDF/UA-1（ISO 14289-1）",
    mend: "导出PDF时选上“辅助功能”或“带标签的PDF”；或者用本程序生成。",
    concern: Concern::Publication,
    ..RuleInfo::DEFAULT
};
