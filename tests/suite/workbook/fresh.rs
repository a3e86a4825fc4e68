//! `gongbao new`.

use gongbao_test_support::{Office, sample};
use serde_json::Value;

use crate::program::{new_office, office_with};

/// Returns rules and paths of the errors in a report file.
fn errors(office: &Office, file: &str) -> Vec<String> {
    let run = office.run(["check", file, "--json"]);
    let findings: Value = run.json();
    let errors = findings.as_array().expect("findings").iter().filter(|f| f["severity"] == "error");
    errors.map(|f| format!("{} {}", f["rule"], f["path"]).replace('"', "")).collect()
}

const UNFILLED: [&str; 6] = [
    "missing applications",
    "missing appeals",
    "missing disclosure",
    "missing other",
    "missing overview",
    "missing problems",
];

#[test]
fn an_empty_report_in_every_format_has_few_findings() {
    let office = new_office();
    for name in ["a.toml", "a.yaml", "a.json", "a.xlsx"] {
        for year in ["2020", "2025"] {
            let run = office.run(["new", "--agency", "某县“民政”局", "--year", year, "-o", name, "--force"]);
            assert_eq!(run.code, 0, "{run:#?}");
            let mut errors = errors(&office, name);
            errors.sort();
            let mut expected = UNFILLED;
            expected.sort_unstable();
            assert_eq!(errors, expected, "{name} {year}");
        }
    }
    let toml = office.text("a.toml");
    for words in [
        "# 行政规范性文件：本年制发件数、本年废止件数、现行有效件数",
        "# （一）予以公开：自然人、",
        "总计不填，自动算出",
    ] {
        assert!(toml.contains(words), "{words}");
    }
}

#[test]
fn a_text_file_is_filled_in_at_its_placeholders() {
    let office = new_office();
    office.run(["new", "--agency", "某县民政局", "--year", "2025", "-o", "a.toml"]);
    let filled = office
        .text("a.toml")
        .replace(
            "overview = \"\"\"\n",
            "overview = \"\"\"\n全年公开了办事指南，依申请公开、信息管理、平台建设、监督保障都有专人。\n",
        )
        .replace("problems = \"\"\"\n", "problems = \"\"\"\n公开的形式还不够丰富，下一步改进栏目设置。\n")
        .replace("other = \"\"\"\n", "other = \"\"\"\n本年度没有收取信息处理费。\n")
        .replace(" = []", " = 0");
    office.file("a.toml", filled);
    assert_eq!(errors(&office, "a.toml"), Vec::<String>::new());
}

#[test]
fn an_existing_file_is_overwritten_only_with_force() {
    let office = new_office();
    office.file("a.toml", "甲");
    let run = office.run(["new", "--agency", "某县民政局", "--year", "2025", "-o", "a.toml"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("已经有了") && run.stderr.contains("--force"), "{}", run.stderr);
    assert_eq!(office.text("a.toml"), "甲");
    for (arguments, words) in [
        (vec!["new", "--year", "2025", "-o", "b.toml"], "--agency"),
        (vec!["new", "--agency", "甲", "-o", "b.toml"], "--year"),
        (vec!["new", "--agency", "甲", "--year", "2025", "-o", "b.doc"], ".xlsx"),
        (vec!["new", "--agency", "甲", "--year", "2015", "-o", "b.toml"], "--form"),
        (vec!["new", "--agency", "甲", "--year", "2025", "--form", "2022", "-o", "b.toml"], "2019、2021"),
        (vec!["new", "--from", "没有.toml", "-o", "b.toml"], "读不出来"),
        (vec!["new", "--agency", " ", "--year", "2025", "-o", "b.toml"], "单位名称"),
    ] {
        let run = office.run(&arguments);
        assert_eq!(run.code, 2, "{run:#?}");
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
    assert_eq!(office.files(), ["a.toml"]);
}

#[test]
fn the_next_report_carries_over_figures_and_texts() {
    let office = office_with("shanghai-gov-office-2025.toml");
    for name in ["b.toml", "b.yaml", "b.json", "b.xlsx"] {
        let run =
            office.run(["new", "--from", "shanghai-gov-office-2025.toml", "--year", "2026", "-o", name]);
        assert_eq!(run.code, 0, "{run:#?}");
        assert!(run.stdout.contains("2026年上海市人民政府办公厅政府信息公开工作年度报告"), "{}", run.stdout);
        assert!(run.stdout.contains("结转了：表三 › 二、上年结转政府信息公开申请数量"), "{}", run.stdout);
        let errors = errors(&office, name);
        // Texts that nobody has revised do not pass, and figures of the year are missing.
        for text in ["preface", "overview", "problems", "other"] {
            assert!(errors.contains(&format!("template-text {text}[1]")), "{name}: {errors:?}");
        }
        assert!(errors.contains(&"missing disclosure".to_owned()), "{name}: {errors:?}");
        assert!(errors.contains(&"missing applications.new".to_owned()), "{name}: {errors:?}");
        assert!(!errors.iter().any(|error| error.contains("carried_in")), "{name}: {errors:?}");
        assert!(!errors.iter().any(|error| error.starts_with("S5")), "{name}: {errors:?}");
    }
    let toml = office.text("b.toml");
    assert!(toml.contains("carried_in = [290, 3, 0, 0, 0, 0]"), "{toml}");
    assert!(
        toml.contains("website = \"www.shanghai.gov.cn\"") && toml.contains("kind = \"office\""),
        "{toml}"
    );
    assert!(toml.contains("【草稿】以下是2025年报告的文字"), "{toml}");
    assert!(
        !toml.contains("235") && !toml.contains("注：行政复议"),
        "last year's figures stay there: {toml}"
    );
}

#[test]
fn the_2019_form_carries_over_what_it_repeats() {
    let office = new_office();
    let last = std::fs::read_to_string(sample("pengyang-jgsw-2020.toml"))
        .expect("sample")
        .replace("year = 2020", "year = 2019")
        .replace("licences = [0, 0, 0]", "licences = [10, -3, 4]")
        .replace("fees = [0, 0]", "fees = [\"/\", 2]");
    office.file("a.toml", last);
    let run = office.run(["new", "--from", "a.toml", "-o", "b.toml"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let toml = office.text("b.toml");
    for row in
        ["licences = [7]", "penalties = [0]", "fees = [2]", "rules = []", "carried_in = [0, 0, 0, 0, 0, 0]"]
    {
        assert!(toml.contains(row), "{row}: {toml}");
    }
}

#[test]
fn rows_without_a_counterpart_in_the_new_form_are_named() {
    let office = office_with("pengyang-jgsw-2020.toml");
    let run = office.run(["new", "--from", "pengyang-jgsw-2020.toml", "-o", "b.xlsx"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let words = [
        "格式变了",
        "表二 › 政府集中采购",
        "表二 › 规章（本年新制作数量、本年新公开数量、对外公开总数量）",
        "表二 › 规章（本年制发件数、本年废止件数、现行有效件数）",
        "结转了：表三 › 二、上年结转政府信息公开申请数量",
    ];
    for words in words {
        assert!(run.stdout.contains(words), "{words}: {}", run.stdout);
    }
    assert!(!errors(&office, "b.xlsx").iter().any(|error| error.starts_with("unknown-key")));
    // Not the year before: nothing can be carried over.
    let run = office.run(["new", "--from", "pengyang-jgsw-2020.toml", "--year", "2023", "-o", "c.toml"]);
    assert!(run.stdout.contains("不是上一年") && !run.stdout.contains("结转了"), "{}", run.stdout);
}
