//! Workbooks in a folder with other files, and workbooks that are mostly empty.

use gongbao_test_support::{Office, judges, sample};
use serde_json::{Value, json};

use crate::program::new_office;

fn new(office: &Office, name: &str, agency: &str) {
    let run = office.run(["new", "--agency", agency, "--year", "2025", "-o", name]);
    assert_eq!(run.code, 0, "{run:#?}");
}

#[test]
fn a_folder_includes_workbooks_and_skips_files_that_are_no_reports() {
    let office = new_office();
    new(&office, "报告/民政局.xlsx", "某县民政局");
    std::fs::copy(office.path("报告/民政局.xlsx"), office.path("报告/~$民政局.xlsx")).expect("a copy");
    std::fs::copy(office.path("报告/民政局.xlsx"), office.path("报告/教育局.XLSX")).expect("a copy");
    let run = office.run(["status", "报告", "-o", "报告/报送情况.xlsx"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let run = office.run(["check", "报告", "--json"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let mut files: Vec<&str> = Vec::new();
    let findings = run.json();
    for finding in findings.as_array().expect("findings") {
        let file = finding["file"].as_str().expect("a file");
        if !files.contains(&file) {
            files.push(file);
        }
        assert!(finding["rule"] != "unreadable", "{finding}");
    }
    assert_eq!(files, ["报告/教育局.XLSX", "报告/民政局.xlsx"]);
    assert!(
        run.stderr.contains("略过“报告/报送情况.xlsx”") && !run.stderr.contains("year"),
        "{}",
        run.stderr
    );
    // Given by name, the file gets a message about its kind.
    let run = office.run(["check", "报告/报送情况.xlsx"]);
    assert_eq!(run.code, 2);
    assert!(run.stdout.contains("这是报送情况表，不是报告"), "{}", run.stdout);
}

#[test]
fn a_foreign_workbook_is_referred_to_import() {
    let office = new_office();
    new(&office, "ours.xlsx", "某县民政局");
    // The foreign workbook has the tables of the form and nothing else.
    let ours_alone = ["基本情况", "前言", "表前后文字", "注释", "审核", "gongbao"];
    let steps: Vec<Value> = ours_alone.iter().map(|sheet| json!(["remove", sheet])).collect();
    let Some(()) = judges::fill_xlsx(&office.path("ours.xlsx"), &office.path("folder/theirs.xlsx"), &steps)
    else {
        return;
    };
    let run = office.run(["check", "folder/theirs.xlsx"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(
        run.stdout.contains("这不是本程序的工作簿") && run.stdout.contains("gongbao import"),
        "{}",
        run.stdout
    );
    std::fs::copy(sample("shanghai-gov-office-2025.toml"), office.path("folder/a.toml")).expect("a copy");
    let run = office.run(["check", "folder"]);
    assert!(run.stderr.contains("略过“folder/theirs.xlsx”"), "{run:#?}");
    assert_eq!(run.code, 0, "{run:#?}");
}

#[test]
fn an_empty_workbook_has_few_findings_and_one_remedy() {
    let office = new_office();
    new(&office, "a.xlsx", "某县民政局");
    let findings = office.run(["check", "a.xlsx", "--json"]).json();
    let findings = findings.as_array().expect("findings");
    assert_eq!(findings.len(), 6, "{findings:#?}");
    for finding in findings {
        assert_eq!(finding["rule"], "missing");
        assert!(finding["sheet"].is_string() && finding["cell"].is_string(), "{finding}");
    }
    assert!(
        findings
            .iter()
            .any(|f| f["sheet"] == "表三" && f["hint"].as_str().is_some_and(|h| h.contains("空白按0计")))
    );

    // One figure in each row: one finding per row, at its first empty cell.
    let steps: Vec<Value> =
        (6..=30).filter(|row| *row != 29).map(|row| json!(["set", "表三", format!("D{row}"), 0])).collect();
    let Some(()) = judges::fill_xlsx(&office.path("a.xlsx"), &office.path("b.xlsx"), &steps) else { return };
    let findings = office.run(["check", "b.xlsx", "--json"]).json();
    let rows: Vec<&Value> =
        findings.as_array().expect("findings").iter().filter(|f| f["sheet"] == "表三").collect();
    assert_eq!(rows.len(), 24, "{rows:#?}");
    assert_eq!(rows[0]["cell"], "E6");
    assert_eq!(rows[0]["path"], "applications.new");
    assert!(
        rows[0]["message"].as_str().is_some_and(|told| told.contains("有5格没有填：商业企业、")),
        "{}",
        rows[0]
    );

    // The hint is one step.
    let Some(()) = judges::fill_xlsx(
        &office.path("b.xlsx"),
        &office.path("c.xlsx"),
        &[json!(["set", "基本情况", "B8", "是"])],
    ) else {
        return;
    };
    let findings = office.run(["check", "c.xlsx", "--json"]).json();
    assert_eq!(findings.as_array().expect("findings").iter().filter(|f| f["sheet"] == "表三").count(), 0);
}

#[test]
fn a_deleted_sheet_is_reported_by_its_name() {
    let office = new_office();
    new(&office, "a.xlsx", "某县民政局");
    let Some(()) =
        judges::fill_xlsx(&office.path("a.xlsx"), &office.path("b.xlsx"), &[json!(["remove", "表四"])])
    else {
        return;
    };
    let run = office.run(["check", "b.xlsx"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("没有找到“表四”这张表"), "{}", run.stdout);
}

#[test]
fn a_year_that_does_not_fit_the_form_is_reported() {
    let office = new_office();
    let run = office.run(["new", "--agency", "某县民政局", "--year", "2020", "-o", "a.xlsx"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let Some(()) = judges::fill_xlsx(
        &office.path("a.xlsx"),
        &office.path("b.xlsx"),
        &[json!(["set", "基本情况", "B4", 2025])],
    ) else {
        return;
    };
    let findings = office.run(["check", "b.xlsx", "--json"]).json();
    let found = findings.as_array().expect("findings").iter().find(|f| f["rule"] == "form-year");
    let found = found.unwrap_or_else(|| panic!("{findings:#}"));
    assert_eq!(found["severity"], "error");
    let hint = found["hint"].as_str().unwrap_or_default();
    assert!(hint.contains("另建一份工作簿") && hint.contains("〔2021〕30号"), "{found}");
    assert!(!hint.contains("gongbao"), "{found}");
}
