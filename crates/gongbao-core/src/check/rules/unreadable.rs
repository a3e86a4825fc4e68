//! `unreadable`: 文件读不出来.

use crate::{
    check::registry::{Concern, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "文件读不出来",
    demands: "文件确是它的扩展名所说的格式（TOML、JSON、YAML、XLSX），编码是 UTF-8、UTF-16 或 GB 18030，没有截断，没有重复的键。",
    source: "数据格式说明",
    mend: "按所指的行改正引号、括号、等号；表格软件打开过的，另存后重试。",
    concern: Concern::Content,
    ..RuleInfo::DEFAULT
};
