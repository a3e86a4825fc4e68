//! A county of fifty bodies with every kind of fault.

use std::{collections::BTreeMap, sync::OnceLock};

use gongbao_test_support::Run;
use serde_json::Value;

use super::county::{County, cut_off, of_year, published, report, with_paragraph, without_row, wrong_sum};

/// The bodies of the roster, in its order.
pub(crate) fn names() -> Vec<String> {
    (1..=50).map(|number| format!("涟水县第{number}局")).collect()
}

/// A paragraph of body 14 that body 15 copied.
const PARAGRAPH: &str = "本局把办事指南逐项摆到群众面前试用，请来三家企业和社区里的老人当场提意见，改掉了看不懂的术语、\
    重复提交的材料和找不到入口的链接，改完的指南重新上墙、上网，窗口人员照着新指南练了两轮，才算放心。";

/// The county: fifty on the roster, numbers 1–5 with faults, 6 silent, 7 under another name, 8–10 published,
/// 11 twice, 12 with last year's report alone, 13 with last year's beside this year's (and figures that do not
/// follow from it), 14 and 15 with a paragraph that one took from the other, the others in order.
pub(crate) fn county() -> County {
    let county = County::new();
    let mut roster = "year = 2025\n".to_owned();
    for (number, name) in (1..).zip(names()) {
        roster += &format!("[[agency]]\nname = \"{name}\"\nphone = \"0517-{number}\"\n");
        if number == 4 {
            roster += "file = \"四局\"\n";
        }
        let good = report(&name, number);
        let last_year = || of_year(&good, 2024);
        let file = format!("报告/{number:02}.toml");
        match number {
            1 => county.file(&file, wrong_sum(&good)),
            2 => county.file(&file, without_row(&good)),
            3 => county.file(&file, cut_off(&good)),
            4 => county.file("报告/乡镇/四局.yaml", "agency: [\n"),
            5 => county.file(&file, wrong_sum(&without_row(&published(&good, "2026-01-05")))),
            6 => {}
            7 => county.file(&file, good.replace(&name, "第7局")),
            8..=10 => county.file(&file, published(&good, &format!("2026-01-{number:02}"))),
            11 => {
                county.file(&file, &good);
                county.file("报告/11-改.toml", good.replace(&name, "涟水县 第11局"));
            }
            12 => county.file(&file, last_year()),
            13 => {
                county.file(&file, &good);
                county.file("报告/2024/13.toml", last_year());
            }
            14 => county.file(&file, with_paragraph(&good, &PARAGRAPH.replace("本局", &name))),
            15 => county.file(&file, with_paragraph(&good, &PARAGRAPH.replace("三家", "五家"))),
            _ => county.file(&file, good),
        }
    }
    county.file("报告/外县.toml", report("灌南县水务站", 60));
    county.file("报告/坏.toml", b"\x89PNG\r\n\x1a\n");
    county.file("报告/说明.toml", "text = 1\n");
    county.file("名册.toml", roster);
    county
}

/// Runs `status --json` on the county once.
fn told() -> &'static (Run, Value) {
    static TOLD: OnceLock<(Run, Value)> = OnceLock::new();
    TOLD.get_or_init(|| {
        let run = county().run(["报告", "--roster", "名册.toml", "--json"]);
        let json = run.json();
        (run, json)
    })
}

/// Returns the entry of a body.
fn body(name: &str) -> &'static Value {
    let all = told().1["agencies"].as_array().expect("agencies");
    all.iter().find(|body| body["name"] == name).unwrap_or_else(|| panic!("{name}"))
}

/// Returns a body's state, and rule and path of its findings that are errors or concern the submission.
fn state(name: &str) -> (&'static str, Vec<(&'static str, &'static str)>) {
    let body = body(name);
    let findings = body["findings"].as_array().expect("findings");
    let text = |value: &'static Value| value.as_str().expect("a text");
    let counts = findings.iter().filter(|finding| {
        finding["severity"] == "error" || ["roster", "member"].contains(&text(&finding["rule"]))
    });
    let reasons = counts.map(|finding| (text(&finding["rule"]), text(&finding["path"])));
    (text(&body["state"]), reasons.collect())
}

