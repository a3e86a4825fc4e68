//! `check --format markdown` (the opinion sent back to a body) and `check --changes`.

use gongbao_test_support::sample;
use serde_json::json;

use crate::{
    program::{new_office, office_with},
    readme::example,
};

fn wrong() -> String {
    let shanghai = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    shanghai.replace("direct = [2, 0, 4, 6, 12]", "direct = [2, 0, 4, 6, 13]")
}

#[test]
fn the_markdown_opinion_names_report_place_mistake_and_remedy() {
    let office = new_office();
    office.file("报送/办公厅.toml", wrong());
    let run = office.run(["check", "报送", "--format", "markdown"]);
    assert_eq!(run.code, 1);
    let told = &run.stdout;
    assert!(told.starts_with("# 检查意见：2025年上海市人民政府办公厅政府信息公开工作年度报告\n"), "{told}");
    for part in [
        "**退回修改**",
        "## 必须改正（1处）",
        "1. **表四 › 行政诉讼 › 未经复议直接起诉 › 总计**",
        "相差 1",
        "（规则 S4）",
        "办法：",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let good = office_with("shanghai-gov-office-2025.toml");
    let run = good.run(["check", "shanghai-gov-office-2025.toml", "--format", "markdown"]);
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("结论：没有"), "{run:#?}");
}

#[test]
fn texts_of_a_report_are_escaped_in_markdown() {
    let office = new_office();
    office.file(
        "x.toml",
        wrong().replace("name = \"上海市人民政府办公厅\"", "name = \"**甲** [乙](http://x) <script>局\""),
    );
    let told = office.run(["check", "x.toml", "--format", "markdown"]).stdout;
    assert!(!told.contains("**甲**") && !told.contains("[乙](") && !told.contains("<script>"), "{told}");
}

#[test]
fn json_and_format_json_are_the_same() {
    let office = new_office();
    office.file("x.toml", wrong());
    let long = office.run(["check", "x.toml", "--format", "json"]);
    assert_eq!(long.stdout, office.run(["check", "x.toml", "--json"]).stdout);
    assert_eq!(long.json()[0]["rule"], "S4");
}

#[test]
fn check_changes_lists_normalised_texts_with_their_places() {
    let office = new_office();
    let text = "(一) 主动公开\\t120 条，\"重点\"领域\u{200B} 2 项。";
    let shanghai = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    let (head, rest) = shanghai.split_once("overview = \"\"\"").expect("overview");
    let (_, tail) = rest.split_once("\"\"\"").expect("its end");
    let preface = head.find("preface").expect("preface");
    office.file(
        "x.toml",
        format!(
            "{}overview = \"\"\"\n{}\"\"\"{tail}",
            &head[..preface],
            text.replace("\"重点\"", "\\\"重点\\\"")
        ),
    );
    let before = office.read("x.toml");
    let run = office.run(["check", "x.toml", "--changes", "--format", "json"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let changes = run.json();
    let changes = changes.as_array().expect("changes");
    let of_overview: Vec<_> = changes.iter().filter(|change| change["path"] == "overview[1]").collect();
    assert!(of_overview.len() >= 4, "{changes:#?}");
    for change in &of_overview {
        assert_eq!(change["place"], json!("一、总体情况 › 第1段"));
        assert!(
            change["line"].is_u64() && change["why"].is_string() && change["old"] != change["new"],
            "{change}"
        );
    }
    let told = office.run(["check", "x.toml", "--changes"]).stdout;
    assert!(
        told.contains("（一）") && told.contains("制表符") && told.contains("一、总体情况 › 第1段"),
        "{told}"
    );
    // The file is not changed, and a report without changes gives an empty list.
    assert!(office.read("x.toml") == before);
    office.file("clean.toml", example());
    assert_eq!(office.run(["check", "clean.toml", "--changes", "--json"]).json(), json!([]));
}
