//! The register of rules, and the page drawn from it.

use std::{collections::BTreeSet, fmt::Write, path::Path};

use gongbao_core::check::register::{RuleInfo, all, explain, rule};
use gongbao_test_support::{golden::assert_golden, repository};

/// The codes of all rules, which are part of the JSON output and must not change.
const CODES: [&str; 45] = [
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
    "unreadable",
    "unknown-key",
    "shape",
    "missing",
    "blank",
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
    "doubled-word",
    "numbering",
    "citation",
    "deadline",
    "local",
];

#[test]
fn every_rule_is_in_the_register_once() {
    let codes: Vec<&str> = all().map(|rule| rule.code).collect();
    let set: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(set.len(), codes.len());
    assert_eq!(set, CODES.into_iter().collect());
    for RuleInfo { code, title, demands, source, mend, .. } in all() {
        for words in [title, demands, source, mend] {
            assert!(!words.is_empty(), "{code}");
        }
        assert!(!title.ends_with('。'), "{code}");
    }
}

/// Every rule that the code names is in the register.
#[test]
fn every_rule_named_in_the_code_is_registered() {
    let mut found = BTreeSet::new();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    collect(&src, &mut found);
    assert!(found.contains("numbering"), "{found:?}");
    for code in found {
        assert!(rule(&code).is_some(), "{code} is not in the register");
    }
}

/// Collects the codes that are passed to `Finding::new`.
fn collect(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        // The unit tests of rendering use made-up codes.
        if path.to_string_lossy().contains("finding") {
            continue;
        }
        for opening in ["Finding::new(", "const RULE: &str = "] {
            for (at, _) in text.match_indices(opening) {
                let rest = text[at + opening.len()..].trim_start();
                if let Some(code) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                    found.insert(code.to_owned());
                }
            }
        }
    }
}

#[test]
fn explain_shows_title_demand_source_and_remedy() {
    let text = explain("s1").unwrap();
    assert!(text.starts_with("S1 表三各列勾稽关系（错误）\n\n要求："), "{text}");
    assert!(text.contains("\n来源：") && text.contains("\n怎样改："), "{text}");
    assert!(explain("S5").unwrap().contains("提醒；用 --last-year"));
    assert_eq!(explain("S11"), None);
}

/// `docs/rules.md` is generated: `UPDATE=1 cargo test -p gongbao-core --test suite rules` writes it.
#[test]
fn the_rules_page_agrees_with_the_register() {
    let mut page = String::from(
        "# 检查规则\n\n本页由规则登记（`src/check/register`）生成，改规则时用 `UPDATE=1 cargo test -p gongbao-core --test suite rules` 重写，请不要手改。\n\
         `gongbao check --explain S1` 显示其中一条。\n\n\
         *错误*：不改正就不生成报告。*提醒*：可以公布，但应当有人看一看。*待确认*：两种读法都说得通。\n\
         `--strict` 把提醒也当作错误；审核人同意保留的，写进报告文件的 `[[accepted]]`。\n\n| 代码 | 轻重 | 内容 |\n|---|---|---|\n",
    );
    for rule in all() {
        let anchor = rule.code.to_lowercase();
        writeln!(page, "| [`{}`](#{anchor}) | {} | {} |", rule.code, rule.severity.name(), rule.title)
            .unwrap();
    }
    for rule in all() {
        writeln!(
            page,
            "\n## {}\n\n**{}**（{}）\n\n- 要求：{}\n- 来源：{}\n- 怎样改：{}",
            rule.code,
            rule.title,
            rule.told_severity(),
            rule.demands,
            rule.source,
            rule.mend
        )
        .unwrap();
    }
    let path = repository().join("docs/rules.md");
    assert_golden(&path, &page);
}
