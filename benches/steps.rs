//! Measures each step of one report: `cargo bench --bench steps`.
//!
//! `benches/compare.py` takes the warm rebuild from it; the other steps show the cause of a change.

#![allow(missing_docs, clippy::expect_used, reason = "a bench stops if its inputs are not as expected")]

use std::{hint::black_box, path::Path};

use criterion::{Criterion, criterion_group, criterion_main};
use gongbao::{
    output,
    typeset::compose,
    typeset::{
        fonts::FontSet,
        world::{Copy, Template, compile},
    },
};
use gongbao_core::{
    check::CheckContext,
    report::{self, ReportFile, Scope},
};
use gongbao_formats::load::{load, load_and_check};

const SAMPLE: &str = include_str!("../data/reports/pengyang-jgsw-2020.toml");
const FIGURE: &str = "normative_documents = [0, 0, 0]";

fn report(text: &str) -> ReportFile {
    load("report.toml", Ok(text.as_bytes().to_vec()), Path::new(""), false)
        .file
        .expect("the sample is a report")
}

fn fonts() -> FontSet {
    FontSet::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts"), &[])
        .expect("the fonts of the repository")
}

/// Returns the sample with another figure for each number.
fn changed(number: usize) -> String {
    let figure = format!("normative_documents = [{number}, {number}, {number}]");
    assert!(SAMPLE.contains(FIGURE), "the sample has the figure that is changed");
    SAMPLE.replace(FIGURE, &figure)
}

/// Reads, checks and typesets a report with its attachment, as `build --only web` does.
fn rebuilt(text: &str, fonts: &FontSet, template: &Template) -> usize {
    let checked = load_and_check(
        "report.toml",
        Ok(text.as_bytes().to_vec()),
        Path::new(""),
        false,
        CheckContext::new(fonts, load),
    );
    let file = checked.file.expect("the sample is a report");
    let composed = compose(&file, fonts).expect("a built-in form");
    let data = serde_json::to_string_pretty(&composed.document).expect("plain data");
    let attachment = report::to_json(&file.report, &file.form, Scope::Public);
    output::web(template, fonts, &data, Some(&attachment)).expect("pages").bytes.len()
}

fn steps(c: &mut Criterion) {
    let fonts = fonts();
    let template = Template::embedded().expect("the template of the program");
    let file = report(SAMPLE);
    let composed = compose(&file, &fonts).expect("a built-in form");
    let data = serde_json::to_string_pretty(&composed.document).expect("plain data");
    c.bench_function("fonts", |b| b.iter(self::fonts));
    c.bench_function("read", |b| b.iter(|| report(black_box(SAMPLE))));
    c.bench_function("read and check", |b| {
        b.iter(|| {
            let bytes = Ok(SAMPLE.as_bytes().to_vec());
            load_and_check("report.toml", bytes, Path::new(""), false, CheckContext::new(&fonts, load))
        });
    });
    c.bench_function("grid", |b| b.iter(|| compose(&file, &fonts)));
    c.bench_function("compile cold", |b| {
        b.iter(|| {
            typst::comemo::evict(0);
            compile(&template, &fonts, data.clone(), &Copy::default()).expect("pages")
        });
    });
    c.bench_function("export the same again", |b| {
        b.iter(|| output::web(&template, &fonts, &data, None).expect("pages"));
    });
    let mut number = 0;
    c.bench_function("rebuild after one figure", |b| {
        b.iter(|| {
            number += 1;
            let size = rebuilt(&changed(number % 1000), &fonts, &template);
            typst::comemo::evict(2);
            size
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(30);
    targets = steps
}
criterion_main!(benches);
