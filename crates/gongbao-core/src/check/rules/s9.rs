//! `S9`: 汇总报告等于各单位之和.

use crate::{check::registry::RuleInfo, finding::Severity};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "汇总报告等于各单位之和",
    demands: "汇总报告的表二、表三、表四，每一格等于所汇总各单位相应格之和；现行有效的规章不重复计算。",
    source: "各地汇总全省（全市）数据的做法",
    mend: "用 gongbao rollup 重新汇总；--explain 可以列出某一格由哪些单位相加。",
    ..RuleInfo::DEFAULT
};
