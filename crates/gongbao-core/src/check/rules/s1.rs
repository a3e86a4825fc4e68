//! `S1`: 表三各列勾稽关系.

use crate::{
    check::{
        arithmetic::arithmetic,
        registry::{Arithmetic, Check, CheckFn, RuleInfo},
    },
    finding::Severity,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "表三各列勾稽关系",
    demands: "表三每一列：第一项（本年新收）加第二项（上年结转），等于第三项（七）总计加第四项（结转下年度继续办理）。七列都要成立，不只是“总计”列。",
    source: "印在表三左上角：“第一项加第二项之和，等于第三项加第四项之和”。格式（国办公开办函〔2021〕30号、〔2019〕60号）",
    mend: "按提示的列逐格核对申请台账。提示给出“最可能填错的”一格时，先核对那一格。",
    arithmetic: Some(Arithmetic::ranked(3)),
    check: Some(Check { turn: 40, run: CheckFn::Context(|input| arithmetic(input.file, input.last_year())) }),
    ..RuleInfo::DEFAULT
};
