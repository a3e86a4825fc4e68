//! Whole reports on both forms and in three formats.

use gongbao_core::{
    form,
    report::{Scope, to_json},
    syntax::Format,
};

use super::files::*;

#[test]
fn a_report_on_each_form_is_read_without_findings() {
    for text in [FORM_2021, FORM_2019] {
        let reading = toml(text);
        tells(&reading, &[]);
        let file = file(reading);
        let figures: usize = file.report.records(&file.form).iter().map(|record| record.figures.len()).sum();
        assert_eq!(file.report.figures.len(), figures, "every figure of the form is there");
    }
}

#[test]
fn the_head_is_read() {
    let report = report(toml(FORM_2021));
    assert_eq!(report.form.as_deref(), Some("2021"));
    assert_eq!(report.year, 2024);
    assert_eq!(report.title(), "淮安市人民政府\n2024年政府信息公开工作年度报告");
    assert_eq!(report.date.map(|date| date.to_string()).as_deref(), Some("2025-01-24"));
    assert_eq!(report.agency.name, "淮安市人民政府");
    assert_eq!(report.agency.kind.map(|kind| kind.key()), Some("government"));
    assert_eq!(report.agency.details["phone"], "0517-83605000");
    assert!(report.filing.is_none() && report.accepted.is_empty() && report.published.is_none());
    let report = self::report(toml(FORM_2019));
    assert_eq!(report.title(), "彭阳县机关事务服务中心2020年政府信息公开工作年度报告");
    assert_eq!((report.form, report.date), (None, None));
}

#[test]
fn json_and_yaml_give_the_same_report_as_toml() {
    let report = report(toml(FORM_2021));
    let form = form::by_id("2021").expect("forms").expect("2021");
    let json = to_json(&report, form, Scope::Office);
    // JSON is valid YAML 1.2.
    for format in [Format::Json, Format::Yaml] {
        let reading = read_as(&json, format);
        tells(&reading, &[]);
        assert_eq!(self::report(reading), report);
    }
}
