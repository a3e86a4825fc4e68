//! `layout-text`: PDF没有文字.

use crate::check::registry::{Concern, RuleInfo};

pub(super) static RULE: RuleInfo = RuleInfo {
    title: "PDF没有文字",
    demands: "PDF的页面是文字，不是图片，可以检索、复制和朗读。",
    source: "通行做法：图片不能检索、复制、朗读",
    mend: "不要发布扫描件：由Word、WPS直接导出PDF，或者用本程序生成。",
    concern: Concern::Publication,
    ..RuleInfo::DEFAULT
};
