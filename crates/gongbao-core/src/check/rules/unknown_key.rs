//! `unknown-key`: 没有这个键.

use crate::{
    check::registry::{Concern, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "没有这个键",
    demands: "报告文件里只写数据格式规定的键。",
    source: "数据格式说明",
    mend: "按提示的相近的键改正；TOML 文件里报告头的键都要写在第一个“[”之前。",
    concern: Concern::Content,
    ..RuleInfo::DEFAULT
};
