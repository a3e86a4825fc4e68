//! What a locality demands besides: `--rules`, or `rules` in `gongbao.toml`.

use serde_json::json;

use crate::program::{Office, sample};

const RULES: &str = "\
name = \"某市年度报告编制要求\"
source = \"某政办发〔2026〕1号\"
[severity]
blank = \"unsure\"
[[limit]]
text = \"overview\"
most = 300
severity = \"error\"
";

#[test]
fn a_demand_is_held_in_check_and_build_and_cites_its_paper() {
    let office = Office::with_sample("pengyang-jgsw-2020.toml");
    office.file("规则.toml", RULES);
    let run = office.run(["check", "pengyang-jgsw-2020.toml", "--rules", "规则.toml", "--json"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let findings = run.json();
    let findings = findings.as_array().expect("findings");
    let local: Vec<_> = findings.iter().filter(|finding| finding["rule"] == "local").collect();
    assert_eq!(local.len(), 1, "{local:#?}");
    assert_eq!((&local[0]["severity"], &local[0]["path"]), (&json!("error"), &json!("overview")));
    assert!(local[0]["hint"].as_str().is_some_and(|hint| hint.contains("某政办发〔2026〕1号")), "{local:#?}");
    // Another severity is the locality's choice, and holds before --strict.
    let blank = |findings: &[serde_json::Value]| {
        findings.iter().find(|finding| finding["rule"] == "blank").map(|finding| finding["severity"].clone())
    };
    assert_eq!(blank(findings), Some(json!("unsure")));
    let strict =
        office.run(["check", "pengyang-jgsw-2020.toml", "--rules", "规则.toml", "--strict", "--json"]);
    assert_eq!(blank(strict.json().as_array().expect("findings")), Some(json!("unsure")));
    let run = office.run(["build", "pengyang-jgsw-2020.toml", "--rules", "规则.toml"]);
    assert_eq!(run.code, 1, "{run:#?}");
    assert!(!office.path("out").exists());
}

#[test]
fn rules_may_be_named_once_for_all() {
    let office = Office::with_sample("pengyang-jgsw-2020.toml");
    office.file("规定/规则.toml", RULES);
    office.file("gongbao.toml", "rules = \"规定/规则.toml\"\n");
    assert_eq!(office.run(["check", "pengyang-jgsw-2020.toml"]).code, 1);
    // Whoever collects says the same as `check`.
    let run = office.run(["status", ".", "--json"]);
    assert_eq!(run.code, 1, "{run:#?}");
}

#[test]
fn rules_that_cannot_be_used_end_the_command() {
    let office = Office::with_sample("pengyang-jgsw-2020.toml");
    office.file("坏.toml", "name = \"某市\"\n[[limit]]\ntext = \"overveiw\"\nmost = 10\n");
    for name in ["坏.toml", "没有.toml"] {
        let run = office.run(["check", "pengyang-jgsw-2020.toml", "--rules", name]);
        assert_eq!(run.code, 2, "{run:#?}");
        assert!(run.stderr.contains(name), "{run:#?}");
    }
}

#[test]
fn the_real_example_holds_for_a_real_report() {
    let office = Office::with_sample("shanghai-gov-office-2025.toml");
    let wuwei = sample("../rules/wuwei.toml");
    let rules = wuwei.to_str().expect("a path");
    let run = office.run(["check", "shanghai-gov-office-2025.toml", "--rules", rules, "--json"]);
    let findings = run.json();
    let told: Vec<_> =
        findings.as_array().expect("findings").iter().filter(|f| f["rule"] == "local").collect();
    assert!(
        told.iter().any(|f| f["message"].as_str().is_some_and(|m| m.contains("超过1000字"))),
        "{told:#?}"
    );
}
