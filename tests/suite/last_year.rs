//! The report of the year before: given as a file, found in a given folder, or found beside this year's report.

use gongbao_test_support::{Office, Run, sample};
use serde_json::{Value, json};

use crate::{
    program::{new_office, office_with},
    readme::example,
};

/// Returns the report of `docs/data-format.md` for another year, with other figures carried over.
fn report(year: u16, carried_in: u32, carried_out: u32) -> String {
    let row = |count: u32| format!("[{count}, 0, 0, 0, 0, 0, {count}]");
    let documents =
        if year < 2025 { "normative_documents = [0, 0, 1]" } else { "normative_documents = [1, 0, 2]" };
    example()
        .replace("normative_documents = [1, 0, 2]", documents)
        .replace("year = 2025", &format!("year = {year}"))
        .replace("date = 2026-01-20", &format!("date = {}-01-20", year + 1))
        .replace("carried_in = 0 ", &format!("carried_in = {} ", row(carried_in)))
        .replace("carried_out = 0", &format!("carried_out = {}", row(carried_out)))
        // What came in is settled, so that the sums hold.
        .replace(
            "granted = [2, 1, 0, 0, 0, 0, 3]",
            &format!(
                "granted = [{}, 1, 0, 0, 0, 0, {}]",
                2 + carried_in - carried_out,
                3 + carried_in - carried_out
            ),
        )
}

/// Returns rule, severity and path of the findings that compare with last year.
fn found(run: &Run) -> Vec<(Value, Value, Value)> {
    let findings = run.json();
    let findings = findings.as_array().expect("findings").iter();
    // Texts that are the same in both years are reported by `copied`, which is not of interest here.
    let about = ["S5", "S6", "S7", "last-year"];
    let findings = findings.filter(|finding| about.iter().any(|rule| finding["rule"] == *rule));
    findings.map(|f| (f["rule"].clone(), f["severity"].clone(), f["path"].clone())).collect()
}

/// The findings of a carry-over that does not fit: columns 自然人 and 总计.
fn carry_over(severity: &str) -> Vec<(Value, Value, Value)> {
    vec![(json!("S5"), json!(severity), json!("applications.carried_in.natural"))]
}

fn office() -> Office {
    let office = new_office();
    office.file("2025/局.toml", report(2025, 2, 0));
    office.file("2024/局.toml", report(2024, 0, 1));
    office
}

#[test]
fn a_wrong_carry_over_is_an_error_when_last_years_report_is_given() {
    let office = office();
    for last_year in ["2024/局.toml", "2024"] {
        let run = office.run(["check", "2025/局.toml", "--json", "--last-year", last_year]);
        assert_eq!(found(&run), carry_over("error"), "{last_year}: {run:#?}");
        assert_eq!(run.code, 1);
        let finding = &run.json()[0];
        assert_eq!((&finding["left"], &finding["right"]), (&json!(2), &json!(1)), "{finding}");
        assert!(finding["hint"].as_str().is_some_and(|hint| hint.contains("2024/局.toml")), "{finding}");
    }
    let run = office.run(["build", "2025/局.toml", "--last-year", "2024/局.toml"]);
    assert_eq!(run.code, 1, "{run:#?}");
    assert!(!office.path("out").exists());
}

#[test]
fn a_wrong_carry_over_is_a_warning_when_last_years_report_is_found_beside_it() {
    let office = office();
    assert_eq!(found(&office.run(["check", "2025/局.toml", "--json"])), []);
    // Whatever its name and format.
    office.file("2025/去年.toml", report(2024, 0, 1));
    office.file("2025/别的局.toml", report(2024, 0, 7).replace("青山县民政局", "青山县财政局"));
    let run = office.run(["check", "2025/局.toml", "--json"]);
    assert_eq!(found(&run), carry_over("warning"), "{run:#?}");
    assert_eq!(run.code, 0);
    // Standard input has no folder.
    let run = office.run_with(["check", "-", "--json"], report(2025, 2, 0).as_bytes());
    assert_eq!(found(&run), []);
    // A run with both years compares them, in whichever folders they are.
    std::fs::remove_file(office.path("2025/去年.toml")).expect("removed");
    let run = office.run(["check", "2024/局.toml", "2025/局.toml", "--json"]);
    assert_eq!(found(&run), carry_over("warning"), "{run:#?}");
}

