use std::sync::Arc;

use serde_json::Number;

use super::*;
use crate::{
    finding::{Follower, Rule},
    text::{SheetCell, Source},
};

/// A finding about `part` of a file.
fn about(text: &str, part: &str) -> Finding {
    let source = Arc::new(Source::new("报告.toml", text, "UTF-8"));
    let start = text.find(part).unwrap_or(0);
    Finding::new(Rule::S1, Severity::Error, "", "总计与各列之和不等").at(&source, start..start + part.len())
}

#[test]
fn carets_stand_under_what_follows_hanzi() {
    let text = "year = 2024\n合计 = { 自然人 = 12, total = 13 }\n";
    let mut finding =
        about(text, "13").place("表三 › 一、本年新收政府信息公开申请数量 › 总计").hint("请核对各列");
    finding.path = "applications.new.total".to_owned();
    let number = Number::from(1);
    let follower = Follower {
        rule: Rule::S2,
        path: "applications.handled.total".to_owned(),
        left: number.clone(),
        right: number,
    };
    finding.follows.push(follower);
    let expected = "\
错误[S1]: 总计与各列之和不等
 --> 报告.toml:2:26
  |
2 | 合计 = { 自然人 = 12, total = 13 }
  |                               ^^
  |
  = 位置: 表三 › 一、本年新收政府信息公开申请数量 › 总计（applications.new.total）
  = 连带: S2 applications.handled.total
  = 办法: 请核对各列
";
    assert_eq!(render_all(&[finding], false), expected);
}

#[test]
fn findings_stand_apart_and_in_their_order() {
    let first = Finding { severity: Severity::Warning, ..about("一二三", "二") };
    let mut second =
        Finding::new(Rule::Missing, Severity::Error, "overview", "缺少第一章的正文").place("一、总体情况");
    second.file = "报告.toml".to_owned();
    let third = Finding {
        severity: Severity::Unsure,
        ..Finding::new(Rule::P9, Severity::Unsure, "", "看不出是否收费")
    };
    let expected = "\
提醒[S1]: 总计与各列之和不等
 --> 报告.toml:1:2
  |
1 | 一二三
  |   ^^

错误[missing]: 缺少第一章的正文
--> 报告.toml
 = 位置: 一、总体情况（overview）

待确认[P9]: 看不出是否收费
";
    assert_eq!(render_all(&[first, second, third], false), expected);
}

#[test]
fn a_workbooks_cell_is_named() {
    let mut finding = Finding::new(Rule::S3, Severity::Error, "", "总计不等");
    finding.file = "报告.xlsx".to_owned();
    finding.cell = Some(SheetCell { sheet: "表三".to_owned(), cell: "F12".to_owned() });
    assert_eq!(render_all(&[finding], false), "错误[S3]: 总计不等\n--> 报告.xlsx:表三!F12\n");
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let text = format!("overview = \"{}错处{}\"", "前文".repeat(1000), "后文".repeat(1000));
    let rendered = render_all(&[about(&text, "错处")], false);
    let lines: Vec<_> = rendered.lines().collect();
    let (line, carets) = (lines[3], lines[4]);
    let columns = |text: &str| text.chars().map(crate::text::width).sum::<usize>();
    assert!(line.starts_with("1 | …") && line.ends_with('…'), "{line}");
    assert!(columns(line) <= 120, "{line}");
    let before = line.split("错处").next().unwrap_or_default();
    assert_eq!(columns(before), carets.find('^').unwrap_or(0), "{rendered}");
    assert_eq!(carets.matches('^').count(), 4);
}

#[test]
fn a_long_place_is_cut_itself() {
    let part = "字".repeat(5000);
    let rendered = render_all(&[about(&format!("a = \"{part}\""), &part)], false);
    assert!(
        rendered.lines().all(|line| line.chars().map(crate::text::width).sum::<usize>() <= 120),
        "{rendered}"
    );
}

#[test]
fn nothing_steers_the_terminal() {
    let mut finding = about("a = \"\u{1B}[2J\u{202E}\u{9B}\u{E000}\t值\u{7F}\"", "值");
    finding.message = "含有\u{1B}]0;x\u{7}\n第二行".into();
    finding.file = "坏\n名\"\u{1B}[31m.toml".to_owned();
    finding.hint = Some("删去\r\u{1B}c".into());
    let expected = "\
错误[S1]: 含有␛]0;x␇␊第二行
 --> 坏␊名\"␛[31m.toml:1:14
  |
1 | a = \"␛[2J��� 值␡\"
  |              ^^
  |
  = 办法: 删去␍␛c
";
    assert_eq!(render_all(&[finding], false), expected);
}

#[test]
fn the_end_of_a_file_has_a_caret_too() {
    let mut finding = about("a = [\n", "a");
    if let Some(at) = &mut finding.at {
        at.span = 6..6;
    }
    assert_eq!(
        render_all(&[finding], false),
        "错误[S1]: 总计与各列之和不等\n --> 报告.toml:2:1\n  |\n2 |\n  | ^\n"
    );
}

#[test]
fn colour_changes_nothing_but_colour() {
    let findings = [about("合计 = 1", "1").hint("请核对")];
    let colored = render_all(&findings, true);
    let bare: String = colored
        .split("\u{1B}[")
        .enumerate()
        .map(|(n, part)| if n == 0 { part } else { part.split_once('m').map_or("", |(_, text)| text) })
        .collect();
    let trimmed: String = bare.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    assert_ne!(colored, bare);
    assert_eq!(trimmed, render_all(&findings, false));
}

#[test]
fn the_summary_counts_each_kind() {
    let finding = |severity| Finding::new(Rule::S1, severity, "", "");
    let findings = [Severity::Error, Severity::Warning, Severity::Error].map(finding);
    assert_eq!(summary(&findings), "错误 2 处，提醒 1 处，待确认 0 处");
    assert_eq!(summary(&[]), "错误 0 处，提醒 0 处，待确认 0 处");
}
