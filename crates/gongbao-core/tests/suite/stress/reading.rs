//! Reports with random values: reading never fails, and what is read without an error can be written and read again.

use std::{path::Path, sync::Arc, time::Duration};

use gongbao_core::{
    finding::Severity,
    form,
    report::{Scope, read, to_json, to_text},
    syntax::{self, Format},
    text::Source,
};
use gongbao_test_support::{made::FOLDER, random::Random, time::within};

use crate::reading::files::*;

/// Replaces one value somewhere in the report.
fn disturb(value: &mut serde_json::Value, random: &mut Random) {
    let inner: Vec<&mut serde_json::Value> = match value {
        serde_json::Value::Object(map) => map.iter_mut().map(|(_, value)| value).collect(),
        serde_json::Value::Array(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    };
    let count = inner.len();
    if count > 0 && random.below(8) > 0 {
        let chosen = random.below(count);
        if let Some(inner) = inner.into_iter().nth(chosen) {
            return disturb(inner, random);
        }
    }
    let values = serde_json::json!([
        null, true, "", " ", "/", 0, "０", -1, 1.5, 1e15, "x", "１，２３４", [], [0], [[]], {}, { "value": 1 }, { "note": "注" },
        { "value": "/", "note": "注", "unit": "元" }, { "natural": 1 }, { "date": "2025-01-24" }, [0, 0, 0, 0, 0, 0], [null, 1],
        "{{applications.new}} {{ {{{{ }} {{disclosure.rules}}", "（一）甲\n1、 乙\u{e000}\t\u{200b} 5", "2025-01-24", 2024
    ]);
    *value = values[random.below(values.as_array().map_or(1, Vec::len))].clone();
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
fn any_value_is_read_or_reported_and_what_is_read_is_written_the_same() {
    let form = form::by_id("2021").expect("forms").expect("2021");
    let whole = report(toml(&(FORM_2021.to_owned() + OFFICE)));
    let whole: serde_json::Value = serde_json::from_str(&to_json(&whole, form, Scope::Office)).expect("JSON");
    let mut random = Random::new(7);
    let mut written = 0;
    for round in 0..3000 {
        let mut value = whole.clone();
        if round % 3 == 0 {
            value["blanks"] = "zero".into();
        }
        for _ in 0..=random.below(3) {
            disturb(&mut value, &mut random);
        }
        let text = value.to_string();
        let source = Arc::new(Source::new("report.json", text.as_str(), "UTF-8"));
        let root = syntax::parse(&source, Format::Json).expect("JSON");
        let Ok(reading) = read(&source, &root, Path::new(FOLDER)) else { continue };
        for finding in &reading.findings {
            assert!(
                !finding.text().is_empty() && !finding.place.is_empty() | finding.path.is_empty(),
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

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
fn a_text_of_a_megabyte_is_read_within_a_second() {
    let long = "2025 年，共收到 {{applications.new.total}} 件。".repeat(20_000);
    let text =
        changed(FORM_2021, &[("other = \"本年度没有收取信息处理费。\"", &format!("other = \"{long}\""))]);
    let source = Arc::new(syntax::open("report", text.as_bytes()).expect("opens"));
    let root = syntax::parse(&source, Format::Toml).expect("parses");
    let read = || read(&source, &root, Path::new("")).expect("a form");
    let (reading, _) = within(Duration::from_secs(1), "a megabyte", read);
    tells(&reading, &[]);
}
