//! The results of an audit as Markdown: a summary, then the findings of each body.

use super::Results;
use crate::{
    batch::{Audited, rule_counts},
    cli::check::escaped,
};
use gongbao_core::finding::{Finding, Rule, Severity};

/// Returns the results as Markdown.
pub(super) fn text(results: &Results) -> String {
    let mut text = format!("# 政府信息公开工作年度报告评估结果\n\n{}。\n", results.summary());
    let counts = rule_counts(&results.files);
    if !counts.is_empty() {
        text += "\n| 规则 | 问题 | 处数 |\n|---|---|---:|\n";
        let mut rows: Vec<(&String, &usize)> = counts.iter().collect();
        rows.sort_by_key(|(code, count)| (std::cmp::Reverse(**count), (*code).clone()));
        for (code, count) in rows {
            let title = Rule::from_code(code).map_or("", |rule| rule.info().title);
            text += &format!("| {} | {} | {count} |\n", escaped(code), escaped(title));
        }
    }
    let list = |heading: &str, names: &[String]| match names {
        [] => String::new(),
        names => {
            let names: Vec<String> = names.iter().map(|name| format!("- {}\n", escaped(name))).collect();
            format!("\n## {heading}\n\n{}", names.concat())
        }
    };
    text += &list("没有找到报告的单位", &results.missing);
    text += &list("不在名册的单位", &results.unlisted);
    for file in &results.files {
        text += &one(file);
    }
    text
}

fn one(file: &Audited) -> String {
    let year = file.year.map(|year| format!("，{year}年")).unwrap_or_default();
    let mut text = format!(
        "\n## {}{year}\n\n文件：{}；{}",
        escaped(file.title()),
        escaped(&file.file),
        file.state.name()
    );
    if file.unplaced > 0 {
        text += &format!("，{}处没有读进来", file.unplaced);
    }
    text += "\n";
    let names = [(Severity::Error, "错误"), (Severity::Warning, "提醒"), (Severity::Unsure, "待确认")];
    for (severity, name) in names {
        let of: Vec<&Finding> = file.findings.iter().filter(|finding| finding.severity == severity).collect();
        if of.is_empty() {
            continue;
        }
        text += &format!("\n**{name}{}处**\n\n", of.len());
        for finding in of {
            let place = finding.place.to_string();
            let place = if place.is_empty() { String::new() } else { format!("{}：", escaped(&place)) };
            text += &format!("- {place}{}（{}）\n", escaped(&finding.text()), escaped(finding.rule.code()));
        }
    }
    if file.findings.is_empty() {
        text += "\n没有发现问题。\n";
    }
    text
}
