//! `P6`: “收到”的两种含义.

use crate::{check::registry::RuleInfo, finding::Severity};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    varies: "从不单独提出",
    title: "“收到”的两种含义",
    demands: "文字里的“收到”可以只指本年新收，也可以包括上年结转；两种读法有一种成立，就不提 P1。",
    source: "已公布的报告两种写法都有",
    mend: "建议写明“新收”或“含上年结转”。",
    ..RuleInfo::DEFAULT
};
