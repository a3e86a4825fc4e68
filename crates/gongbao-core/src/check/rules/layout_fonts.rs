//! `layout-fonts`: PDF没有嵌入字体.

use crate::check::registry::{Concern, RuleInfo};

pub(super) static RULE: RuleInfo = RuleInfo {
    title: "PDF没有嵌入字体",
    demands: "PDF所用的字体全部嵌入，在别的电脑上显示的字形不变。",
    source: "PDF/A（ISO 19005）",
    mend: "导出PDF时选上“嵌入所有字体”，或者导出为PDF/A。",
    concern: Concern::Publication,
    ..RuleInfo::DEFAULT
};
