//! Whether reports can be added up at all.

use std::{collections::BTreeMap, sync::Arc};

use super::Contribution;
use crate::{
    finding::{Finding, MediumWords, Message, Rule, Severity, summary},
    form::Form,
    paths::PathExt,
    roster::{Roster, plain},
};

/// What all reports have in common.
#[derive(Debug, Clone)]
pub(super) struct Gathered {
    pub(super) year: u16,
    pub(super) form: Arc<Form>,
    /// How the reports name the form, where they agree in naming it.
    name: Option<String>,
}

impl Gathered {
    pub(super) fn form_name(&self) -> Option<String> {
        // A form of the user's own is named by a path, which holds in the folder of each report alone.
        self.name.clone().filter(|name| *name == self.form.id)
    }
}

/// Holds reports against the roster and each other.
pub(super) fn gather(
    contributions: &[Contribution],
    roster: Option<&Roster>,
) -> Result<Gathered, Vec<Finding>> {
    let Some(first) = contributions.first() else { return Err(Vec::new()) };
    let asked = roster.and_then(|roster| roster.year);
    let year = asked.unwrap_or_else(|| most(contributions, |one| one.file.report.year));
    let of_year: Vec<Contribution> =
        contributions.iter().filter(|one| one.file.report.year == year).cloned().collect();
    let id = most(if of_year.is_empty() { contributions } else { &of_year }, |one| one.file.form.id.clone());
    let mut findings = Vec::new();
    for one in contributions {
        findings.extend(misfit(one, year, &id));
    }
    findings.extend(twice(contributions));
    if let Some(roster) = roster {
        findings.extend(against_roster(contributions, roster));
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let file = &first.file;
    Ok(Gathered { year, form: Arc::clone(&file.form), name: file.report.form.clone() })
}

/// What most reports have; of two that are equally many the greater.
fn most<T: Ord + Default>(contributions: &[Contribution], what: impl Fn(&Contribution) -> T) -> T {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for one in contributions {
        *counts.entry(what(one)).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(value, _)| value).unwrap_or_default()
}

/// A finding about a report that is to be consolidated.
pub(super) fn about(
    one: &Contribution,
    severity: Severity,
    path: &str,
    message: String,
    hint: impl Into<Message>,
) -> Finding {
    one.file.locate(Finding::new(Rule::Member, severity, path, message).hint(hint), None)
}

/// Why a report cannot be added to the others.
fn misfit(one: &Contribution, year: u16, form: &str) -> Vec<Finding> {
    let report = &one.file.report;
    let name = &report.agency.name;
    let error =
        |path: &str, message: String, hint: MediumWords| about(one, Severity::Error, path, message, hint);
    let mut findings = Vec::new();
    if report.year != year {
        let message = format!("“{name}”报的是{}年的报告，不能汇入{year}年的报告", report.year);
        findings.push(error("year", message, MediumWords::same("请换成当年的报告，或者不把这份列进来")));
    } else if one.file.form.id != form {
        let message = format!("“{name}”的报告用的是格式“{}”，其余用的是“{form}”，不能相加", one.file.form.id);
        findings.push(error("form", message, MediumWords::same("请按同一种格式填报后再汇总")));
    }
    if one.findings.iter().any(Finding::blocks) {
        let message = format!("“{name}”的报告还有错误（{}），不能汇总", summary(&one.findings));
        findings.push(error(
            "",
            message,
            MediumWords::new("请先用 gongbao check 检查并改正这份报告", "请先改正这份报告里的错误"),
        ));
    }
    findings
}

/// Bodies with more than one report.
fn twice(contributions: &[Contribution]) -> Vec<Finding> {
    let mut seen: BTreeMap<String, &Contribution> = BTreeMap::new();
    let mut findings = Vec::new();
    for one in contributions {
        let name = &one.file.report.agency.name;
        if let Some(other) = seen.insert(plain(name), one) {
            let message = format!("“{name}”有两份报告：{}和{}", other.path.to_text(), one.path.to_text());
            let finding = Finding::new(Rule::Roster, Severity::Error, "agency.name", message)
                .hint("请只留一份；不是同一单位的，请写单位全称");
            findings.push(one.file.locate(finding, None));
        }
    }
    findings
}

/// Bodies of the roster that have not reported, and reports of bodies that are not on it.
fn against_roster(contributions: &[Contribution], roster: &Roster) -> Vec<Finding> {
    let of = |one: &Contribution| roster.find(&one.file.report.agency.name);
    let reported: Vec<usize> = contributions.iter().filter_map(of).collect();
    let missing = roster.members.iter().enumerate().filter(|(index, _)| !reported.contains(index));
    let mut findings: Vec<Finding> = missing
        .clone()
        .map(|(_, member)| {
            roster
                .finding(member, Severity::Error, format!("名册上的“{}”没有报告", member.name))
                .hint("请补上它的报告；不再报送的单位，请从名册里删去")
        })
        .collect();
    let missing: Vec<usize> = missing.map(|(index, _)| index).collect();
    for one in contributions.iter().filter(|one| of(one).is_none()) {
        let name = &one.file.report.agency.name;
        let near = roster.near(name, missing.iter().copied()).and_then(|index| roster.members.get(index));
        let message = match near {
            Some(member) => format!("“{name}”不在名册上；名册上有“{}”，是不是同一单位？", member.name),
            None => format!("“{name}”不在名册上"),
        };
        let finding = Finding::new(Rule::Roster, Severity::Error, "agency.name", message)
            .hint("请统一单位名称，或者把它写进名册");
        findings.push(one.file.locate(finding, None));
    }
    findings
}
