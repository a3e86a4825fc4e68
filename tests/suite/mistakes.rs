//! Mistakes in report files: all are reported in one run with their lines, and earlier outputs are kept.

use gongbao_test_support::{judges, sample};
use serde_json::Value;

use crate::program::new_office;

fn shanghai() -> String {
    std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample")
}

fn rules(findings: &Value) -> Vec<String> {
    let findings = findings.as_array().expect("findings");
    findings
        .iter()
        .map(|finding| format!("{} {}", finding["rule"], finding["path"]).replace('"', ""))
        .collect()
}

#[test]
fn nine_mistakes_of_three_kinds_are_reported_in_one_run_each_with_its_caret() {
    let wrong = shanghai()
        .replace("region = ", "regoin = ")
        .replace("licences = 0", "licenses = 0\nlicences = 0")
        .replace("year = 2025\n", "year = 2025\ntitel = \"甲\"\n")
        .replace("granted = [201, 5, 0, 0, 0, 0, 206]\n", "")
        .replace("repeated = [16, 0, 0, 0, 0, 0, 16]\n", "")
        .replace("review = [40, 0, 10, 5, 55]\n", "")
        .replace("penalties = 0", "penalties = \"没有\"")
        .replace("state_secret = [4, 0,", "state_secret = [\"四\", 0,")
        .replace("direct = [2, 0, 4, 6, 12]", "direct = [2, 0, true, 6, 12]");
    let office = new_office();
    office.file("wrong.toml", wrong);
    let run = office.run(["check", "wrong.toml", "--json"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let findings = run.json();
    let told = rules(&findings);
    for expected in [
        "unknown-key titel",
        "unknown-key agency.regoin",
        "unknown-key disclosure.licenses",
        "missing applications.handled.granted",
        "missing applications.handled.not_processed.repeated",
        "missing appeals.review",
        "shape disclosure.penalties.decisions",
        "shape applications.handled.refused.state_secret.natural",
        "shape appeals.litigation.direct.other",
    ] {
        let found = told.iter().any(|told| told == expected || expected.starts_with(&format!("{told}.")));
        assert!(found, "{expected} in {told:#?}");
    }
    for finding in findings.as_array().expect("findings") {
        assert!(finding["line"].is_u64() && finding["column"].is_u64(), "{finding}");
        assert!(finding["hint"].is_string(), "{finding}");
    }
    let shown = office.run(["check", "wrong.toml"]).stdout;
    assert!(shown.matches(" --> wrong.toml:").count() >= 9 && shown.matches('^').count() >= 9, "{shown}");
    assert!(shown.contains("是不是") && shown.contains("region"), "the nearest known key: {shown}");
}

#[test]
fn a_report_with_errors_is_refused_and_earlier_outputs_are_kept() {
    let office = new_office();
    office.file("report.toml", shanghai());
    assert_eq!(office.run(["build", "report.toml"]).code, 0);
    let before: Vec<_> = office.files().into_iter().map(|file| (file.clone(), office.read(&file))).collect();
    office.file("report.toml", shanghai().replace("total = [1139, 48", "total = [1140, 48"));
    let run = office.run(["build", "report.toml", "--json"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let json = run.json();
    assert_eq!(json["reports"][0]["state"], "refused");
    assert_eq!(json["reports"][0]["outputs"], Value::Array(Vec::new()));
    for (file, bytes) in before.iter().filter(|(file, _)| file != "report.toml") {
        assert!(office.read(file) == *bytes, "{file} is as it was");
    }
}

#[test]
fn one_wrong_figure_is_one_finding_that_names_it() {
    let office = new_office();
    // A figure in a row, the total of a row, a figure in the row of totals, a figure in the first row.
    for (right, wrong, rule, path, culprit, follows) in [
        (
            "not_held = [484, 28",
            "not_held = [485, 28",
            "S3",
            "applications.handled.unavailable.not_held.total",
            "applications.handled.unavailable.not_held.natural",
            1,
        ),
        (
            "0, 1, 0, 513]",
            "0, 1, 0, 514]",
            "S3",
            "applications.handled.unavailable.not_held.total",
            "applications.handled.unavailable.not_held.total",
            1,
        ),
        (
            "total = [1139, 48",
            "total = [1140, 48",
            "S3",
            "applications.handled.total.total",
            "applications.handled.total.natural",
            2,
        ),
        ("new = [1259, 36", "new = [1258, 36", "S3", "applications.new.total", "applications.new.natural", 1),
    ] {
        office.file("report.toml", shanghai().replace(right, wrong));
        let run = office.run(["check", "report.toml", "--json"]);
        assert_eq!(run.code, 1);
        let findings = run.json();
        let errors: Vec<&Value> = findings
            .as_array()
            .expect("findings")
            .iter()
            .filter(|finding| finding["severity"] == "error")
            .collect();
        assert_eq!(errors.len(), 1, "{wrong}: {findings:#}");
        let finding = errors[0];
        assert_eq!((&finding["rule"], &finding["path"]), (&rule.into(), &path.into()), "{wrong}");
        assert_eq!(finding["figure"], culprit, "{wrong}");
        assert_eq!(finding["follows"].as_array().map(Vec::len), Some(follows), "{wrong}: {finding:#}");
        assert!(finding["left"].is_number() && finding["right"].is_number());
    }
}

#[test]
fn a_wrong_sum_without_a_single_explanation_names_no_figure() {
    let office = new_office();
    office.file(
        "report.toml",
        shanghai().replace("review = [40, 0, 10, 5, 55]", "review = [40, 0, 10, 5, 56]"),
    );
    let findings = office.run(["check", "report.toml", "--json"]).json();
    let errors: Vec<&Value> =
        findings.as_array().expect("findings").iter().filter(|f| f["severity"] == "error").collect();
    assert_eq!(errors.len(), 1, "{findings:#}");
    assert_eq!((&errors[0]["rule"], &errors[0]["path"]), (&"S4".into(), &"appeals.review.total".into()));
    assert_eq!(errors[0]["figure"], Value::Null, "any of five figures would do");
}

#[test]
fn two_exchanged_figures_are_one_finding_that_proposes_to_exchange_them() {
    let office = new_office();
    // 自然人 and 商业企业 of one row are exchanged: the row still adds up, its two columns do not.
    office.file("report.toml", shanghai().replace("new = [1259, 36", "new = [36, 1259"));
    let findings = office.run(["check", "report.toml", "--json"]).json();
    let told: Vec<String> = rules(&findings).into_iter().filter(|told| told.starts_with('S')).collect();
    assert_eq!(told, ["S1 applications.new.natural"]);
    let hint = findings[0]["hint"].as_str().expect("a hint");
    assert!(hint.contains("“自然人”和“商业企业”很可能填反了"), "{hint}");
}

#[test]
fn omitted_totals_are_computed_and_blank_totals_are_not_checked() {
    let office = new_office();
    let mut without = shanghai().replace("total = [1139, 48, 0, 0, 4, 0, 1191]\n", "");
    for (with, left_out) in [
        ("new = [1259, 36, 0, 0, 0, 0, 1295]", "new = [1259, 36, 0, 0, 0, 0]"),
        (", 5, 55]", ", 5]"),
        (", 0, 293]", ", 0, \"\"]"),
    ] {
        assert!(without.contains(with));
        without = without.replace(with, left_out);
    }
    office.file("report.toml", &without);
    let run = office.run(["build", "report.toml", "--only", "data", "--json"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let printed = office.text("out/report/report.json");
    assert!(printed.contains("\"1295\"") && printed.contains("\"1191\"") && printed.contains("\"55\""));
    office.file("report.toml", without.replace("carried_out = [290", "carried_out = [291"));
    let findings = office.run(["check", "report.toml", "--json"]).json();
    let told: Vec<String> = rules(&findings).into_iter().filter(|told| told.starts_with('S')).collect();
    assert_eq!(told, ["S1 applications.new.natural"], "the column that fails; its total follows");
}

#[test]
fn a_missing_glyph_and_a_forbidden_character_are_reported_with_their_places() {
    let office = new_office();
    office.file("report.toml", shanghai().replace("“政策公开讲”品牌", "“政策\u{E000}公开讲”品牌𖼀"));
    let run = office.run(["build", "report.toml", "--json"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let findings = run.json()["findings"].clone();
    let of = |rule: &str| {
        let all = findings.as_array().expect("findings");
        all.iter()
            .find(|finding| finding["rule"] == rule)
            .unwrap_or_else(|| panic!("{rule}: {all:#?}"))
            .clone()
    };
    assert!(of("character")["message"].as_str().is_some_and(|m| m.contains("U+E000")));
    let glyph = of("glyph");
    assert!(
        glyph["message"].as_str().is_some_and(|m| m.contains("U+16F00") && m.contains("仿宋")),
        "{glyph}"
    );
    assert_eq!(glyph["place"], "一、总体情况 › 第3段");
    let draft = office.run(["build", "report.toml", "--draft"]);
    assert_eq!(draft.code, 1);
    assert_eq!(office.files(), ["report.toml"], "no draft with a hole in it");
}

#[test]
fn a_draft_can_be_built_with_gaps_and_wrong_sums() {
    let office = new_office();
    office.file(
        "report.toml",
        shanghai()
            .replace("total = [1139, 48", "total = [1140, 48")
            .replace("granted = [201, 5, 0, 0, 0, 0, 206]\n", "")
            .replace("1295 件", "{{applications.nwe.total}} 件"),
    );
    let run = office.run(["build", "report.toml", "--draft=送审稿"]);
    assert_eq!(run.code, 1, "{run:#?}");
    assert_eq!(office.files(), ["out/report/report-draft.pdf", "report.toml"]);
    if let Some(text) = judges::pdftotext(&office.path("out/report/report-draft.pdf")) {
        let text = text.replace('\n', "");
        assert!(text.contains("{{applications.nwe.total}}件"), "a placeholder as typed");
        for c in ["送", "审", "稿"] {
            assert!(text.contains(c));
        }
    }
}

#[test]
fn an_accepted_finding_is_listed_but_does_not_count() {
    let office = new_office();
    let accepted =
        "\n[[accepted]]\nrule = \"S4\"\npath = \"appeals.review.total\"\nreason = \"法院口径不同\"\n";
    let wrong = shanghai().replace("review = [40, 0, 10, 5, 55]", "review = [40, 0, 10, 5, 56]");
    office.file("report.toml", format!("{wrong}{accepted}"));
    let run = office.run(["check", "report.toml"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(run.stdout.contains("S4") && run.stdout.contains("法院口径不同"), "{run:#?}");
    office.file("report.toml", format!("{wrong}{}", accepted.replace("review", "litigation.direct")));
    assert_eq!(office.run(["check", "report.toml"]).code, 1, "another path");
}

#[test]
fn filing_without_a_date_gives_a_warning() {
    let office = new_office();
    office.file("report.toml", format!("{}\n[filing]\nrecipient = \"县政务公开办\"\n", shanghai()));
    let run = office.run(["check", "report.toml", "--json"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let findings = run.json();
    let about: Vec<&Value> =
        findings.as_array().expect("findings").iter().filter(|finding| finding["path"] == "date").collect();
    assert_eq!(about.len(), 1, "told once: {findings:#}");
    assert_eq!(about[0]["severity"], "warning");
}
