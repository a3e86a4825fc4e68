//! A report written as a workbook and read again is the same report.

use std::{path::Path, sync::Arc};

use gongbao_core::{
    report::{Reading, ReportFile, read, to_outline},
    syntax::{self, Format},
};
use gongbao_formats::workbook::{self, Opened};
use gongbao_test_support::{
    SAMPLES,
    made::{FOLDER, FORM_2019, FORM_2021, OWN},
    sample,
};

/// The parts of a report file that are not public.
const OFFICE: &str = r#"
[filing]
recipient = "县政务公开办"
roles = ["单位负责人", "填报人"]
phone = "0000-1234567"
seal = false

[[accepted]]
rule = "S6"
path = "disclosure.rules.in_force"
reason = "本年清理后重新统计"

[[accepted]]
rule = "blank"
reason = "上级要求"
by = "张三"

[published]
date = 2025-01-26
digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

[[corrections]]
date = 2025-03-02
reason = "统计口径有误"
changes = [
  { path = "applications.new.total", old = 3119, new = 3120 },
  { path = "applications.new.natural", old = "3119", new = "" },
  { path = "overview[2]", old = "甲 乙", new = "{{applications.new.total}}件", redact = true },
  { path = "disclosure.rules.issued", old = { value = 22, note = "注" }, new = "999999999999.999999" },
]

[[corrections]]
date = 2025-04-01
reason = "没有改动"
changes = []
"#;

fn from_toml(text: &str) -> ReportFile {
    let source = Arc::new(syntax::open("report.toml", text.as_bytes()).expect("opens"));
    let root = syntax::parse(&source, Format::Toml).expect("parses");
    read(&source, &root, Path::new(FOLDER)).expect("a known form").file.expect("a report")
}

fn through_the_workbook(file: &ReportFile) -> Reading {
    let bytes = workbook::write(&file.report, &file.form).expect("a workbook");
    match workbook::read("report.xlsx", &bytes, Path::new(FOLDER)) {
        Opened::Report(reading) => *reading,
        other => panic!("{other:#?}"),
    }
}

fn assert_kept(text: &str) {
    let file = from_toml(text);
    let reading = through_the_workbook(&file);
    let again = reading.file.expect("a report").report;
    // Figures first: their path says where a difference is.
    for (path, cell) in &file.report.figures {
        assert_eq!(again.figures.get(path), Some(cell), "{path}");
    }
    assert_eq!(again, file.report);
}

#[test]
fn both_forms_with_all_sections_are_kept() {
    assert_kept(FORM_2021);
    assert_kept(FORM_2019);
    assert_kept(&(FORM_2021.to_owned() + OFFICE));
}

#[test]
fn the_samples_are_kept() {
    for stem in SAMPLES {
        assert_kept(&std::fs::read_to_string(sample(&format!("{stem}.toml"))).expect("sample"));
    }
}

#[test]
fn missing_and_wrong_figures_are_kept() {
    let text = FORM_2021
        .replacen("new = [1259, 36, 0, 0, 0, 0, 1295]", "new = [1259, 36, 0, 0, 0, 0, 1300]", 1)
        .replacen("penalties = [0]\n", "", 1)
        .replacen("granted = [201, 5, 0, 0, 0, 0]\n", "granted = { natural = 201, legal = 3 }\n", 1);
    assert!(text != FORM_2021);
    assert_kept(&text);
}

#[test]
fn texts_and_figures_at_the_limits_of_cells_are_kept() {
    let long = "长".repeat(40_000);
    let text = FORM_2021
        .replacen("fees = 27.948692", "fees = \"123456789012.123456\"", 1)
        .replacen("name = \"淮安市人民政府\"", "name = \"=HYPERLINK(1)\"\npostcode = \"012345\"", 1)
        .replacen(
            "（二）依申请公开方面。",
            &format!("_x0041_ <b>&amp; 't' \u{20000}。\n{long}\n（二）依申请公开方面。"),
            1,
        );
    assert_kept(&text);
    // Two extra rows with the same label, a note on a total, a year that the form is not for.
    let text = FORM_2021.replacen(
        "[[disclosure.extra]]",
        "[[disclosure.extra]]\nafter = \"normative_documents\"\nlabel = \"其他主动公开文件\"\nfigures = [1, \"/\", { value = 3, note = \"重名\" }]\n\n[[disclosure.extra]]\nafter = \"fees\"\nlabel = \"其他收费\"\nfigures = [1.5]\n\n[[disclosure.extra]]",
        1,
    );
    assert_kept(&text);
    assert_kept(&FORM_2021.replacen(
        "new = [1259, 36, 0, 0, 0, 0, 1295]",
        "new = [1259, 36, 0, 0, 0, 0, { value = 1295, note = \"含网上申请\" }]",
        1,
    ));
    assert_kept(&FORM_2021.replacen("form = \"2021\"\nyear = 2024", "form = \"2021\"\nyear = 2020", 1));
    assert_kept(&FORM_2021.replacen("date = 2025-01-24", "blanks = \"zero\"\ndate = 1025-01-24", 1));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let file = from_toml(&(FORM_2021.to_owned() + OFFICE));
    let write = || workbook::write(&file.report, &file.form).expect("a workbook");
    let first = write();
    // Times in a ZIP file have a resolution of two seconds.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert!(first == write());
}

#[test]
fn a_form_of_the_users_own_is_kept() {
    assert_kept(OWN);
}

#[test]
fn a_text_file_to_be_filled_in_reads_as_the_same_report() {
    for text in [FORM_2021, FORM_2019, OWN] {
        let file = from_toml(text);
        for format in [Format::Toml, Format::Json, Format::Yaml] {
            let written = to_outline(&file.report, &file.form, format);
            let source = Arc::new(syntax::open("report", written.as_bytes()).expect("opens"));
            let root = syntax::parse(&source, format).unwrap_or_else(|error| panic!("{error:#?}\n{written}"));
            let reading = read(&source, &root, Path::new(FOLDER)).expect("a known form");
            assert_eq!(reading.file.expect("a report").report, file.report, "{written}");
        }
    }
}
