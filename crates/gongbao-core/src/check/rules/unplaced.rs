//! `unplaced`: 有的内容没有读进报告.

use crate::check::registry::{Concern, RuleInfo};

pub(super) static RULE: RuleInfo = RuleInfo {
    title: "有的内容没有读进报告",
    demands: "别的程序做的文件（PDF、网页、Word文档、表格），其中每个数和每段文字都能确定属于报告的哪一处。不能确定的不猜，留作缺失，列在这里。",
    source: "读入的办法，见“导入”一页",
    mend: "对照原文核对所列的位置；要改的，先用 gongbao import 转成报告文件，补上缺的内容。",
    concern: Concern::Completeness,
    ..RuleInfo::DEFAULT
};
