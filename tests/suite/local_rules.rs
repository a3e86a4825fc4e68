//! Local rules, given by `--rules` or by `rules` in `gongbao.toml`.

use gongbao_test_support::sample;
use serde_json::json;

use crate::program::office_with;

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
fn local_rules_apply_to_check_and_build_and_cite_their_source() {
    let office = office_with("pengyang-jgsw-2020.toml");
    office.file("规则.toml", RULES);
    let run = office.run(["check", "pengyang-jgsw-2020.toml", "--rules", "规则.toml", "--json"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let findings = run.json();
    let findings = findings.as_array().expect("findings");
    let local: Vec<_> = findings.iter().filter(|finding| finding["rule"] == "local").collect();
    assert_eq!(local.len(), 1, "{local:#?}");
    assert_eq!((&local[0]["severity"], &local[0]["path"]), (&json!("error"), &json!("overview")));
    assert!(local[0]["hint"].as_str().is_some_and(|hint| hint.contains("某政办发〔2026〕1号")), "{local:#?}");
    // A severity set by local rules takes precedence over --strict.
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
fn local_rules_can_be_set_in_gongbao_toml() {
    let office = office_with("pengyang-jgsw-2020.toml");
    office.file("规定/规则.toml", RULES);
    office.file("gongbao.toml", "rules = \"规定/规则.toml\"\n");
    assert_eq!(office.run(["check", "pengyang-jgsw-2020.toml"]).code, 1);
    // `status` reports the same as `check`.
    let run = office.run(["status", ".", "--json"]);
    assert_eq!(run.code, 1, "{run:#?}");
}

#[test]
fn an_invalid_file_of_local_rules_ends_the_command() {
    let office = office_with("pengyang-jgsw-2020.toml");
    office.file("坏.toml", "name = \"某市\"\n[[limit]]\ntext = \"overveiw\"\nmost = 10\n");
    for name in ["坏.toml", "没有.toml"] {
        let run = office.run(["check", "pengyang-jgsw-2020.toml", "--rules", name]);
        assert_eq!(run.code, 2, "{run:#?}");
        assert!(run.stderr.contains(name), "{run:#?}");
    }
}

#[test]
fn the_example_of_local_rules_applies_to_a_sample() {
    let office = office_with("shanghai-gov-office-2025.toml");
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
