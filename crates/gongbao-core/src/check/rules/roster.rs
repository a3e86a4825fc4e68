//! `roster`: 汇总的单位不全或重复.

use crate::{
    check::registry::{Concern, RuleInfo},
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "汇总的单位不全或重复",
    demands: "汇总报告包括名册上的每一个单位，一个单位只算一次。",
    source: "各地汇总全省（全市）数据的做法",
    mend: "按名册催报所缺的单位，去掉重复的文件；名册变了的，更新名册。",
    concern: Concern::Submission,
    ..RuleInfo::DEFAULT
};
