//! The head of a report file: form, year, agency, texts, unknown keys.

use std::{path::Path, sync::Arc};

use gongbao_core::{
    finding::Severity,
    report::{Scope, TextScope, read, to_text},
    syntax::{self, Format},
    text::Source,
};
use gongbao_test_support::made::FOLDER;

use super::files::*;

#[test]
fn form_follows_from_the_year() {
    assert_eq!(file(with(&[("form = \"2021\"\n", "")])).form.id, "2021");
    assert_eq!(file(toml(FORM_2019)).form.id, "2019");
    let reading = with(&[("form = \"2021\"\n", ""), ("year = 2024", "year = 2018")]);
    tells(&reading, &[("missing form", "2018")]);
    assert!(reading.file.is_none());
}

#[test]
fn an_unknown_or_invalid_form_ends_reading() {
    let read_form = |form: &str| {
        let text = changed(FORM_2021, &[("form = \"2021\"", &format!("form = \"{form}\""))]);
        let source = Arc::new(Source::new("report.toml", text, "UTF-8"));
        let root = syntax::parse(&source, Format::Toml).expect("parses");
        read(&source, &root, Path::new(FOLDER)).err().map(|error| error.to_string())
    };
    assert!(read_form("2022").expect("unknown").contains("2019、2021"));
    assert!(read_form("nowhere.toml").is_some());
    assert!(read_form("form-2019.toml").is_some());
    assert!(read_form("own-form.toml").is_none());
}

#[test]
fn a_form_that_does_not_fit_the_year_is_reported() {
    let on_2019 = |year: &str, more: &str| {
        toml(&changed(FORM_2019, &[("year = 2020", &format!("form = \"2019\"\nyear = {year}{more}"))]))
    };
    let published = format!("\npublished = {{ date = 2024-01-20, digest = \"sha256:{}\" }}", "0".repeat(64));
    for (year, more, severity) in [
        ("2021", "", Severity::Error),
        ("2023", published.as_str(), Severity::Warning),
        ("2018", "", Severity::Warning),
    ] {
        let reading = on_2019(year, more);
        tells(&reading, &[("form-year form", "\"2019\"")]);
        assert_eq!(only(&reading).severity, severity, "{year}");
    }
    let reading = with(&[("year = 2024", "year = 2020")]);
    tells(&reading, &[("form-year form", "\"2021\"")]);
    assert_eq!(only(&reading).severity, Severity::Warning);
    assert!(hint(only(&reading)).contains("form = \"2019\""));
}

#[test]
fn scopes_name_paragraphs_of_the_report() {
    let scopes = |value: &str| with(&[("year = 2024", &format!("year = 2024\nscopes = {value}"))]);
    let reading = scopes("{ \"overview[1]\" = \"office\", \"other[1]\" = \"whole\" }");
    tells(&reading, &[]);
    let file = file(reading);
    let given: Vec<_> = file.report.scopes.iter().map(|(path, scope)| (path.as_str(), *scope)).collect();
    assert_eq!(given, [("other[1]", TextScope::Whole), ("overview[1]", TextScope::Office)]);
    // It stays in the office, in every notation.
    for format in [Format::Toml, Format::Json, Format::Yaml] {
        let text = to_text(&file.report, &file.form, Scope::Office, format);
        assert_eq!(report(read_as(&text, format)), file.report, "{text}");
        assert!(!to_text(&file.report, &file.form, Scope::Public, format).contains("scopes"));
    }
    tells(
        &scopes("{ \"overview[99]\" = \"office\" }"),
        &[("unknown-key scopes.overview[99]", "\"overview[99]\"")],
    );
    tells(&scopes("{ \"overview[1]\" = \"ours\" }"), &[("shape scopes.overview[1]", "\"ours\"")]);
    tells(&scopes("\"office\""), &[("shape scopes", "\"office\"")]);
}

#[test]
fn wrong_values_in_the_head_are_reported() {
    let reading = with(&[
        ("year = 2024", "year = \"2024\""),
        ("date = 2025-01-24", "date = \"2025年1月24日\"\nblanks = \"none\""),
        ("kind = \"government\"", "kind = \"city\""),
        ("phone = \"0517-83605000\"", "phone = 83605000"),
        ("title = \"淮安市人民政府\\n2024年政府信息公开工作年度报告\"", "title = 1"),
        ("name = \"淮安市人民政府\"", "name = \" \""),
    ]);
    tells(
        &reading,
        &[
            ("shape year", "\"2024\""),
            ("shape title", "1"),
            ("shape date", "\"2025年1月24日\""),
            ("shape blanks", "\"none\""),
            ("missing agency.name", "\" \""),
            ("shape agency.kind", "\"city\""),
            ("shape agency.phone", "83605000"),
        ],
    );
    assert!(reading.findings.iter().all(|finding| finding.place.to_string().starts_with("报告头 › ")));
    for year in ["20", "20244", "2024.5", "-2024", "1999", "true", "[2024]"] {
        let reading = with(&[("year = 2024", &format!("year = {year}"))]);
        assert_eq!(told(&reading)[0].0, "shape year", "{year}");
    }
    for date in ["2025-1-24", "2025-02-30", "2025-01-24T08:00:00", "20250124"] {
        let written = if date.contains('T') { date.to_owned() } else { format!("\"{date}\"") };
        let reading = with(&[("date = 2025-01-24", &format!("date = {written}"))]);
        tells(&reading, &[("shape date", &written)]);
    }
    tells(&with(&[("date = 2025-01-24", "date = \"2025-01-24\"")]), &[]);
}

