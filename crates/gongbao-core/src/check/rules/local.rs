//! `local`: 不合本地的要求.

use crate::{
    check::registry::{Check, CheckFn, CheckInput, RuleInfo},
    finding::{Finding, Severity},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    varies: "本地规则文件可以另定",
    title: "不合本地的要求",
    demands: "符合用 --rules 指定的本地规则文件：字数、期限、必写和禁写的话、必有的行。",
    source: "规则文件里写明的本地通知",
    mend: "按提示改正；格式见 docs/local-rules.md。",
    check: Some(Check { turn: 200, run: CheckFn::Context(check) }),
    ..RuleInfo::DEFAULT
};

fn check(input: &CheckInput<'_>) -> Vec<Finding> {
    input.context.rules.map(|rules| rules.check_texts(input.texts())).unwrap_or_default()
}
