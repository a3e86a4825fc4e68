//! `missing`: 缺少必填的内容.

use crate::{
    check::{
        registry::{Check, CheckFn, Concern, RuleInfo},
        texts::Texts,
    },
    finding::{Finding, HEAD_SHEET, MediumWords, Rule, Severity},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    varies: "有 [filing] 而没有 date 的为提醒",
    title: "缺少必填的内容",
    demands: "格式要求的各行各格和一、五、六各部分的文字都要有；没有发生的填 0，不能不填。",
    source: "条例第五十条；格式（国办公开办函〔2021〕30号）：“不能遗漏，也不宜泛化”",
    mend: "补上所缺的内容；确认空着的都是 0 的，可以写 blanks = \"zero\"。",
    concern: Concern::Completeness,
    check: Some(Check { turn: 180, run: CheckFn::Report(|texts| undated(texts).into_iter().collect()) }),
    ..RuleInfo::DEFAULT
};

/// With `[filing]` the paper copy is signed and sealed over a date; there must be one.
fn undated(texts: &Texts<'_>) -> Option<Finding> {
    let report = &texts.file.report;
    (report.filing.is_some() && report.date.is_none()).then(|| {
        let message = MediumWords::new(
            "有报送件（[filing]），但没有成文日期（date），落款处没有日期",
            "附了审签单，但没有填成文日期，落款处没有日期",
        );
        let day = format!("{}-01-15 这样的日期", u32::from(report.year) + 1);
        let hint = MediumWords {
            file: format!("请在报告头写 date = {day}").into(),
            workbook: format!("请在“{HEAD_SHEET}”表填成文日期，写成 {day}").into(),
            browser: format!("请填成文日期，写成 {day}").into(),
        };
        texts.at("date", Rule::Missing, Severity::Warning, message).hint(hint)
    })
}
