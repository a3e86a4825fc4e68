//! `gongbao rollup`: one consolidated report of fifty.

use std::collections::BTreeMap;

use gongbao_test_support::Run;
use serde_json::Value;

use super::county::{County, of_year, report, wrong_sum};

const NAME: &str = "涟水县人民政府";

/// Fifty bodies with different figures, and their roster.
fn county() -> County {
    let county = County::new();
    let mut roster = "year = 2025\n".to_owned();
    for number in 1..=50 {
        let name = format!("涟水县第{number}局");
        roster += &format!("[[agency]]\nname = \"{name}\"\n");
        county.file(&format!("报告/{number:02}.toml"), report(&name, number));
    }
    county.file("名册.toml", roster);
    county
}

fn rollup(county: &County, more: &[&str]) -> Run {
    let arguments = ["rollup", "报告", "--agency", NAME, "--roster", "名册.toml"];
    county.run_any(&arguments.into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
}

/// The rows of figures of a report file in JSON, by path; each an array.
fn rows(value: &Value, path: &str, rows: &mut BTreeMap<String, Vec<i64>>) {
    match value {
        Value::Object(map) if map.contains_key("value") => rows_of(std::slice::from_ref(value), path, rows),
        Value::Object(map) => {
            for (key, value) in map.iter().filter(|(key, _)| *key != "note" && *key != "extra") {
                self::rows(value, &format!("{path}.{key}"), rows);
            }
        }
        Value::Array(cells) => rows_of(cells, path, rows),
        cell => rows_of(std::slice::from_ref(cell), path, rows),
    }
}

fn rows_of(cells: &[Value], path: &str, rows: &mut BTreeMap<String, Vec<i64>>) {
    let number = |cell: &Value| cell.get("value").unwrap_or(cell).as_i64().unwrap_or_default();
    rows.insert(path.to_owned(), cells.iter().map(number).collect());
}

/// Returns all rows of a report, read by an independent program.
fn figures(county: &County, file: &str) -> BTreeMap<String, Vec<i64>> {
    let value: Value = if file.ends_with(".json") {
        serde_json::from_str(&county.text(file)).expect("JSON")
    } else {
        let value: toml::Value = toml::from_str(&county.text(file)).expect("TOML");
        serde_json::to_value(value).expect("JSON")
    };
    let mut found = BTreeMap::new();
    for section in ["disclosure", "applications", "appeals"] {
        rows(&value[section], section, &mut found);
    }
    found
}

#[test]
fn fifty_reports_are_added_up_cell_by_cell() {
    let county = county();
    let run = rollup(&county, &["-o", "汇总.json"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let mut sums: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for number in 1..=50 {
        for (path, cells) in figures(&county, &format!("报告/{number:02}.toml")) {
            let sum = sums.entry(path).or_insert_with(|| vec![0; cells.len()]);
            sum.iter_mut().zip(&cells).for_each(|(sum, cell)| *sum += cell);
        }
    }
    let consolidated = figures(&county, "汇总.json");
    for (path, cells) in &sums {
        // Totals are left out, the other cells are there.
        match consolidated.get(path) {
            Some(sum) => assert_eq!(sum[..], cells[..sum.len()], "{path}"),
            None => assert_eq!(path, "applications.handled.total"),
        }
    }
    // Reading computes the totals, and the checks hold.
    let checked = county.run_any(&["check", "汇总.json", "--json"]);
    for finding in checked.json().as_array().expect("findings") {
        let rule = finding["rule"].as_str().expect("a rule");
        assert!(!rule.starts_with('S') && !["stale", "placeholder"].contains(&rule), "{finding}");
    }
    // Notes are kept with the names of their bodies.
    assert!(county.text("汇总.json").contains("涟水县第1局：“行政规范性文件 本年废止件数”含自然失效29件"));
    // The texts are drafts, which a build refuses.
    assert_eq!(checked.code, 1, "{checked:#?}");
    assert!(checked.stdout.contains("template-text"), "{checked:#?}");
    // The public files do not name the members.
    let built = county.run_any(&["build", "汇总.json", "--draft", "--only", "web"]);
    assert!(built.code == 1 && county.path("out/汇总/汇总-draft.pdf").is_file(), "{built:#?}");
}

#[test]
fn explain_lists_the_members_shares_of_a_sum() {
    let county = county();
    let run = rollup(&county, &["--explain", "applications.new.total", "--json"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let told = run.json();
    let shares = told["shares"].as_array().expect("shares");
    assert_eq!(shares.len(), 50);
    let sum: i64 = shares.iter().map(|share| share["amount"].as_i64().expect("a number")).sum();
    assert_eq!(told["sum"].as_i64(), Some(sum));
    assert_eq!(
        (shares[0]["agency"].as_str(), shares[0]["amount"].as_i64()),
        (Some("涟水县第50局"), Some(1345))
    );
    let text = rollup(&county, &["--explain", "applications.new"]).stdout;
    assert!(
        text.starts_with("表三 › 一、本年新收政府信息公开申请数量：") && text.contains("涟水县第50局"),
        "{text}"
    );
    assert_eq!(rollup(&county, &["--explain", "applications.nwe"]).code, 2);
}

#[test]
fn all_members_that_do_not_fit_are_refused_by_name_at_once() {
    let county = county();
    county.file("报告/07.toml", of_year(&report("涟水县第7局", 7), 2024));
    county.file("报告/08.toml", wrong_sum(&report("涟水县第8局", 8)));
    county.file("报告/09.toml", report("涟水县第10局", 9));
    county.file("报告/外县.toml", report("灌南县水务站", 60));
    county.file("汇总.toml", "year = 2025\n");
    let before = county.text("汇总.toml");
    let run = rollup(&county, &["-o", "汇总.toml", "--force"]);
    assert_eq!(run.code, 1, "{run:#?}");
    for part in [
        "“涟水县第7局”报的是2024年",
        "“涟水县第8局”的报告还有错误",
        "“涟水县第10局”有两份报告",
        "名册上的“涟水县第9局”没有报告",
        "“灌南县水务站”不在名册上",
    ] {
        assert!(run.stderr.contains(part), "{part} in {}", run.stderr);
    }
    assert_eq!(county.text("汇总.toml"), before);
    // An existing file is not overwritten without --force.
    let county = self::county();
    county.file("汇总.toml", "year = 2025\n");
    let run = rollup(&county, &["-o", "汇总.toml"]);
    assert!(run.code == 2 && run.stderr.contains("--force"), "{run:#?}");
}

#[test]
fn a_changed_member_makes_the_rollup_stale_and_a_changed_sum_makes_it_wrong() {
    let county = county();
    assert_eq!(rollup(&county, &["-o", "汇总.toml"]).code, 0);
    let about = |county: &County| -> Vec<(String, String)> {
        let run = county.run_any(&["check", "汇总.toml", "--json"]);
        let findings = run.json();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let findings = findings.as_array().expect("findings").iter();
        let findings = findings.filter(|finding| ["S9", "stale"].iter().any(|rule| finding["rule"] == *rule));
        findings.map(|finding| (text(&finding["rule"]), text(&finding["message"]))).collect()
    };
    assert_eq!(about(&county), []);
    // A workbook records its members as well.
    assert_eq!(rollup(&county, &["-o", "汇总.xlsx"]).code, 0);
    assert_eq!(county.run_any(&["import", "汇总.xlsx", "-o", "again.toml"]).code, 1);
    assert_eq!(county.text("again.toml").matches("[[members]]").count(), 50);
    // A sum was changed by hand.
    let text = county.text("汇总.toml");
    let row = text.lines().find(|line| line.starts_with("licences")).expect("a row");
    let wrong = text.replacen(row, "licences = 3", 1);
    county.file("汇总.toml", &wrong);
    let told = about(&county);
    assert!(told.len() == 1 && told[0].0 == "S9" && told[0].1.contains("各单位相加是 0"), "{told:?}");
    // A member changed after the roll-up.
    county.file("汇总.toml", &text);
    county.file("报告/03.toml", report("涟水县第3局", 33));
    let told = about(&county);
    assert!(told.len() == 1 && told[0].0 == "stale" && told[0].1.contains("涟水县第3局"), "{told:?}");
    std::fs::remove_file(county.path("报告/04.toml")).expect("removed");
    assert_eq!(about(&county).len(), 2);
}

#[test]
fn government_rules_are_counted_once() {
    let county = County::new();
    let with_rules = |name: &str, kind: &str, count: u32| {
        report(name, 1)
            .replace("rules = [0, 0, 0]", &format!("rules = [{count}, 0, {count}]"))
            .replace("kind = \"department\"", &format!("kind = \"{kind}\""))
    };
    county.file("报告/政府办.toml", with_rules("某州人民政府办公室", "office", 5));
    county.file("报告/水务局.toml", with_rules("某州水务局", "department", 2));
    let run = county.run_any(&["rollup", "报告", "--agency", "某州人民政府", "-o", "汇总.json"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert_eq!(figures(&county, "汇总.json")["disclosure.rules"], [5, 0, 5]);
    assert!(run.stderr.contains("“某州水务局”填的“表二 › 规章”没有计入"), "{run:#?}");
    let told = county.run_any(&[
        "rollup",
        "报告",
        "--agency",
        "某州人民政府",
        "--explain",
        "disclosure.rules.in_force",
    ]);
    assert!(told.stdout.contains("未计入") && told.stdout.contains("某州水务局"), "{told:#?}");
}
