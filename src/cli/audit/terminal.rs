//! The results of an audit for the terminal.

use super::Results;
use crate::batch::{Audited, rule_counts};
use gongbao_core::{
    finding::{Finding, Rule, Severity},
    text::visible,
};

/// Maximum number of findings shown for a file; the other outputs have all.
const MOST: usize = 8;

/// Returns one block for each file, then the summary.
pub(super) fn text(results: &Results) -> String {
    let mut text: String = results.files.iter().map(one).collect();
    text += &format!("{}\n", visible(&results.summary()));
    let counts = rule_counts(&results.files);
    let mut rows: Vec<(&String, &usize)> = counts.iter().collect();
    rows.sort_by_key(|(code, count)| (std::cmp::Reverse(**count), (*code).clone()));
    for (code, count) in rows {
        let title = Rule::from_code(code).map_or("", |rule| rule.info().title);
        text += &format!("  {count:>5}  {code}  {title}\n");
    }
    for (heading, names) in [("没有找到报告", &results.missing), ("不在名册", &results.unlisted)] {
        if !names.is_empty() {
            text += &format!("{heading}：{}\n", visible(&names.join("、")));
        }
    }
    text
}

fn one(file: &Audited) -> String {
    let year = file.year.map(|year| format!("{year}年")).unwrap_or_default();
    let (errors, warnings) = (file.count(Severity::Error), file.count(Severity::Warning));
    let mut text = format!(
        "{}  {}{year}  错误{errors} 提醒{warnings}  {}\n",
        file.state.name(),
        visible(&file.agency),
        visible(&file.file)
    );
    for finding in file.findings.iter().take(MOST) {
        text += &format!("    {}\n", line(finding));
    }
    if let Some(more) = file.findings.len().checked_sub(MOST).filter(|more| *more > 0) {
        text += &format!("    还有{more}处，加 --format markdown 或 -o 看全部\n");
    }
    text
}

fn line(finding: &Finding) -> String {
    let place = finding.place.to_string();
    let place = if place.is_empty() { String::new() } else { format!("{place}：") };
    visible(&format!("{}[{}] {place}{}", finding.severity.name(), finding.rule.code(), finding.text()))
}
