//! A report written as TOML, JSON or YAML and read again is the same report.

use gongbao_core::{
    finding::Severity,
    report::{Report, Scope, to_text},
    syntax::Format,
};
use gongbao_test_support::{PENGYANG, SHANGHAI};

use super::files::*;

#[test]
fn both_samples_are_the_same_in_all_formats() {
    for text in [SHANGHAI, PENGYANG] {
        let first = file(toml(text));
        let mut report: Report = first.report.clone();
        for format in [Format::Toml, Format::Yaml, Format::Json, Format::Toml] {
            let written = to_text(&report, &first.form, Scope::Office, format);
            let reading = read_as(&written, format);
            let errors = reading.findings.iter().filter(|finding| finding.severity == Severity::Error);
            assert_eq!(errors.count(), 0, "{written}");
            report = self::report(reading);
            assert_eq!(report, first.report, "{written}");
        }
    }
}

#[test]
fn toml_has_a_row_per_line_with_labels_and_aligned_figures() {
    let file = file(toml(&(FORM_2021.to_owned() + OFFICE)));
    let text = to_text(&file.report, &file.form, Scope::Office, Format::Toml);
    let (head, rest) = text.split_once("\n[").expect("sections");
    for key in ["form", "year", "title", "date", "published", "preface", "overview", "problems", "other"] {
        assert!(head.lines().any(|line| line.starts_with(&format!("{key} = "))), "{key}: {head}");
    }
    assert!(head.contains("\ndate = 2025-01-24\n"), "{head}");
    assert!(head.contains("published = { date = 2025-01-26, digest = \"sha256:"), "{head}");
    assert!(head.contains("\n# 一、总体情况\noverview = \"\"\"\n（一）主动公开方面\n全年"), "{head}");
    let sections: Vec<&str> =
        rest.lines().filter(|line| line.ends_with(']') && !line.contains(" = ")).collect();
    assert_eq!(
        sections,
        [
            "agency]",
            "[filing]",
            "[[accepted]]",
            "[[accepted]]",
            "[disclosure]",
            "[[disclosure.extra]]",
            "[applications]",
            "[appeals]",
            "[[corrections]]",
            "]"
        ]
    );
    // Rows are in the order of the form, with its labels as comments and aligned figures.
    let row = |key: &str| {
        let line = text.lines().find(|line| line.split(' ').next() == Some(key)).expect(key);
        (line.find('[').expect("figures"), line)
    };
    let (column, new) = row("new");
    assert!(new.contains("= [1259, 36, 0, 0, 0, 0, 1295]"), "{new}");
    assert!(new.ends_with("# 一、本年新收政府信息公开申请数量"), "{new}");
    let (other, carried_out) = row("carried_out");
    assert_eq!(column, other);
    assert!(carried_out.contains("= [ 290,  3, 0, 0, 0, 0]"), "{carried_out}");
    assert!(text.find("\nhandled.granted ").expect("granted") < text.find("\ncarried_out ").expect("last"));
    assert!(text.contains("# 本年制发件数、本年废止件数、现行有效件数\nrules "), "{text}");
}

#[test]
fn missing_figures_are_written_as_comments_and_stay_missing() {
    let text = changed(
        FORM_2021,
        &[
            ("licences = 2.2e1\n", ""),
            ("new = [1259, 36, 0, 0, 0, 0, 1295]", "new = { natural = 5, other = 1 }"),
        ],
    );
    let first = toml(&text);
    let told_first = told(&first).into_iter().map(|(what, _)| what).collect::<Vec<_>>();
    let first = file(first);
    for format in [Format::Toml, Format::Yaml] {
        let written = to_text(&first.report, &first.form, Scope::Office, format);
        let again = read_as(&written, format);
        assert_eq!(
            told(&again).into_iter().map(|(what, _)| what).collect::<Vec<_>>(),
            told_first,
            "{written}"
        );
        assert_eq!(report(again), first.report);
        let offered =
            written.lines().find(|line| line.trim_start().starts_with("licences")).expect("offered");
        assert!(offered.contains("[]") && offered.ends_with("# 行政许可"), "{offered}");
    }
}

#[test]
fn yaml_writes_texts_as_blocks() {
    let file = file(toml(&(FORM_2021.to_owned() + OFFICE)));
    let text = to_text(&file.report, &file.form, Scope::Office, Format::Yaml);
    assert!(text.contains("\n# 一、总体情况\noverview: |\n  （一）主动公开方面\n  全年"), "{text}");
    assert!(
        text.contains("\n  # 本年制发件数、本年废止件数、现行有效件数\n  rules: [{ value: 22, note: "),
        "{text}"
    );
    assert!(text.contains("\n  handled:\n    granted: [201, 5, 0, 0, 0, 0]"), "{text}");
    assert!(
        text.contains("\n      - { path: \"applications.new.total\", old: 3119, new: 3120 }\n"),
        "{text}"
    );
}