#[test]
fn figures_that_follow_from_last_year_give_no_finding() {
    let office = new_office();
    office.file("2025.toml", report(2025, 1, 0));
    office.file("2024.toml", report(2024, 0, 1));
    assert_eq!(found(&office.run(["check", "2025.toml", "--json"])), []);
    // 现行有效: a warning, since documents may have been repealed in a clean-up.
    office.file(
        "2024.toml",
        report(2024, 0, 1).replace("normative_documents = [0, 0, 1]", "normative_documents = [0, 0, 4]"),
    );
    let run = office.run(["check", "2025.toml", "--json", "--last-year", "2024.toml"]);
    let expected = (json!("S6"), json!("warning"), json!("disclosure.normative_documents.in_force"));
    assert_eq!(found(&run), [expected], "{run:#?}");
    // An accepted finding is listed but does not count.
    let accepted = "\n[[accepted]]\nrule = \"S6\"\nreason = \"清理后废止3件\"\n";
    office.file("2025.toml", report(2025, 1, 0) + accepted);
    let run = office.run(["check", "2025.toml", "--last-year", "2024.toml"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(run.stdout.contains("清理后废止3件"), "{run:#?}");
}

#[test]
fn a_report_that_is_not_last_years_is_refused() {
    let office = office();
    office.file("2023.toml", report(2023, 0, 2));
    let run = office.run(["check", "2025/局.toml", "--json", "--last-year", "2023.toml"]);
    assert_eq!(found(&run), [(json!("last-year"), json!("error"), json!("year"))], "{run:#?}");
    office.file("改名.toml", report(2024, 0, 2).replace("青山县民政局", "青山县民政和社会救助局"));
    let run = office.run(["check", "2025/局.toml", "--json", "--last-year", "改名.toml"]);
    assert_eq!(found(&run), [(json!("last-year"), json!("warning"), json!("agency.name"))], "{run:#?}");
    // A folder that lacks last year's report.
    office.file("空/说明.toml", "text = 1");
    let run = office.run(["check", "2025/局.toml", "--json", "--last-year", "空"]);
    assert_eq!(found(&run), [(json!("last-year"), json!("unsure"), json!("agency.name"))], "{run:#?}");
    // An unreadable file ends the command.
    office.file("坏.toml", "year = ");
    for name in ["坏.toml", "没有.toml"] {
        let run = office.run(["check", "2025/局.toml", "--last-year", name]);
        assert_eq!(run.code, 2, "{run:#?}");
        assert!(run.stderr.contains(name) && run.stderr.contains("--last-year"), "{run:#?}");
    }
}

#[test]
fn across_the_change_of_form_only_the_carry_over_is_checked() {
    let office = office_with("pengyang-jgsw-2020.toml");
    let this_year = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    let this_year =
        this_year.replace("2025", "2021").replace("上海市人民政府办公厅", "彭阳县机关事务服务中心");
    office.file("pengyang-2021.toml", this_year);
    let run = office.run(["check", "pengyang-2021.toml", "--json"]);
    let rules =
        found(&run).into_iter().filter(|(rule, ..)| ["S5", "S6", "S7"].iter().any(|code| rule == code));
    let rules: Vec<_> = rules.map(|(rule, severity, _)| (rule, severity)).collect();
    assert!(
        !rules.is_empty() && rules.iter().all(|rule| *rule == (json!("S5"), json!("warning"))),
        "{rules:?}"
    );
}

#[test]
fn a_wrong_carry_over_is_an_error_when_last_years_report_is_published() {
    let office = new_office();
    office.file("2025.toml", report(2025, 2, 0));
    office.file("2024.toml", report(2024, 0, 1));
    let published = office.run(["publish", "2024.toml", "--date", "2025-01-26"]);
    if published.code == 2 && published.stderr.contains("publish") {
        // Marked by hand where the command is not there yet.
        let digest = "0123456789abcdef".repeat(4);
        let mark = format!("published = {{ date = 2025-01-26, digest = \"sha256:{digest}\" }}\n");
        office.file("2024.toml", mark + &report(2024, 0, 1));
    }
    let run = office.run(["check", "2025.toml", "--json"]);
    assert_eq!(found(&run), carry_over("error"), "{run:#?}");
}

#[test]
fn a_paragraph_copied_from_last_year_is_reported_and_can_be_accepted() {
    let office = new_office();
    office.file("2025.toml", report(2025, 0, 0));
    office.file("2024.toml", report(2024, 0, 0));
    let copied = |run: &Run| {
        let findings = run.json();
        let findings = findings.as_array().expect("findings").iter();
        findings.filter(|finding| finding["rule"] == "copied").cloned().collect::<Vec<_>>()
    };
    let told = copied(&office.run(["check", "2025.toml", "--json"]));
    assert!(!told.is_empty() && told.iter().all(|f| f["severity"] == "warning"), "{told:#?}");
    assert!(told[0]["message"].as_str().is_some_and(|m| m.contains("2024年")), "{told:#?}");
    // Last year's report gets no finding about this year's.
    assert!(copied(&office.run(["check", "2024.toml", "--json"])).is_empty());
    let accepted = "\n[[accepted]]\nrule = \"copied\"\nreason = \"做法没有变\"\n";
    office.file("2025.toml", report(2025, 0, 0) + accepted);
    let told = copied(&office.run(["check", "2025.toml", "--json"]));
    assert!(!told.is_empty() && told.iter().all(|f| f["accepted"] == "做法没有变"), "{told:#?}");
}
