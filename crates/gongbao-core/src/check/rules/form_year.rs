//! `form-year`: 格式与年度不符.

use crate::{check::registry::RuleInfo, finding::Severity};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    varies: "已公布的报告，以及2021年以前的，为提醒",
    title: "格式与年度不符",
    demands: "2019年、2020年的数据用国办公开办函〔2019〕60号的格式，2021年起用国办公开办函〔2021〕30号的格式。",
    source: "国办公开办函〔2021〕30号",
    mend: "改用当年的格式（form）；两种格式的栏目不同，数据要重新归类。",
    ..RuleInfo::DEFAULT
};
