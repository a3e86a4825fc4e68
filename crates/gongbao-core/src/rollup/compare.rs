//! Compares a consolidated report with its members: S9, and whether the members have changed since.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{Contribution, sum};
use crate::load::Loader;
use crate::{
    file::{self, LARGEST_REPORT, PathError},
    finding::{Finding, MediumWords, Rule, Severity},
    history::Visible,
    paths::PathExt,
    report::{Figure, Member, ReportFile},
};

/// Returns what no longer agrees with the members. `base` is the folder of the report's file.
pub fn compare_with_members(file: &ReportFile, base: &Path, loader: Loader) -> Vec<Finding> {
    let members = &file.report.members;
    if members.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let mut contributions = Vec::new();
    let mut read = BTreeSet::new();
    for (index, member) in members.iter().enumerate() {
        let path = format!("members[{}]", index + 1);
        match load_unchanged(member, base, loader, &mut read) {
            Ok(contribution) => contributions.push(contribution),
            Err(message) => {
                let finding =
                    Finding::new(Rule::Stale, Severity::Warning, path, message).hint(MediumWords::new(
                        "请用 gongbao rollup 重新汇总；汇总报告已经公布的，按更正办理（gongbao correct）",
                        "请重新汇总；汇总报告已经公布的，按更正办理",
                    ));
                findings.push(file.locate(finding, None));
            }
        }
    }
    // Sums over members that have changed mean nothing.
    if findings.is_empty() {
        findings.extend(sums(file, &contributions));
    }
    findings
}

/// Loads a member. Each file is read once: `read` holds those read before.
///
/// # Errors
/// The member cannot be read, or has changed since the consolidation.
fn load_unchanged(
    member: &Member,
    base: &Path,
    loader: Loader,
    read: &mut BTreeSet<PathBuf>,
) -> Result<Contribution, String> {
    let name = &member.name;
    let unread = |why: &str| format!("“{name}”的报告（{}）打不开，不能核对汇总的数{why}", member.file);
    let path = file::reachable(base, &member.file).map_err(|error| match error {
        PathError::Io(_) => unread(""),
        other => unread(&format!("：{other}")),
    })?;
    if !read.insert(path.clone()) {
        return Err(format!("“{name}”的报告（{}）和前面一个单位的是同一个文件", member.file));
    }
    let path = base.join(&member.file);
    let bytes = file::read(&path, LARGEST_REPORT);
    let read = loader(&path.to_text(), bytes, path.parent().unwrap_or(base), false);
    let Some(file) = read.file else { return Err(unread("")) };
    if Visible::of(&file).digest() != member.digest {
        return Err(format!("“{name}”的报告（{}）在汇总以后改动过，汇总的数可能已经不对", member.file));
    }
    Ok(Contribution { file, path, findings: Vec::new() })
}

/// S9: each figure that the file gives is the sum of the members'.
fn sums(file: &ReportFile, contributions: &[Contribution]) -> Vec<Finding> {
    let records = file.report.records(&file.form);
    let addresses = records.iter().flat_map(|record| &record.figures);
    addresses
        .filter_map(|address| {
            let cell = file.report.figures.get(&address.path).filter(|cell| !cell.computed)?;
            let Figure::Number(number) = cell.figure else { return None };
            let right = sum::total(&sum::shares(file, contributions, &address.path));
            if number == right {
                return None;
            }
            let message = format!("“{}”{number}，各单位相加是 {right}", address.place);
            let hint = MediumWords::new(
                format!("用 gongbao rollup … --explain {} 可以看各单位的数", address.path),
                "请核对各单位的数，重新汇总",
            );
            let mut finding = Finding::new(Rule::S9, Severity::Error, &address.path, message).hint(hint);
            finding.left = Some(number.to_json());
            finding.right = Some(right.to_json());
            Some(file.locate(finding, None))
        })
        .collect()
}
