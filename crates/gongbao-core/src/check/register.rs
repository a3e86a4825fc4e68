//! The register of all rules: what each demands, where that comes from, and how to mend what breaks it.
//!
//! `gongbao check --explain` and `docs/rules.md` are drawn from it.

mod figures;
mod reading;
mod texts;

use std::fmt::Write;

use crate::finding::Severity;

/// A rule, in the words of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleInfo {
    /// The code under which it is reported: `S1`, `missing`.
    pub code: &'static str,
    /// How grave it usually is.
    pub severity: Severity,
    /// When it is more or less grave than that; empty where it never is.
    pub varies: &'static str,
    /// What it is about, in one line.
    pub title: &'static str,
    /// What it demands.
    pub demands: &'static str,
    /// Where that comes from: a clause, a 文号, practice.
    pub source: &'static str,
    /// How to mend what breaks it.
    pub mend: &'static str,
}

/// All rules: S1–S10, P1–P10, then by name in the order of the way a report goes.
pub fn all() -> impl Iterator<Item = &'static RuleInfo> {
    figures::RULES.iter().chain(&texts::PROSE).chain(&reading::RULES).chain(&texts::WORDS)
}

/// The rule of a code; capitals and small letters are the same.
pub fn rule(code: &str) -> Option<&'static RuleInfo> {
    all().find(|rule| rule.code.eq_ignore_ascii_case(code.trim()))
}

/// What a rule demands, for `gongbao check --explain`; `None` where there is no such rule.
pub fn explain(code: &str) -> Option<String> {
    let rule = rule(code)?;
    let mut text = format!("{} {}（{}）\n", rule.code, rule.title, rule.told_severity());
    for (name, words) in [("要求", rule.demands), ("来源", rule.source), ("怎样改", rule.mend)] {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "\n{name}：{words}");
    }
    Some(text)
}

impl RuleInfo {
    /// How grave it is, with what makes it more or less so.
    pub fn told_severity(&self) -> String {
        match self.varies {
            "" => self.severity.name().to_owned(),
            varies => format!("{}；{varies}", self.severity.name()),
        }
    }
}
