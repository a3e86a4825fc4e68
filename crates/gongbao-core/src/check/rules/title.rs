//! `title`: a title that is not the statutory one.

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::Texts,
    },
    finding::{Finding, MediumWords, Message, Rule, Severity},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    varies: "“年度”写了两次的为待确认",
    title: "标题不是法定名称",
    demands: "标题是“（单位）（年份）年政府信息公开工作年度报告”；年份也可以写在单位前面。",
    source: "条例第四十九条、第五十条（“政府信息公开工作年度报告”）；国办公开办函〔2021〕30号",
    mend: "改正标题；不写 title 时按单位名称和年度生成。",
    check: Some(Check { turn: 112, run: CheckFn::Report(|texts| check(texts).into_iter().collect()) }),
    ..RuleInfo::DEFAULT
};

/// What the report is called in 条例.
const NAME: &str = "政府信息公开工作年度报告";

fn check(texts: &Texts<'_>) -> Option<Finding> {
    let title: String = texts.file.report.title.as_ref()?.chars().filter(|c| !c.is_whitespace()).collect();
    let hint = Message::from(format!("法定名称是“{NAME}”")).words(MediumWords::new(
        "；不写 title 时标题按单位名称和年度生成",
        "；不填标题时标题按单位名称和年度生成",
    ));
    if !title.contains(NAME) {
        let message = format!("标题“{title}”里没有“{NAME}”");
        return Some(texts.at("title", Rule::Title, Severity::Warning, message).hint(hint));
    }
    let before = title.split(NAME).next().unwrap_or_default();
    before.ends_with("年度").then(|| {
        let message = format!("标题“{title}”里“年度”写了两次");
        texts.at("title", Rule::Title, Severity::Unsure, message).hint(format!("写成“……年{NAME}”"))
    })
}
