//! `shape`: 值的种类不对.

use crate::{
    check::registry::{Concern, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "值的种类不对",
    demands: "该写数的写数，该写文字的写文字；一行的格数与格式相同。",
    source: "数据格式说明",
    mend: "按提示改写；不适用的格写 \"/\"，有意留空的格写 \"\"。",
    concern: Concern::Content,
    ..RuleInfo::DEFAULT
};
