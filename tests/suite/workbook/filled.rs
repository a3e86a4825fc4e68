//! Workbooks filled in by openpyxl and LibreOffice.

use std::path::Path;

use gongbao_test_support::{Office, judges, sample};
use serde_json::{Value, json};

use crate::program::new_office;

/// The rows of 表三 from row 6 of the sheet on, as the form has them.
const APPLICATIONS: [&str; 25] = [
    "new",
    "carried_in",
    "handled.granted",
    "handled.partly_granted",
    "handled.refused.state_secret",
    "handled.refused.law_forbids",
    "handled.refused.public_safety",
    "handled.refused.third_party",
    "handled.refused.internal_affairs",
    "handled.refused.process_information",
    "handled.refused.enforcement_files",
    "handled.refused.enquiries",
    "handled.unavailable.not_held",
    "handled.unavailable.to_be_created",
    "handled.unavailable.still_unclear",
    "handled.not_processed.complaints",
    "handled.not_processed.repeated",
    "handled.not_processed.publications",
    "handled.not_processed.excessive",
    "handled.not_processed.confirmations",
    "handled.other.not_corrected",
    "handled.other.fee_unpaid",
    "handled.other.other",
    "handled.total",
    "carried_out",
];

fn shanghai() -> toml::Value {
    let text = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    toml::from_str(&text).expect("TOML")
}

fn at<'v>(report: &'v toml::Value, path: &str) -> &'v toml::Value {
    path.split('.').fold(report, |value, key| value.get(key).unwrap_or_else(|| panic!("{path}")))
}

fn set(sheet: &str, cell: impl Into<String>, value: impl Into<Value>) -> Value {
    json!(["set", sheet, cell.into(), value.into()])
}

/// The steps that type the figures of a report into a workbook.
fn typed(report: &toml::Value) -> Vec<Value> {
    let mut steps = vec![
        set("基本情况", "B6", at(report, "title").as_str()),
        set("基本情况", "B12", "政府办公厅（室）"),
        set("基本情况", "B13", "上海市"),
        set("基本情况", "B20", "www.shanghai.gov.cn"),
        set("注释", "B7", "注：行政复议、行政诉讼数量含上年度结转数量。"),
        set("注释", "A20", "表二 › 规章"),
        set("注释", "B20", "本年废止件数"),
        set("注释", "D20", "其中修订16件"),
        set("注释", "A21", "表二 › 行政规范性文件"),
        set("注释", "B21", "本年废止件数"),
        set("注释", "D21", "含自然失效29件"),
    ];
    for (cell, value) in [("B5", 22), ("C5", 22), ("D5", 235), ("B6", 34), ("C6", 55), ("D6", 189)] {
        steps.push(set("表二", cell, value));
    }
    steps.extend(["B9", "B12", "B13", "B16"].map(|cell| set("表二", cell, 0)));
    for (row, path) in (6..).zip(APPLICATIONS).filter(|(_, path)| *path != "handled.total") {
        let figures = at(report, &format!("applications.{path}")).as_array().expect("a row");
        for (column, figure) in "DEFGHI".chars().zip(figures) {
            steps.push(set("表三", format!("{column}{row}"), figure.as_integer()));
        }
    }
    for (columns, path) in [
        ("ABCD", "appeals.review"),
        ("FGHI", "appeals.litigation.direct"),
        ("KLMN", "appeals.litigation.after_review"),
    ] {
        for (column, figure) in columns.chars().zip(at(report, path).as_array().expect("a row")) {
            steps.push(set("表四", format!("{column}6"), figure.as_integer()));
        }
    }
    for (sheet, key) in [
        ("前言", "preface"),
        ("一、总体情况", "overview"),
        ("五、存在的主要问题及改进情况", "problems"),
        ("六、其他需要报告的事项", "other"),
    ] {
        let text = at(report, key).as_str().expect("text");
        for (row, line) in (4..).zip(text.lines().filter(|line| !line.trim().is_empty())) {
            steps.push(set(sheet, format!("B{row}"), line));
        }
    }
    steps
}

