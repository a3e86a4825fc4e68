//! Publication and correction of a report in a workbook.

use gongbao_test_support::sample;

use crate::program::new_office;

#[test]
fn a_workbook_is_published_and_corrected_like_any_other_file() {
    let office = new_office();
    office.file("a.toml", std::fs::read(sample("shanghai-gov-office-2025.toml")).expect("sample"));
    let run = |arguments: &[&str]| {
        let run = office.run(arguments);
        assert_eq!(run.code, 0, "{run:#?}");
    };
    run(&["import", "a.toml", "-o", "a.xlsx"]);
    run(&["publish", "a.xlsx", "--date", "2026-01-26"]);
    run(&["check", "a.xlsx"]);
    run(&["build", "a.xlsx", "--only", "web"]);
    std::fs::copy(office.path("a.xlsx"), office.path("old.xlsx")).expect("a copy");
    // A figure is corrected.
    run(&["import", "a.xlsx", "-o", "a.toml", "--force"]);
    let text = office.text("a.toml");
    let row = text.lines().find(|line| line.starts_with("licences")).expect("a row").to_owned();
    office.file("a.toml", text.replacen(&row, "licences = 1", 1));
    assert_eq!(office.run(["import", "a.toml", "-o", "a.xlsx", "--force"]).code, 1, "uncorrected");
    assert_eq!(office.run(["build", "a.xlsx", "--only", "web"]).code, 1);
    run(&["correct", "old.xlsx", "a.xlsx", "--reason", "漏计1件", "--date", "2026-03-02"]);
    run(&["build", "a.xlsx", "--only", "web"]);
    assert!(office.path("out/a/public/a-correction-1.pdf").is_file());
    assert!(office.path("out/a/history/1/public/a.pdf").is_file());
    // Converted to TOML, the workbook keeps the whole record.
    run(&["import", "a.xlsx", "-o", "b.toml"]);
    run(&["import", "b.toml", "-o", "c.xlsx"]);
    run(&["import", "c.xlsx", "-o", "c.toml"]);
    assert!(office.text("b.toml").contains("replaces") && office.text("b.toml") == office.text("c.toml"));
}
