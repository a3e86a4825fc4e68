//! What a report means does not depend on how its file is written, and a changed figure changes itself alone.

use std::path::Path;

use encoding_rs::GB18030;
use gongbao_core::{
    check::CheckContext,
    finding::Finding,
    load::load_text,
    report::{Cell, Figure, Number, Report, Scope, to_text},
    syntax::Format,
    typeface::AllGlyphs,
};
use gongbao_test_support::{
    fuzz::{Fuzz, Outcome, Shape},
    made::FOLDER,
};

use super::{WORDS, readers::meant, reports, rules};

fn fuzz(reader: &str) -> Fuzz<'_> {
    Fuzz { reader, shape: Shape::Text, samples: reports(), words: WORDS, is_alone: crate::is_alone() }
}

fn findings(name: &str, bytes: Vec<u8>) -> Vec<Finding> {
    let folder = Path::new(FOLDER);
    load_text(name, Ok(bytes), folder, false).check(folder, CheckContext::new(&AllGlyphs, load_text)).findings
}

/// Whether JSON can say the same: it has no dates, and no numbers that are not finite.
fn is_json(value: &toml::Value) -> bool {
    match value {
        toml::Value::Datetime(_) => false,
        toml::Value::Float(number) => number.is_finite(),
        toml::Value::Table(table) => table.values().all(is_json),
        toml::Value::Array(items) => items.iter().all(is_json),
        _ => true,
    }
}

/// Reverses the order of the keys of all tables.
fn reversed(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::Table(table) => {
            toml::Value::Table(table.into_iter().rev().map(|(key, value)| (key, reversed(value))).collect())
        }
        toml::Value::Array(items) => toml::Value::Array(items.into_iter().map(reversed).collect()),
        other => other,
    }
}

#[test]
fn notation_order_and_encoding_do_not_change_findings() {
    fuzz("meaning").run(|bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return Outcome::refused("UTF-8") };
        let Ok(value) = toml::from_str::<toml::Value>(text) else { return Outcome::refused("TOML") };
        let read = findings("report.toml", bytes.to_vec());
        let wanted = meant(&read);
        if is_json(&value) && !["0x", "0o", "0b"].iter().any(|prefix| text.contains(prefix)) {
            let json = serde_json::to_string(&value).expect("JSON");
            assert_eq!(meant(&findings("report.json", json.clone().into_bytes())), wanted, "as JSON: {json}");
            let turned = serde_json::to_string(&reversed(value)).expect("JSON");
            assert_eq!(meant(&findings("report.json", turned.into_bytes())), wanted, "in another order");
        }
        let utf16: Vec<u8> =
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(meant(&findings("report.toml", utf16)), wanted, "in UTF-16");
        let (gbk, _, has_lost) = GB18030.encode(text);
        // Bytes that are valid UTF-8 are UTF-8.
        if !has_lost && !gbk.is_ascii() && std::str::from_utf8(&gbk).is_err() {
            assert_eq!(meant(&findings("report.toml", gbk.into_owned())), wanted, "in GB 18030");
        }
        Outcome::past(rules(&read))
    });
}

#[test]
fn a_changed_figure_changes_that_figure_and_nothing_else() {
    fuzz("figures").run(|bytes| {
        let folder = Path::new(FOLDER);
        let loaded = load_text("report.toml", Ok(bytes.to_vec()), folder, false);
        let said = rules(&loaded.findings);
        let Some(file) = loaded.file else { return Outcome { past: !said.contains("unreadable"), said } };
        if loaded.findings.iter().any(|finding| finding.concern().loses_content()) {
            return Outcome { past: true, said };
        }
        // Figures that the file gives; totals that it leaves out follow from them.
        let given: Vec<&String> =
            file.report.figures.iter().filter(|(_, cell)| !cell.computed).map(|(path, _)| path).collect();
        let Some(path) = given.get(bytes.len() % given.len().max(1)) else {
            return Outcome { past: true, said };
        };
        let mut changed = file.report.clone();
        let Some(Cell { figure, .. }) = changed.figures.get_mut(*path) else {
            return Outcome { past: true, said };
        };
        *figure = Figure::Number(Number::whole(918_273).expect("a number"));
        let text = to_text(&changed, &file.form, Scope::Office, Format::Toml);
        let again = load_text("report.toml", Ok(text.into_bytes()), folder, false)
            .file
            .expect("what was written is read");
        let differing = differing(&file.report, &again.report);
        assert!(differing.iter().all(|differs| differs == *path), "{path} changes {differing:?}");
        Outcome { past: true, said }
    });
}

/// Paths of the figures given in a file that differ; `texts` if a text does.
fn differing(one: &Report, other: &Report) -> Vec<String> {
    let paths = one.figures.iter().chain(&other.figures).map(|(path, _)| path);
    let given = |report: &Report, path: &str| report.figures.get(path).filter(|cell| !cell.computed).cloned();
    let mut differing: Vec<String> =
        paths.filter(|path| given(one, path) != given(other, path)).cloned().collect();
    differing.dedup();
    if one.texts != other.texts {
        differing.push("texts".to_owned());
    }
    differing
}
