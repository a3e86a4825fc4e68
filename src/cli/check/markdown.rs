//! Findings as a document for the body (检查意见), in Markdown.

use crate::batch::ReportInput;
use gongbao_core::{
    finding::{Finding, Severity},
    load::Loaded,
    text::visible_char,
};

/// Returns the findings of all reports, each report under its own heading.
pub(super) fn opinion(checked: &[(&ReportInput, Loaded)]) -> String {
    let opinions: Vec<String> = checked.iter().map(|(input, loaded)| one(&input.name(), loaded)).collect();
    opinions.join("\n")
}

fn one(name: &str, loaded: &Loaded) -> String {
    let title = match &loaded.file {
        Some(file) => file.report.title().replace('\n', ""),
        None => name.to_owned(),
    };
    let mut told = format!("# 检查意见：{}\n\n文件：{}\n\n", escaped(&title), escaped(name));
    let (accepted, open): (Vec<&Finding>, Vec<&Finding>) =
        loaded.findings.iter().partition(|finding| finding.accepted.is_some());
    told += match (open.iter().any(|finding| finding.blocks()), open.is_empty()) {
        (true, _) => "结论：**退回修改**。请改正下列错误后重新报送。\n",
        (false, false) => "结论：没有错误。下列各处请核对。\n",
        (false, true) => "结论：没有发现问题。\n",
    };
    for (severity, heading) in
        [(Severity::Error, "必须改正"), (Severity::Warning, "请核对"), (Severity::Unsure, "拿不准，请确认")]
    {
        let some: Vec<&Finding> =
            open.iter().copied().filter(|finding| finding.severity == severity).collect();
        told += &section(&format!("{heading}（{}处）", some.len()), &some);
    }
    told + &section("已认可，不用改", &accepted)
}

fn section(heading: &str, findings: &[&Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut told = format!("\n## {heading}\n\n");
    for (number, finding) in (1..).zip(findings) {
        told += &format!("{number}. {}\n", item(finding));
    }
    told
}

/// Returns one finding: place, message, related findings, hint.
fn item(finding: &Finding) -> String {
    let place = if finding.place.is_empty() { "整个文件".to_owned() } else { finding.place_text() };
    let mut told = format!(
        "**{}**：{}（规则 {}）",
        escaped(&place),
        escaped(&finding.text()),
        escaped(finding.rule.code())
    );
    let mut add = |name: &str, text: &str| told += &format!("\n   - {name}：{}", escaped(text));
    match (&finding.cell, &finding.at) {
        (Some(cell), _) => add("工作簿", &cell.to_string()),
        (None, Some(at)) => {
            let (line, _) = at.source.line_column(at.span.start);
            add("文件", &format!("第{line}行"));
        }
        (None, None) => {}
    }
    if !finding.follows.is_empty() {
        let rules: Vec<&str> = finding.follows.iter().map(|follower| follower.rule.code()).collect();
        add("连带", &format!("改正后，另外{}处（{}）也就对上了", rules.len(), rules.join("、")));
    }
    match (&finding.accepted, &finding.advice()) {
        (Some(reason), _) => add("认可的理由", reason),
        (None, Some(hint)) => add("办法", hint),
        (None, None) => {}
    }
    told
}

/// Escapes a text for Markdown and joins its lines.
pub(in crate::cli) fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' | '\r' | '\t' => escaped.push(' '),
            c => escaped.push(visible_char(c)),
        }
    }
    escaped
}