/// An empty workbook, filled in with openpyxl: `filled.xlsx`.
fn filled(steps: impl FnOnce(Vec<Value>) -> Vec<Value>) -> Option<Office> {
    let office = new_office();
    let run = office.run(["new", "--agency", "上海市人民政府办公厅", "--year", "2025", "-o", "empty.xlsx"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let steps = steps(typed(&shanghai()));
    judges::fill_xlsx(&office.path("empty.xlsx"), &office.path("filled.xlsx"), &steps)?;
    Some(office)
}

/// Returns the template's data of a report.
fn data(office: &Office, file: &str) -> Value {
    let run = office.run(["build", file, "--only", "data", "-o", "out"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let stem = Path::new(file).file_stem().expect("a stem").to_string_lossy().into_owned();
    let data: Value = serde_json::from_str(&office.text(&format!("out/{stem}/{stem}.json"))).expect("JSON");
    json!([data["title"], data["preface"], data["chapters"]])
}

#[test]
fn a_workbook_filled_in_by_openpyxl_or_libreoffice_builds_like_the_text_file() {
    let Some(office) = filled(|steps| steps) else { return };
    office.file("toml/text.toml", std::fs::read(sample("shanghai-gov-office-2025.toml")).expect("sample"));
    let expected = data(&office, "toml/text.toml");
    // openpyxl does not save the values of formulas.
    assert_eq!(data(&office, "filled.xlsx"), expected);

    let Some(()) = judges::libreoffice(&[office.path("filled.xlsx")], "xlsx", &office.path("lo"), None)
    else {
        return;
    };
    assert_eq!(data(&office, "lo/filled.xlsx"), expected);
    // LibreOffice computes the formulas: every check holds, every total is the published one.
    let Some(looks) = judges::look_xlsx(&office.path("lo/filled.xlsx")) else { return };
    let values = &looks["表三"]["values"];
    for (row, path) in (6..).zip(APPLICATIONS) {
        let report = shanghai();
        let total = at(&report, &format!("applications.{path}")).as_array().expect("a row")[6].as_integer();
        assert_eq!(values[format!("J{row}")].as_f64().map(|total| total as i64), total, "{path}");
        assert_eq!(values[format!("K{row}")], "√", "{path}");
    }
    for column in "DEFGHIJ".chars() {
        assert_eq!(values[format!("{column}31")], "√", "S1 {column}");
        assert_eq!(values[format!("{column}32")], "√", "S2 {column}");
    }
    for cell in ["E7", "J7", "O7"] {
        assert_eq!(looks["表四"]["values"][cell], "√", "S4 {cell}");
    }
    assert_eq!(looks["基本情况"]["values"]["B30"], "没有不符");
}

#[test]
fn a_wrong_sum_turns_red_and_is_reported_at_its_cell() {
    let Some(office) = filled(|mut steps| {
        steps.push(set("表三", "D30", 291));
        steps
    }) else {
        return;
    };
    let run = office.run(["check", "filled.xlsx", "--json"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let findings = run.json();
    let errors: Vec<&Value> = findings
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .collect();
    let [error] = errors.as_slice() else { panic!("{errors:#?}") };
    assert_eq!(
        (&error["rule"], &error["sheet"], &error["cell"]),
        (&json!("S1"), &json!("表三"), &json!("D6"))
    );
    assert!(error["line"].is_null() && error["column"].is_null(), "{error}");
    let shown = office.run(["check", "filled.xlsx"]);
    assert!(shown.stdout.contains("filled.xlsx:表三!D6"), "{}", shown.stdout);

    let Some(()) = judges::libreoffice(&[office.path("filled.xlsx")], "xlsx", &office.path("lo"), None)
    else {
        return;
    };
    let Some(looks) = judges::look_xlsx(&office.path("lo/filled.xlsx")) else { return };
    let table = &looks["表三"];
    assert_eq!((&table["values"]["D31"], &table["values"]["J31"]), (&json!("差-1"), &json!("差-1")));
    assert_eq!((&table["values"]["E31"], &table["values"]["D32"]), (&json!("√"), &json!("√")));
    assert_eq!(looks["基本情况"]["values"]["B30"], "有2处不符");
    // Conditional formats: every check turns red by its text.
    for cell in ["D31", "J31", "D32", "K6"] {
        let rule = table["reds"][cell].as_str().expect("a rule");
        assert!(rule.contains(cell) && rule.contains("差"), "{cell}: {rule}");
    }
}

#[test]
fn only_figures_can_be_typed_into_the_tables() {
    let office = new_office();
    let run = office.run(["new", "--agency", "某县民政局", "--year", "2025", "-o", "a.xlsx"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let Some(looks) = judges::look_xlsx(&office.path("a.xlsx")) else { return };
    let names: Vec<&str> = looks.as_object().expect("sheets").keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "基本情况",
            "前言",
            "一、总体情况",
            "表二",
            "表三",
            "表四",
            "五、存在的主要问题及改进情况",
            "六、其他需要报告的事项",
            "表前后文字",
            "注释",
            "审核",
            "gongbao"
        ]
    );
    // 22 rows are not totals; 6 figures in each are not totals.
    for (sheet, figures) in [("表二", 10), ("表三", 24 * 6), ("表四", 12)] {
        let seen = &looks[sheet];
        assert_eq!(seen["protected"], true, "{sheet}");
        assert_eq!(seen["password"], false, "{sheet}");
        assert_eq!(seen["unlocked"].as_array().map(Vec::len), Some(figures), "{sheet}");
        // Every input cell accepts figures, / and 空白 only.
        for cell in seen["unlocked"].as_array().expect("cells") {
            let rule = seen["rules"][cell.as_str().expect("a cell")].as_str().expect("a rule");
            assert!(
                rule.contains("\"/\"") && rule.contains("\"空白\"") && rule.contains("ISNUMBER"),
                "{rule}"
            );
        }
        assert_eq!((&seen["paper"], &seen["fit"]), (&json!(9), &json!(true)), "{sheet}");
        assert!(seen["notes"].as_object().is_some_and(|notes| notes.len() > 5), "{sheet}");
    }
    // The official headers with their merged cells.
    let merged = looks["表三"]["merged"].as_array().expect("merged");
    for part in [
        "A3:C5", "D3:J3", "D4:D5", "E4:I4", "J4:J5", "A6:C6", "A8:A29", "B10:B17", "B18:B20", "B21:B25",
        "B26:B28", "A30:C30",
    ] {
        assert!(merged.contains(&json!(part)), "{part}: {merged:?}");
    }
    assert_eq!(looks["表三"]["freeze"], "D6");
    assert_eq!(looks["gongbao"]["state"], "hidden");
    assert!(looks["基本情况"]["lists"]["B8"].as_str().is_some_and(|list| list.contains("是,否")));
    assert!(looks["基本情况"]["lists"]["B12"].as_str().is_some_and(|list| list.contains("乡镇、街道")));
}
