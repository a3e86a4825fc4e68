//! Placeholders in texts, which stand for figures.

use gongbao_core::report::{self};

use super::files::*;

fn expanded(text: &str) -> (String, Vec<String>) {
    let file = file(toml(FORM_2021));
    let expansion = report::expand(&file.report, &file.form, text);
    (expansion.text, expansion.problems.into_iter().map(|problem| text[problem.range].to_owned()).collect())
}

#[test]
fn a_placeholder_is_replaced_by_its_figure() {
    for (text, expected) in [
        ("收到{{applications.new.total}}件", "收到1295件"),
        ("{{ applications . new . total }}", "1295"),
        ("{{applications.new}}", "1295"),
        ("{{applications.handled.refused}}", "20"),
        ("{{applications.handled.unavailable}}和{{applications.handled.not_processed}}", "564和80"),
        ("{{applications.handled.other}}", "319"),
        ("{{applications.handled}}={{applications.handled.total}}", "1191=1191"),
        ("{{appeals.litigation}}、{{appeals.review}}", "34、55"),
        ("{{disclosure.rules.issued}}", "22"),
        ("{{disclosure.licences}}{{disclosure.fees}}", "2227.948692"),
        ("{{disclosure.extra[1].in_force}}", "84"),
        ("{{{{a}} {{{{{{disclosure.penalties}}", "{{a}} {{0"),
    ] {
        assert_eq!(expanded(text), (expected.to_owned(), vec![]), "{text}");
    }
}

#[test]
fn a_placeholder_without_a_figure_is_an_error() {
    for text in [
        "{{applications.new.totl}}",
        "{{disclosure.rules}}",
        "{{disclosure.compulsory_measures}}",
        "{{disclosure}}",
        "{{applications}}",
        "{{}}",
        "{{{a}}",
    ] {
        assert_eq!(expanded(text), (text.to_owned(), vec![text.to_owned()]), "{text}");
    }
    assert_eq!(expanded("{{未完 {{applications.new}}"), ("{{未完 1295".into(), vec!["{{".into()]));
    assert_eq!(expanded("{{"), ("{{".into(), vec!["{{".into()]));

    let reading = with(&[
        ("{{applications.new.total}}", "{{aplications.new.total}}"),
        ("没有收取", "没有{{收取"),
        ("22 件", "{{disclosure.compulsory_measures}} 件"),
    ]);
    tells(
        &reading,
        &[
            ("placeholder overview[2]", "{{disclosure.compulsory_measures}}"),
            ("placeholder overview[3]", "{{aplications.new.total}}"),
            ("placeholder other[1]", "{{"),
        ],
    );
    assert_eq!(hint(&reading.findings[1]), "是不是“applications.new.total”？");
}
