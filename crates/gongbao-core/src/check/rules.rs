//! The registry of rules. Each rule is a file that holds its documentation, its properties and, where it is not
//! part of a larger engine, its check.
//!
//! `gongbao check --explain` and `docs/rules.md` are generated from the registry. To add a rule, add a row to
//! `each_rule` in `finding/rule.rs` and a file here.

use std::fmt::Write;

use super::{
    registry::{Check, CheckFn, CheckInput, Concern, RuleInfo},
    texts::Texts,
};
use crate::{
    finding::{Finding, Rule, Severity, each_rule},
    report::ReportFile,
};

pub use glyph::glyphs;
pub(crate) use rules_power::cannot_make_rules;

/// Declares the module of each rule and the lookup of its [`RuleInfo`].
macro_rules! register {
    ($($variant:ident $module:ident $code:literal,)*) => {
        $(mod $module;)*

        impl Rule {
            /// Documentation and properties of the rule.
            pub fn info(&self) -> &'static RuleInfo {
                match self {
                    $(Self::$variant => &$module::RULE,)*
                    Self::Custom(_) => &CUSTOM,
                }
            }
        }
    };
}
each_rule!(register);

/// An arithmetic rule of a form file that the program does not ship.
static CUSTOM: RuleInfo = RuleInfo { severity: Severity::Error, ..RuleInfo::DEFAULT };

impl Rule {
    /// Returns the rule of the program with this code, as people type it: case does not matter.
    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|rule| rule.code().eq_ignore_ascii_case(code.trim())).cloned()
    }

    /// What the rule demands and how to comply, for `gongbao check --explain`.
    pub fn explain(&self) -> String {
        let info = self.info();
        let mut text = format!("{self} {}（{}）\n", info.title, info.severity_text());
        for (name, words) in [("要求", info.demands), ("来源", info.source), ("怎样改", info.mend)] {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "\n{name}：{words}");
        }
        text
    }
}

impl Finding {
    /// What the finding is about.
    pub fn concern(&self) -> Concern {
        self.rule.info().concern
    }
}

/// All checks, in the order in which they run.
fn checks() -> Vec<Check> {
    let mut checks: Vec<Check> = Rule::ALL.iter().filter_map(|rule| rule.info().check).collect();
    checks.sort_by_key(|check| check.turn);
    checks
}

/// Runs all checks.
pub(super) fn run(input: &CheckInput<'_>) -> Vec<Finding> {
    let run = |check: Check| match check.run {
        CheckFn::Report(run) => run(input.texts()),
        CheckFn::Context(run) => run(input),
    };
    checks().into_iter().flat_map(run).collect()
}

/// Runs the checks of the report alone: of its dates, its texts and of what is printed.
///
/// Content that is missing altogether was reported by reading and is ignored here.
pub fn check_texts(file: &ReportFile) -> Vec<Finding> {
    let texts = Texts::new(file);
    let run = |check: Check| match check.run {
        CheckFn::Report(run) => run(&texts),
        CheckFn::Context(_) => Vec::new(),
    };
    checks().into_iter().flat_map(run).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_have_distinct_turns() {
        let turns: Vec<u16> = checks().iter().map(|check| check.turn).collect();
        assert!(turns.windows(2).all(|pair| pair[0] < pair[1]), "{turns:?}");
    }
}
