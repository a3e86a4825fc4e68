//! `gongbao check --changes`: lists the characters that reading normalised.

use serde_json::{Value, json};

use super::{Format, markdown::escaped};
use crate::{
    batch::{CheckResult, ReportInput},
    cli::{Failure, Outcome, print, print_json, tell},
};
use gongbao_core::{
    finding::render_all,
    load::Loaded,
    report::{Change, ReportFile},
    text::visible,
};

/// Lists the changes of all reports.
///
/// # Errors
/// None of the files could be read as a report.
pub(super) fn list(read: &[(&ReportInput, Loaded)], format: Format) -> Result<Outcome, Failure> {
    let unread = read.iter().filter(|(_, loaded)| loaded.file.is_none());
    let mut worst = Outcome::Done;
    for (_, loaded) in unread {
        tell(&render_all(&loaded.findings, false));
        worst = worst.max(CheckResult::of(&loaded.findings).into());
    }
    let files: Vec<&ReportFile> = read.iter().filter_map(|(_, loaded)| loaded.file.as_ref()).collect();
    match format {
        Format::Json => {
            let all: Vec<Value> =
                files.iter().flat_map(|file| file.changes.iter().map(|c| entry(file, c))).collect();
            print_json(&all)?;
        }
        Format::Text => files.iter().for_each(|file| print(&text(file))),
        Format::Markdown => files.iter().for_each(|file| print(&markdown(file))),
    }
    Ok(if files.is_empty() { worst.max(Outcome::Errors) } else { worst })
}

fn entry(file: &ReportFile, change: &Change) -> Value {
    let mut entry = json!({
        "file": file.source.name,
        "path": change.path,
        "place": file.place(&change.path),
        "old": change.old,
        "new": change.new,
        "why": change.why,
    });
    if let (Some(map), Some((line, column))) = (entry.as_object_mut(), line_column(file, change)) {
        map.insert("line".into(), line.into());
        map.insert("column".into(), column.into());
    }
    entry
}

fn text(file: &ReportFile) -> String {
    let name = visible(&file.source.name);
    if file.changes.is_empty() {
        return format!("“{name}”：没有改动\n");
    }
    let mut told = format!("“{name}”：读入时改正 {} 处，文件本身没有改动\n", file.changes.len());
    for change in &file.changes {
        let line = line_column(file, change).map(|(line, _)| format!("第{line}行，")).unwrap_or_default();
        told += &format!(
            "  {line}{}：{} → {}（{}）\n",
            file.place(&change.path),
            quoted(&change.old),
            quoted(&change.new),
            change.why
        );
    }
    told
}

fn markdown(file: &ReportFile) -> String {
    let mut told = format!("## {}：读入时改正 {} 处\n", escaped(&file.source.name), file.changes.len());
    for change in &file.changes {
        told += &format!(
            "\n- {}：{} → {}（{}）",
            escaped(&file.place(&change.path).to_string()),
            escaped(&quoted(&change.old)),
            escaped(&quoted(&change.new)),
            change.why
        );
    }
    told + "\n"
}

fn line_column(file: &ReportFile, change: &Change) -> Option<(usize, usize)> {
    Some(file.source.line_column(file.span(&change.path)?.start))
}

/// Returns a quoted text with invisible characters replaced by visible marks.
fn quoted(words: &str) -> String {
    let mut shown = String::new();
    for c in words.chars() {
        match c {
            ' ' => shown.push('␣'),
            '\u{3000}' => shown.push_str("[全角空格]"),
            '\t' => shown.push_str("[制表符]"),
            '\n' => shown.push('↵'),
            c if c.is_whitespace()
                || c.is_control()
                || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}') =>
            {
                shown += &format!("[U+{:04X}]", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    if shown.is_empty() { "（去掉）".to_owned() } else { format!("“{shown}”") }
}