#[test]
fn a_form_given_as_a_number_is_reported_and_used() {
    let reading = with(&[("form = \"2021\"", "form = 2021")]);
    tells(&reading, &[("shape form", "2021")]);
    assert_eq!(file(reading).form.id, "2021");
}

#[test]
fn missing_required_keys_are_reported() {
    let reading = toml("form = \"2021\"\n");
    let told: Vec<String> = told(&reading).into_iter().map(|(what, _)| what).collect();
    assert_eq!(
        told,
        [
            "missing year",
            "missing agency",
            "missing overview",
            "missing problems",
            "missing other",
            "missing disclosure",
            "missing applications",
            "missing appeals"
        ]
    );
    assert!(reading.file.is_none());
    assert!(reading.findings.iter().all(|finding| finding.file == "report"));
}

#[test]
fn the_texts_of_the_chapters_must_not_be_empty() {
    let reading = with(&[
        ("other = \"本年度没有收取信息处理费。\"", "other = \" \\n\u{3000}\""),
        ("problems = \"\"\"", "preface2 = \"\"\""),
    ]);
    tells(
        &reading,
        &[
            ("unknown-key preface2", "preface2"),
            ("missing other", "\" \\n\u{3000}\""),
            ("missing problems", ""),
        ],
    );
    assert_eq!(reading.findings[1].place.to_string(), "六、其他需要报告的事项");
    assert!(
        with(&[("other = \"", "other = 5 # \"")])
            .findings
            .iter()
            .any(|f| f.rule.code() == "shape" && f.path == "other")
    );
    // The preface may be left out or be empty.
    tells(
        &with(&[("preface = \"本年度报告根据《中华人民共和国政府信息公开条例》编制。\"", "preface = \"\"")]),
        &[],
    );
}

#[test]
fn unknown_keys_are_errors_everywhere_with_the_nearest_known_key() {
    let reading = with(&[
        ("year = 2024", "yaer = 2024\nyear = 2024"),
        ("kind = \"government\"", "adress = \"x\""),
        ("licences = 2.2e1", "licenses = 5\nlicences = 2.2e1"),
        ("issued = 34", "isued = 3, issued = 34"),
        ("law_forbids = 0", "law_forbids = 0\nsubtotal = 0"),
        ("note = \"其中修订16件\"", "note = \"其中修订16件\", colour = 1"),
        ("figures = [84, 0, 84]", "figures = [84, 0, 84]\nplace = 1"),
    ]);
    tells(
        &reading,
        &[
            ("unknown-key yaer", "yaer"),
            ("unknown-key agency.adress", "adress"),
            ("unknown-key disclosure.rules.issued.colour", "colour"),
            ("unknown-key disclosure.normative_documents.isued", "isued"),
            ("unknown-key disclosure.licenses", "licenses"),
            ("unknown-key disclosure.extra[1].place", "place"),
            ("unknown-key applications.handled.refused.subtotal", "subtotal"),
        ],
    );
    for (index, near) in [(0, "year"), (1, "address"), (3, "issued"), (4, "licences")] {
        assert_eq!(hint(&reading.findings[index]), format!("是不是“{near}”？"));
    }
    assert_eq!(
        reading.findings[6].place.to_string(),
        "表三 › 三、本年度办理结果 › （三）不予公开 › subtotal"
    );
}

#[test]
fn a_key_of_the_head_inside_a_table_gets_its_own_hint_in_toml() {
    let reading = with(&[
        ("date = 2025-01-24\n", ""),
        ("other = \"本年度没有收取信息处理费。\"\n", ""),
        ("kind = \"government\"", "date = 2025-01-24\nother = \"本年度没有收取信息处理费。\""),
    ]);
    // A key in the wrong table is not reported as missing as well.
    tells(&reading, &[("unknown-key agency.date", "date"), ("unknown-key agency.other", "other")]);
    assert!(reading.findings.iter().all(|finding| hint(finding).contains("第一个“[”之前")));
    // `other` is also a row of 表三.
    let reading = with(&[("law_forbids = 0", "law_forbids = 0\nother = 0")]);
    assert!(!hint(only(&reading)).contains("第一个"));
    let reading = read_as(r#"{"year": 2024, "agency": {"name": "甲", "date": "2025-01-24"}}"#, Format::Json);
    let finding = reading.findings.iter().find(|f| f.rule.code() == "unknown-key").expect("told");
    assert!(!hint(finding).contains("第一个"));
}
