//! Whatever comes ends in findings.

use std::{path::Path, sync::Arc};

use gongbao_core::{
    finding::Severity,
    form,
    report::{Scope, read, to_json, to_text},
    syntax::{self, Format},
    text::Source,
};

use crate::files::*;

/// Replaces one value somewhere in the report.
fn disturb(value: &mut serde_json::Value, random: &mut impl FnMut(usize) -> usize) {
    let inner: Vec<&mut serde_json::Value> = match value {
        serde_json::Value::Object(map) => map.iter_mut().map(|(_, value)| value).collect(),
        serde_json::Value::Array(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    };
    let count = inner.len();
    if count > 0 && random(8) > 0 {
        let chosen = random(count);
        if let Some(inner) = inner.into_iter().nth(chosen) {
            return disturb(inner, random);
        }
    }
    let values = serde_json::json!([
        null, true, "", " ", "/", 0, "０", -1, 1.5, 1e15, "x", "１，２３４", [], [0], [[]], {}, { "value": 1 }, { "note": "注" },
        { "value": "/", "note": "注", "unit": "元" }, { "natural": 1 }, { "date": "2025-01-24" }, [0, 0, 0, 0, 0, 0], [null, 1],
        "{{applications.new}} {{ {{{{ }} {{disclosure.rules}}", "（一）甲\n1、 乙\u{e000}\t\u{200b} 5", "2025-01-24", 2024
    ]);
    *value = values[random(values.as_array().map_or(1, Vec::len))].clone();
}

#[test]
fn whatever_comes_is_read_or_told_and_what_is_read_is_written_the_same() {
    let form = form::by_id("2021").expect("forms").expect("2021");
    let whole = report(toml(&(FORM_2021.to_owned() + OFFICE)));
    let whole: serde_json::Value = serde_json::from_str(&to_json(&whole, form, Scope::Office)).expect("JSON");
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut written = 0;
    for round in 0..3000 {
        let mut value = whole.clone();
        if round % 3 == 0 {
            value["blanks"] = "zero".into();
        }
        for _ in 0..=random(3) {
            disturb(&mut value, &mut random);
        }
        let text = value.to_string();
        let source = Arc::new(Source::new("report.json", text.as_str(), "UTF-8"));
        let root = syntax::parse(&source, Format::Json).expect("JSON");
        let Ok(reading) = read(&source, &root, Path::new("tests/reading")) else { continue };
        for finding in &reading.findings {
            assert!(
                !finding.message.is_empty() && !finding.place.is_empty() | finding.path.is_empty(),
                "{finding:?}"
            );
            let at = finding.at.as_ref().map(|at| source.text.get(at.span.clone()));
            assert!(at != Some(None), "{finding:?}");
        }
        let Some(file) = reading.file else { continue };
        if reading.findings.iter().all(|finding| finding.severity != Severity::Error) {
            for format in [Format::Json, Format::Toml, Format::Yaml] {
                let again = to_text(&file.report, &file.form, Scope::Office, format);
                assert_eq!(report(read_as(&again, format)), file.report, "{text}\n{again}");
            }
            written += 1;
        }
    }
    assert!(written > 100, "{written}");
}