#[test]
fn each_state_is_counted() {
    let (run, json) = told();
    let counts: BTreeMap<&str, u64> = json
        .as_object()
        .expect("an object")
        .iter()
        .filter_map(|(key, value)| Some((key.as_str(), value.as_u64()?)))
        .collect();
    let expected = [
        ("year", 2025),
        ("expected", 50),
        ("handed_in", 48),
        ("returned", 7),
        ("passed", 38),
        ("published", 3),
        ("missing", 2),
        ("unlisted", 2),
        ("unreadable", 1),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
    assert_eq!(json["other_years"], serde_json::json!(["报告/2024/13.toml"]));
    assert_eq!(json["agencies"].as_array().map(Vec::len), Some(53));
    // An unreadable file is a fault, whatever else was submitted.
    assert_eq!(run.code, 2);
    assert_eq!(run.stderr, "略过“报告/说明.toml”：开头没有 year，不是报告\n");
}

#[test]
fn faults_send_a_report_back() {
    let wrong_sum = ("S4", "appeals.litigation.direct.total");
    let no_row = ("missing", "disclosure.penalties");
    assert_eq!(state("涟水县第1局"), ("returned", vec![wrong_sum]));
    assert_eq!(state("涟水县第2局"), ("returned", vec![no_row]));
    // A report with errors does not count as published.
    let uncorrected = ("uncorrected", "published.digest");
    assert_eq!(state("涟水县第5局"), ("returned", vec![no_row, uncorrected, wrong_sum]));
    assert_eq!(body("涟水县第5局")["errors"], 3);
}

#[test]
fn an_unreadable_file_is_attributed_to_its_body() {
    // The body is known by the name in the readable part, or by the file name in the roster.
    assert_eq!(state("涟水县第3局"), ("returned", vec![("unreadable", "")]));
    assert_eq!(state("涟水县第4局").0, "returned");
    assert_eq!(body("涟水县第4局")["file"], "报告/乡镇/四局.yaml");
    let all = told().1["agencies"].as_array().expect("agencies");
    let nobodys: Vec<&Value> = all.iter().filter(|body| body["state"] == "unreadable").collect();
    assert_eq!(nobodys.len(), 1);
    assert_eq!(nobodys[0]["name"], Value::Null);
    assert_eq!(nobodys[0]["file"], "报告/坏.toml");
    assert_eq!(nobodys[0]["findings"][0]["rule"], "unreadable");
}

#[test]
fn bodies_without_a_report_are_listed_and_similar_names_suggested() {
    assert_eq!(state("涟水县第6局"), ("missing", vec![("roster", "")]));
    assert_eq!(state("涟水县第7局"), ("missing", vec![("roster", "")]));
    assert_eq!(body("涟水县第7局")["findings"][0]["file"], "名册.toml");
    assert_eq!(state("第7局"), ("unlisted", vec![("roster", "agency.name")]));
    let near = "名册里是“涟水县第7局”，报告里是“第7局”，是不是同一单位？";
    assert_eq!(body("第7局")["findings"][0]["message"], near);
    assert_eq!(state("灌南县水务站"), ("unlisted", vec![("roster", "agency.name")]));
    assert_eq!(body("灌南县水务站")["findings"][0]["message"], "名册里没有“灌南县水务站”");
}

#[test]
fn two_reports_of_one_body_and_reports_of_other_years_are_listed() {
    assert_eq!(state("涟水县第11局"), ("returned", vec![("roster", "agency.name")]));
    let twice = "“涟水县第11局”报了2份：11-改.toml、11.toml";
    assert_eq!(body("涟水县第11局")["findings"][0]["message"], twice);
    assert_eq!(state("涟水县第12局"), ("returned", vec![("member", "year")]));
    assert_eq!(state("涟水县第13局"), ("passed", vec![]));
}

#[test]
fn the_others_passed_or_are_published() {
    for number in 14..=50 {
        assert_eq!(state(&format!("涟水县第{number}局")), ("passed", vec![]), "{number}");
    }
    for number in 8..=10 {
        let name = format!("涟水县第{number}局");
        assert_eq!(state(&name), ("published", vec![]));
        assert_eq!(body(&name)["published"], format!("2026-01-{number:02}"));
        // The kind in the roster takes precedence over that in the report.
        assert_eq!(body(&name)["phone"], format!("0517-{number}"));
    }
}

#[test]
fn bodies_with_the_same_paragraph_are_named_in_each_others_findings() {
    let copied = |number: usize| {
        let body = body(&format!("涟水县第{number}局"));
        let findings = body["findings"].as_array().expect("findings").iter();
        let copied = findings.filter(|finding| finding["rule"] == "copied");
        copied.map(|finding| finding["message"].to_string()).collect::<Vec<_>>()
    };
    for (one, other) in [(14, 15), (15, 14)] {
        let told = copied(one);
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(told[0].contains(&format!("涟水县第{other}局")), "{told:#?}");
    }
    for number in (7..=50).filter(|number| ![14, 15].contains(number) && *number != 7) {
        assert!(copied(number).is_empty(), "涟水县第{number}局");
    }
}
