//! What to tell of an import: on the terminal, and as JSON.

use std::io::IsTerminal;

use serde_json::{Value, json};

use super::one::{One, State};
use gongbao_core::{
    finding::{render_all, summary as sum_up},
    report::{Report, fields::text_label},
};
use gongbao_formats::import::{Counted, Imported, Unplaced};

/// What can be read, for messages.
pub(super) const READABLE: &str = "能读的有：.docx、.html、.xlsx、.xls，以及 .toml、.yaml";

/// How many places are listed one by one; the rest is counted, and all are in the JSON.
const LISTED: usize = 200;

/// What to tell of one file; nothing where it failed, which is told apart.
pub(super) fn text(one: &One) -> String {
    let (file, out) = (one.job.file.display(), one.job.out.display());
    let (mut text, findings) = match &one.state {
        State::PassedOver => return format!("略过“{file}”：开头没有 year，不是报告\n"),
        State::Failed(_) => return String::new(),
        State::Converted { report, findings } => {
            (format!("已把“{file}”写成“{out}”：{}\n", title(report)), findings)
        }
        State::Read { kind, understood, findings } => {
            let mut text = format!("已读“{file}”（{}），写入“{out}”\n", kind.name());
            text.push_str(&read(understood));
            (text, findings)
        }
    };
    if findings.is_empty() {
        text.push_str("检查：没有发现问题\n");
    } else {
        text.push_str(&format!("检查：{}\n", sum_up(findings)));
        text.push_str(&render_all(findings, std::io::stdout().is_terminal()));
    }
    text
}

fn title(report: &Report) -> String {
    report.title().replace('\n', "")
}

fn read(understood: &Imported) -> String {
    let Imported { report, form, unplaced, counted, remarks } = understood;
    let mut text = format!("  {}，《{}》\n", title(report), form.name);
    let figures: Vec<String> = counted
        .iter()
        .map(|Counted { table, found, of }| match found {
            found if found == of => format!("{table}{of}格全部读出"),
            0 => format!("{table}{of}格，一格也没有读出"),
            found => format!("{table}{of}格，读出{found}格"),
        })
        .collect();
    text.push_str(&format!("  表格：{}\n", figures.join("；")));
    let texts: Vec<String> = form
        .text_keys()
        .map(|key| (key, text_label(form, key)))
        .map(|(key, heading)| match report.texts.get(key).map_or(0, Vec::len) {
            0 => format!("“{heading}”没有"),
            count => format!("“{heading}”{count}段"),
        })
        .collect();
    text.push_str(&format!("  文字：{}\n", texts.join("；")));
    for line in remarks {
        text.push_str(&format!("  {line}\n"));
    }
    if !unplaced.is_empty() {
        text.push_str(&format!("没有放进报告的内容（{}处），请对照原文补上：\n", unplaced.len()));
    }
    for Unplaced { place, row, column, text: said, why } in unplaced.iter().take(LISTED) {
        let at =
            [row, column].into_iter().filter(|words| !words.is_empty()).map(|words| format!("“{words}”"));
        let at = at.collect::<Vec<_>>().join("、");
        text.push_str(&format!("  {place}{at}：{said}（{why}）\n"));
    }
    if let Some(more) = unplaced.len().checked_sub(LISTED).filter(|more| *more > 0) {
        text.push_str(&format!("  ……还有{more}处；加 --json 全部列出\n"));
    }
    text
}

/// What came of many files, in one table.
pub(super) fn summary(done: &[One]) -> String {
    let mut text = format!("\n共{}个文件：\n", done.len());
    for one in done {
        let state = match &one.state {
            State::PassedOver => "略过".to_owned(),
            State::Failed(_) => "没有导入".to_owned(),
            State::Converted { findings, .. } => format!("已转换；检查：{}", checked(findings)),
            State::Read { understood, findings, .. } => {
                let missing: usize = understood.counted.iter().map(|table| table.of - table.found).sum();
                let left = understood.unplaced.len();
                let read = match (missing, left) {
                    (0, 0) => "全部读出".to_owned(),
                    (0, left) => format!("数全部读出，{left}处内容没有放进去"),
                    (missing, 0) => format!("缺{missing}格"),
                    (missing, left) => format!("缺{missing}格，{left}处内容没有放进去"),
                };
                format!("{read}；检查：{}", checked(findings))
            }
        };
        text.push_str(&format!("  {}：{state}\n", one.job.file.display()));
    }
    text
}

fn checked(findings: &[gongbao_core::finding::Finding]) -> String {
    if findings.is_empty() { "没有发现问题".to_owned() } else { sum_up(findings) }
}

/// One file as JSON.
pub(super) fn json(one: &One) -> Value {
    let file = one.job.file.display().to_string();
    let out = one.job.out.display().to_string();
    let of_report = |report: &Report| json!({ "agency": report.agency.name, "year": report.year, "title": title(report) });
    match &one.state {
        State::PassedOver => json!({ "file": file, "state": "passed-over" }),
        State::Failed(message) => json!({ "file": file, "state": "failed", "message": message }),
        State::Converted { report, findings } => {
            json!({ "file": file, "state": "converted", "out": out, "report": of_report(report), "findings": findings })
        }
        State::Read { understood, findings, .. } => {
            let Imported { report, form, unplaced, counted, remarks } = &**understood;
            let counted: Vec<Value> = counted
                .iter()
                .map(|Counted { table, found, of }| json!({ "table": table, "found": found, "of": of }))
                .collect();
            let unplaced: Vec<Value> = unplaced
                .iter()
                .map(|Unplaced { place, row, column, text, why }| {
                    json!({ "place": place, "row": row, "column": column, "text": text, "why": why })
                })
                .collect();
            json!({
                "file": file, "state": "read", "out": out, "report": of_report(report), "form": form.id,
                "tables": counted, "unplaced": unplaced, "notes": remarks, "findings": findings
            })
        }
    }
}
