//! One fixture a rule: what the rule reports on a changed report, and what it must not report.
//!
//! A fixture is `tests/fixtures/rules/CODE.toml`. Its cases change a base report of `tests/fixtures/catalogue/bases/`, in
//! which no rule finds anything. All findings of all cases are shown in every medium too.

mod case;
mod media;

use std::{collections::BTreeSet, fs};

use case::{FixtureCase, cases_of, folder};
use gongbao_core::finding::{Finding, Rule};

/// Rules without a fixture, and why.
const WITHOUT: [(&str, &str); 13] = [
    ("S9", "needs the reports that were consolidated; tests/suite/status/ of the program"),
    ("stale", "needs the reports that were consolidated; tests/suite/status/ of the program"),
    ("roster", "is reported by `gongbao status` and `gongbao rollup` over many reports"),
    ("member", "is reported by `gongbao status` and `gongbao rollup` over many reports"),
    ("copied", "compares the reports of a run; suite/rules/copied.rs"),
    ("unplaced", "is about files that are imported; tests/suite/import/pdf.rs of the program"),
    ("attachment", "compares a PDF's data with its pages; tests/suite/import/pdf.rs of the program"),
    ("layout-torn", "is about the pages of a PDF; tests/suite/import/pdf.rs of the program"),
    ("layout-small", "is about the pages of a PDF; tests/suite/import/pdf.rs of the program"),
    ("layout-untagged", "is about the pages of a PDF; tests/suite/import/pdf.rs of the program"),
    ("layout-fonts", "is about the pages of a PDF; tests/suite/import/pdf.rs of the program"),
    ("layout-text", "is about the pages of a PDF; tests/suite/import/pdf.rs of the program"),
    ("P6", "is never reported: it says which readings P1 allows"),
];

#[test]
fn rules_have_a_fixture() {
    let codes: BTreeSet<&str> = Rule::ALL.iter().map(Rule::code).collect();
    let given: BTreeSet<String> = fs::read_dir(folder())
        .expect("the folder of fixtures")
        .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
        .collect();
    let without: BTreeSet<&str> = WITHOUT.iter().map(|(code, _)| *code).collect();
    for code in &codes {
        assert_ne!(given.contains(*code), without.contains(code), "{code}: a fixture or a reason, not both");
    }
    for code in given.iter().map(String::as_str).chain(without) {
        assert!(codes.contains(code), "{code}: no such rule");
    }
    for code in &given {
        let cases = cases_of(code);
        assert!(cases.iter().any(|case| !case.finds.is_empty()), "{code}: no case in which it fires");
        assert!(cases.iter().any(|case| case.finds.is_empty()), "{code}: no case in which it must not fire");
    }
}

#[test]
fn rules_report_what_their_fixtures_expect() {
    let mut wrong = Vec::new();
    for (rule, case) in all_cases() {
        let found: Vec<Finding> =
            case.findings().into_iter().filter(|finding| finding.rule == rule).collect();
        let told = found.iter().map(describe).collect::<Vec<_>>().join("");
        if found.len() != case.finds.len() {
            wrong.push(format!("{rule}, {}: {} findings\n{told}", case.about, found.len()));
            continue;
        }
        for (expected, finding) in case.finds.iter().zip(&found) {
            wrong.extend(
                expected.mismatch(finding).map(|why| format!("{rule}, {}: {why}\n{told}", case.about)),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// All cases, each with the rule whose fixture it is.
fn all_cases() -> impl Iterator<Item = (Rule, FixtureCase)> {
    let with_fixture = |rule: &&Rule| !WITHOUT.iter().any(|(code, _)| *code == rule.code());
    Rule::ALL
        .iter()
        .filter(with_fixture)
        .flat_map(|rule| cases_of(rule.code()).into_iter().map(|case| (rule.clone(), case)))
}

/// One finding in one line.
fn describe(finding: &Finding) -> String {
    format!("  {:?} {} {}: {}\n", finding.severity, finding.path, finding.place_text(), finding.text())
}
