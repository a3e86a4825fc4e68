//! The registry of rules, and the page generated from it.

use std::{collections::BTreeSet, fmt::Write};

use gongbao_core::finding::Rule;
use gongbao_test_support::{golden::assert_golden, repository};

/// The codes of all rules, which are part of the JSON output and must not change.
const CODES: [&str; 62] = [
    "S1",
    "S2",
    "S3",
    "S4",
    "S5",
    "S6",
    "S7",
    "S8",
    "S9",
    "S10",
    "P1",
    "P2",
    "P3",
    "P4",
    "P5",
    "P6",
    "P7",
    "P8",
    "P9",
    "P10",
    "P11",
    "unreadable",
    "unknown-key",
    "shape",
    "missing",
    "blank",
    "scale",
    "uncorrected",
    "placeholder",
    "character",
    "glyph",
    "form-year",
    "last-year",
    "roster",
    "member",
    "stale",
    "privacy",
    "copied",
    "aspects",
    "rules-power",
    "template-text",
    "other-agency",
    "self-name",
    "title",
    "contact",
    "doubled-word",
    "punctuation",
    "wording",
    "calendar",
    "empty-heading",
    "repeated",
    "numbering",
    "citation",
    "deadline",
    "local",
    "unplaced",
    "attachment",
    "layout-torn",
    "layout-small",
    "layout-untagged",
    "layout-fonts",
    "layout-text",
];

#[test]
fn every_rule_of_the_contract_is_registered_once_and_documented() {
    let codes: Vec<&str> = Rule::ALL.iter().map(Rule::code).collect();
    let set: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(set.len(), codes.len());
    for code in CODES {
        assert!(set.contains(code), "{code} is a rule of the contract");
    }
    for rule in Rule::ALL {
        let info = rule.info();
        for words in [info.title, info.demands, info.source, info.mend] {
            assert!(!words.is_empty(), "{rule}");
        }
        assert!(!info.title.ends_with('。'), "{rule}");
    }
}

#[test]
fn codes_are_parsed_and_printed() {
    for rule in Rule::ALL {
        assert_eq!(Rule::from_code(rule.code()).as_ref(), Some(rule));
        assert_eq!(Rule::from(rule.code().to_owned()), *rule);
        assert_eq!(serde_json::to_value(rule).unwrap(), rule.code());
    }
    let custom = Rule::from("S11".to_owned());
    assert!(matches!(&custom, Rule::Custom(code) if &**code == "S11"));
    assert_eq!((custom.to_string().as_str(), Rule::from_code("S11")), ("S11", None));
}

#[test]
fn explain_shows_title_demand_source_and_remedy() {
    let text = Rule::find("s1").unwrap().explain();
    assert!(text.starts_with("S1 表三各列勾稽关系（错误）\n\n要求："), "{text}");
    assert!(text.contains("\n来源：") && text.contains("\n怎样改："), "{text}");
    assert!(Rule::find("S5").unwrap().explain().contains("提醒；用 --last-year"));
    assert_eq!(Rule::find("S11"), None);
}

/// `docs/rules.md` is generated: `UPDATE=1 cargo test -p gongbao-core --test suite rules` writes it.
#[test]
fn the_rules_page_agrees_with_the_registry() {
    let mut page = String::from(
        "# 检查规则\n\n本页由规则登记（`crates/gongbao-core/src/check/rules`）生成，改规则时用 `UPDATE=1 cargo test -p gongbao-core --test suite rules` 重写，请不要手改。\n\
         `gongbao check --explain S1` 显示其中一条。\n\n\
         *错误*：不改正就不生成报告。*提醒*：可以公布，但应当有人看一看。*待确认*：两种读法都说得通。\n\
         `--strict` 把提醒也当作错误；审核人同意保留的，写进报告文件的 `[[accepted]]`。\n\n| 代码 | 轻重 | 内容 |\n|---|---|---|\n",
    );
    for rule in Rule::ALL {
        let (anchor, info) = (rule.code().to_lowercase(), rule.info());
        writeln!(page, "| [`{rule}`](#{anchor}) | {} | {} |", info.severity.name(), info.title).unwrap();
    }
    for rule in Rule::ALL {
        let info = rule.info();
        writeln!(
            page,
            "\n## {rule}\n\n**{}**（{}）\n\n- 要求：{}\n- 来源：{}\n- 怎样改：{}",
            info.title,
            info.severity_text(),
            info.demands,
            info.source,
            info.mend
        )
        .unwrap();
    }
    let path = repository().join("docs/rules.md");
    assert_golden(&path, &page);
}
