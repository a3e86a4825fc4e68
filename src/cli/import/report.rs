//! The results of an import, as text for the terminal and as JSON.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    batch::{ImportOutcome, ImportState},
    cli::{colour, print, print_styled},
};
use gongbao_core::{
    finding::{render_all, summary as count},
    paths::PathExt,
    report::{Report, fields::text_label},
    text::visible,
};
use gongbao_formats::import::{Counted, Imported, Unplaced};

/// The supported formats, for messages.
pub(super) const READABLE: &str = "能读的有：.pdf、.docx、.html、.xlsx、.xls，以及 .toml、.yaml";

/// Maximum number of unplaced texts that are listed; the JSON contains all.
const LISTED: usize = 200;

/// Shows the result of one file; nothing for a failure, which is shown separately.
pub(super) fn show(import: &ImportOutcome) {
    let shown = |path: &Path| visible(&path.to_text());
    let (file, out) = (shown(&import.job.file), shown(&import.job.out));
    let (mut text, findings) = match &import.state {
        ImportState::Skipped => return print(&format!("略过“{file}”：开头没有 year，不是报告\n")),
        ImportState::Failed(_) => return,
        ImportState::Converted { report, findings } => {
            (format!("已把“{file}”写成“{out}”：{}\n", title(report)), findings)
        }
        ImportState::Read { kind, understood, findings } => {
            let mut text = format!("已读“{file}”（{}），写入“{out}”\n", kind.name());
            text.push_str(&read(understood));
            (text, findings)
        }
    };
    if findings.is_empty() {
        text.push_str("检查：没有发现问题\n");
    } else {
        text.push_str(&format!("检查：{}\n", count(findings)));
    }
    print(&text);
    print_styled(&render_all(findings, colour::on_stdout()));
}

fn title(report: &Report) -> String {
    report.title().replace('\n', "")
}

/// Returns what was understood of a foreign file, and what was not.
fn read(understood: &Imported) -> String {
    let Imported { report, form, unplaced, counted, remarks, .. } = understood;
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
        .all_text_keys()
        .filter(|key| form.passage(key).is_none() || report.texts.contains_key(*key))
        .map(|key| match form.place_of_passage(key) {
            Some(place) => (key, place.to_string()),
            None => (key, text_label(form, key).to_owned()),
        })
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
        text.push_str(&visible(&format!("  {place}{at}：{said}（{why}）")));
        text.push('\n');
    }
    if let Some(more) = unplaced.len().checked_sub(LISTED).filter(|more| *more > 0) {
        text.push_str(&format!("  ……还有{more}处；加 --json 全部列出\n"));
    }
    text
}

/// Returns one line per file.
pub(super) fn summary(done: &[ImportOutcome]) -> String {
    let mut text = format!("\n共{}个文件：\n", done.len());
    for import in done {
        let state = match &import.state {
            ImportState::Skipped => "略过".to_owned(),
            ImportState::Failed(_) => "没有导入".to_owned(),
            ImportState::Converted { findings, .. } => format!("已转换；检查：{}", checked(findings)),
            ImportState::Read { understood, findings, .. } => {
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
        text.push_str(&format!("  {}：{state}\n", gongbao_core::text::visible_path(&import.job.file)));
    }
    text
}

fn checked(findings: &[gongbao_core::finding::Finding]) -> String {
    if findings.is_empty() { "没有发现问题".to_owned() } else { count(findings) }
}

/// Returns the result of one file as JSON.
pub(super) fn json(import: &ImportOutcome) -> Value {
    let file = import.job.file.to_text();
    let out = import.job.out.to_text();
    let of_report = |report: &Report| json!({ "agency": report.agency.name, "year": report.year, "title": title(report) });
    match &import.state {
        ImportState::Skipped => json!({ "file": file, "state": "passed-over" }),
        ImportState::Failed(message) => json!({ "file": file, "state": "failed", "message": message }),
        ImportState::Converted { report, findings } => {
            json!({ "file": file, "state": "converted", "out": out, "report": of_report(report), "findings": findings })
        }
        ImportState::Read { understood, findings, .. } => {
            let Imported { report, form, unplaced, counted, remarks, .. } = &**understood;
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
