//! `gongbao diff`: lists the differences between two reports.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::{
    Failure, Outcome, colour, config::Settings, print_json, print_styled, publish::base, tell, tell_styled,
};
use crate::{
    batch::{CheckResult, ReportInput},
    output::{marked_pdf, save},
};
use gongbao_core::{
    file::{self, LARGEST_REPORT},
    finding::{Finding, render_all},
    history::{Difference, DifferenceKind, differences, marked},
    paths::PathExt,
    report::{Edit, Piece, ReportFile, WITHDRAWN},
    text::{visible, visible_lines},
};
use gongbao_formats::load::load;

/// Arguments of `gongbao diff`.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// 原来的报告：报告文件或PDF
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// 现在的报告：报告文件或PDF
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// 结果写成 JSON
    #[arg(long)]
    json: bool,
    /// 另存花脸稿：删去的划掉，增加的加下划线，末页供审核人签字
    #[arg(long, value_name = "FILE.pdf")]
    marked: Option<PathBuf>,
}

impl Diff {
    /// Returns the files and folders of reports that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        vec![&self.old, &self.new]
    }

    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        let (old, new) = (read_report(&self.old)?, read_report(&self.new)?);
        let differences = differences(&old, &new);
        if let Some(path) = &self.marked {
            if old.form.id != new.form.id {
                return Err(Failure(
                    "两份报告用的格式不同，排不出花脸稿。去掉 --marked 可以逐项列出".to_owned(),
                ));
            }
            let fonts = settings.fonts()?;
            let data = marked(&old, &new, &fonts, fonts.families_json())
                .map_err(|error| Failure(format!("表格排不出来：{error}")))?;
            let exported = marked_pdf(&settings.template()?, &fonts, &serde_json::to_string(&data)?)?;
            save(path, &exported.bytes)?;
            tell(&format!("花脸稿已存为 {}（{}页）\n", path.to_text(), exported.pages));
        }
        if self.json {
            let changes: Vec<Value> = differences.iter().map(entry).collect();
            let json = json!({ "old": old.source.name, "new": new.source.name, "changes": changes });
            print_json(&json)?;
        } else {
            print_styled(&text(&differences, colour::on_stdout()));
        }
        Ok(if differences.is_empty() { Outcome::Done } else { Outcome::Errors })
    }
}

/// Reads a report without checking it; shows the findings that block it.
///
/// # Errors
/// The file cannot be read as a report.
pub(super) fn read_report(path: &Path) -> Result<ReportFile, Failure> {
    let name = path.to_text();
    let bytes =
        if path.as_os_str() == "-" { ReportInput::stdin().bytes() } else { file::read(path, LARGEST_REPORT) };
    let loaded = load(&name, bytes, base(path), false);
    let errors: Vec<Finding> = loaded.findings.iter().filter(|finding| finding.blocks()).cloned().collect();
    tell_styled(&render_all(&errors, colour::on_stderr()));
    let unreadable = CheckResult::of(&loaded.findings) == CheckResult::Unreadable;
    loaded.file.filter(|_| !unreadable).ok_or_else(|| Failure(format!("“{name}”读不成一份报告，不能比较")))
}

/// Returns a difference as JSON.
fn entry(difference: &Difference) -> Value {
    let kind = match difference.kind {
        DifferenceKind::Head => "head",
        DifferenceKind::Figure => "figure",
        DifferenceKind::Text => "text",
    };
    let mut entry = json!({
        "path": difference.path,
        "place": difference.place,
        "kind": kind,
        "old": difference.old,
        "new": difference.new,
    });
    if difference.is_withdrawn() {
        entry["redact"] = true.into();
    } else if difference.kind == DifferenceKind::Text {
        let words = |piece: &Piece| {
            let op = match piece.edit {
                Edit::Kept => "kept",
                Edit::Deleted => "deleted",
                Edit::Inserted => "inserted",
            };
            json!({ "op": op, "text": piece.text })
        };
        entry["words"] = difference.pieces().iter().map(words).collect();
    }
    entry
}

/// Returns the differences as text for the terminal.
fn text(differences: &[Difference], coloured: bool) -> String {
    if differences.is_empty() {
        return "没有不同\n".to_owned();
    }
    let mut text = String::new();
    for difference in differences {
        let place = visible(&difference.place.to_string());
        text += &format!("{place}\n  {}\n", change(difference, coloured));
    }
    let count = |kind| differences.iter().filter(|difference| difference.kind == kind).count();
    let parts =
        [(DifferenceKind::Figure, "数据"), (DifferenceKind::Text, "文字"), (DifferenceKind::Head, "报告头")];
    let parts = parts.into_iter().map(|(kind, name)| (count(kind), name)).filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, name)| format!("{name}{count}处")).collect();
    text + &format!("共{}处不同：{}\n", differences.len(), parts.join("，"))
}

fn change(difference: &Difference, coloured: bool) -> String {
    let shown = |value: &Value| match gongbao_core::report::printed_value(value) {
        text if text.is_empty() => "（空）".to_owned(),
        text => visible(&text),
    };
    if difference.is_withdrawn() {
        return format!("（{WITHDRAWN}）→ {}", shown(&difference.new));
    }
    if difference.kind != DifferenceKind::Text {
        return format!("{} → {}", shown(&difference.old), shown(&difference.new));
    }
    let mark = |piece: &Piece| {
        let text = visible_lines(&piece.text);
        match (piece.edit, coloured) {
            (Edit::Kept, _) => text,
            (Edit::Deleted, true) => format!("\u{1b}[9;31m{text}\u{1b}[0m"),
            (Edit::Inserted, true) => format!("\u{1b}[4;32m{text}\u{1b}[0m"),
            (Edit::Deleted, false) => format!("［删：{text}］"),
            (Edit::Inserted, false) => format!("［增：{text}］"),
        }
    };
    difference.pieces().iter().map(mark).collect()
}
