//! `attachment`: PDF的页面与所附的数据不一致.

use crate::{
    check::registry::{Concern, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "PDF的页面与所附的数据不一致",
    demands: "PDF附有报告数据的，页面上的数和文字与所附的数据相同。",
    source: "数据格式说明：附件是同一份报告的数据",
    mend: "页面或附件被改过：从报告文件重新生成PDF，不要用别的程序编辑生成好的PDF。",
    concern: Concern::Publication,
    ..RuleInfo::DEFAULT
};
