//! Changes people make to a workbook: renamed sheets, inserted rows, numbers in odd formats.

use gongbao_test_support::{Office, judges};
use serde_json::{Value, json};

use crate::program::new_office;

/// Makes a workbook in which every figure is 0, `zero.xlsx`, and performs steps on it: `done.xlsx`.
fn done(steps: &[Value]) -> Option<Office> {
    let office = new_office();
    office.file("zero.toml", ZERO);
    // A report made with `--from` has the texts of the other one; `blanks = "zero"` gives the figures.
    let run = office.run(["new", "--from", "zero.toml", "-o", "zero.xlsx"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let mut all = vec![json!(["set", "基本情况", "B8", "是"])];
    for sheet in ["一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]
    {
        // The mark of a draft is deleted, as after revising the text.
        all.push(json!(["set", sheet, "A4", null]));
        all.push(json!(["set", sheet, "B4", null]));
    }
    all.extend_from_slice(steps);
    judges::fill_xlsx(&office.path("zero.xlsx"), &office.path("done.xlsx"), &all)?;
    Some(office)
}

const ZERO: &str = r#"
year = 2024
blanks = "zero"
overview = """
（一）主动公开。公开了机构职能和办事指南。
（二）依申请公开。按时答复申请。
（三）政府信息管理。建立了目录，及时更新。
（四）平台建设。维护了网站的公开专栏。
（五）监督保障。开展了业务培训。
"""
problems = "公开的形式还不够丰富，下一步改进栏目设置，增加图解。"
other = "本年度没有收取信息处理费。"

[agency]
name = "某县民政局"
kind = "department"
phone = "0000-1234567"
"#;

/// A figure of the report as the template prints it.
fn printed(office: &Office) -> Value {
    let run = office.run(["build", "done.xlsx", "--only", "data"]);
    assert_eq!(run.code, 0, "{run:#?}");
    serde_json::from_str(&office.text("out/done/done.json")).expect("JSON")
}

/// The figures of a table, row by row.
fn figures(data: &Value, table: &str) -> Vec<Vec<String>> {
    let chapters = data["chapters"].as_array().expect("chapters");
    let table = chapters.iter().map(|chapter| &chapter["table"]).find(|known| known["key"] == table);
    let blocks = table.expect("the table")["blocks"].as_array().expect("blocks");
    let rows = blocks.iter().flat_map(|block| block["rows"].as_array().expect("rows"));
    rows.map(|row| {
        let cells = row["cells"].as_array().expect("cells").iter().filter(|cell| cell["kind"] == "figure");
        cells
            .map(|cell| match cell["note"].as_str().unwrap_or_default() {
                "" => cell["text"].as_str().unwrap_or_default().to_owned(),
                note => format!("{}（{note}）", cell["text"].as_str().unwrap_or_default()),
            })
            .collect()
    })
    .collect()
}

#[test]
fn renamed_and_moved_sheets_and_inserted_rows_and_columns_are_read() {
    let Some(office) = done(&[
        json!(["set", "表三", "D6", 3]),
        json!(["set", "表三", "D8", 3]),
        json!(["set", "表四", "A6", 2]),
        json!(["set", "表二", "B9", 5]),
        json!(["rename", "表三", "依申请公开"]),
        json!(["rename", "基本情况", "封面"]),
        json!(["rename", "一、总体情况", "Sheet1"]),
        json!(["move", "表二", 5]),
        json!(["move", "表四", -5]),
        json!(["rows", "依申请公开", 1, 3]),
        json!(["rows", "封面", 1, 2]),
        json!(["rows", "Sheet1", 3, 1]),
        json!(["columns", "表四", 1, 1]),
        json!(["remove", "gongbao"]),
    ]) else {
        return;
    };
    let data = printed(&office);
    let applications = figures(&data, "applications");
    assert_eq!(applications[0], ["3", "0", "0", "0", "0", "0", "3"]);
    assert_eq!(applications[23], ["3", "0", "0", "0", "0", "0", "3"]);
    assert_eq!(figures(&data, "appeals")[0][..5], ["2", "0", "0", "0", "2"]);
    assert_eq!(figures(&data, "disclosure")[2], ["5"]);
    // Findings name the cell by its new position.
    let Some(()) = judges::fill_xlsx(
        &office.path("done.xlsx"),
        &office.path("wrong.xlsx"),
        &[json!(["set", "依申请公开", "D9", "三件"])],
    ) else {
        return;
    };
    let run = office.run(["check", "wrong.xlsx"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("wrong.xlsx:依申请公开!D9"), "{}", run.stdout);
}

#[test]
fn numbers_are_read_in_every_format() {
    let Some(office) = done(&[
        json!(["set", "表二", "B5", "12"]),
        json!(["set", "表二", "C5", "／"]),
        json!(["set", "表二", "D5", "１，２３４"]),
        json!(["set", "表二", "B6", "1,234"]),
        json!(["set", "表二", "C6", "2（含自然失效1件）"]),
        json!(["set", "表二", "D6", " 1232 "]),
        json!(["set", "表二", "B16", "0.30"]),
        json!(["set", "表二", "B12", "空 白"]),
    ]) else {
        return;
    };
    // 空白填0 makes the blank cell 0.
    let run = office.run(["check", "done.xlsx", "--json"]);
    let told: Vec<String> = run
        .json()
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .map(|finding| {
            format!("{} {}!{}", finding["rule"], finding["sheet"], finding["cell"]).replace('"', "")
        })
        .collect();
    assert_eq!(told, Vec::<String>::new());
    let disclosure = figures(&printed(&office), "disclosure");
    assert_eq!(disclosure[0], ["12", "/", "1234"]);
    assert_eq!(disclosure[1], ["1234", "2（含自然失效1件）", "1232"]);
    assert_eq!(disclosure[3], ["0"]);
    assert_eq!(disclosure[5], ["0.3"]);
}

#[test]
fn a_cell_that_is_no_figure_is_reported_with_the_accepted_values() {
    let Some(office) = done(&[
        json!(["set", "表二", "B5", "若干"]),
        json!(["set", "表二", "C5", -1]),
        json!(["set", "表二", "D5", 1.5]),
        json!(["date", "表二", "B6", "2025-01-02"]),
        json!(["set", "表二", "C6", "=B9+1"]),
        json!(["set", "注释", "A20", "表二 › 没有的行"]),
        json!(["set", "基本情况", "B12", "其他"]),
        json!(["set", "基本情况", "B7", "明年春天"]),
        json!(["set", "一、总体情况", "A5", "1."]),
    ]) else {
        return;
    };
    let run = office.run(["check", "done.xlsx", "--json"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let findings = run.json();
    let find = |cell: &str| {
        let (sheet, cell) = cell.split_once('!').expect("a place");
        findings
            .as_array()
            .expect("findings")
            .iter()
            .find(|finding| finding["sheet"] == sheet && finding["cell"] == cell)
            .unwrap_or_else(|| panic!("{sheet}!{cell}: {findings:#}"))
    };
    for (cell, rule, message, hint) in [
        ("表二!B5", "shape", "写的是“若干”", "没有发生的填 0，不适用的填 /，有意留空的填 空白"),
        ("表二!C5", "S10", "件数不能是负数", ""),
        ("表二!D5", "S10", "只能填整数", ""),
        ("表二!B6", "shape", "日期", "没有发生的填 0"),
        ("表二!C6", "shape", "是公式", "打开工作簿保存一次"),
        ("注释!A20", "shape", "没有“表二 › 没有的行”这一行", "下拉框"),
        ("基本情况!B12", "shape", "其他", "乡镇、街道"),
        ("基本情况!B7", "shape", "明年春天", "2025-1-24"),
        ("一、总体情况!A5", "numbering", "级别", "序号"),
    ] {
        let cell = if cell.ends_with("A5") { "一、总体情况!B5" } else { cell };
        let finding = find(cell);
        assert_eq!(finding["rule"], rule, "{finding}");
        assert!(finding["message"].as_str().is_some_and(|told| told.contains(message)), "{finding}");
        assert!(
            hint.is_empty() || finding["hint"].as_str().is_some_and(|told| told.contains(hint)),
            "{finding}"
        );
        assert!(finding["line"].is_null(), "{finding}");
    }
    assert!(find("基本情况!B12")["message"].as_str().is_some_and(|told| told.starts_with("“单位类别”")));
    assert_eq!(find("基本情况!B7")["place"], "基本情况 › 成文日期");
}

#[test]
fn findings_in_a_workbook_use_the_words_of_the_workbook() {
    let Some(office) = done(&[
        json!(["set", "基本情况", "B23", "是"]),
        json!(["set", "基本情况", "B6", "某县教育局2025年政府信息公开工作年度报告"]),
        json!([
            "set",
            "一、总体情况",
            "B5",
            "（一）主动公开。公开了机构职能。（二）依申请公开。新收申请7件。"
        ]),
        json!(["set", "一、总体情况", "B6", "2023年，我局开展了业务培训。"]),
        json!([
            "set",
            "五、存在的主要问题及改进情况",
            "B5",
            "2021年，公开的形式还不够丰富，下一步改进栏目设置。"
        ]),
    ]) else {
        return;
    };
    let run = office.run(["check", "done.xlsx", "--json"]);
    let findings = run.json();
    let findings = findings.as_array().expect("findings");
    assert!(findings.len() >= 4, "{findings:#?}");
    for finding in findings {
        assert!(finding["sheet"].is_string() && finding["cell"].is_string(), "{finding}");
        let told = [&finding["message"], &finding["hint"], &finding["place"]];
        for told in told.into_iter().filter_map(Value::as_str) {
            for word in ["[[accepted]]", "[filing]", "报告头", "agency.name", "报告文件里"] {
                assert!(!told.contains(word), "{word}: {finding}");
            }
        }
    }
    let p1 =
        findings.iter().find(|finding| finding["rule"] == "P1").unwrap_or_else(|| panic!("{findings:#?}"));
    assert_eq!((&p1["sheet"], &p1["cell"]), (&json!("一、总体情况"), &json!("B5")));
}

#[test]
fn paragraphs_are_numbered_by_their_level() {
    let mut steps = Vec::new();
    for (row, (level, words)) in (4..).zip([
        ("（一）", "主动公开。公开了机构职能。"),
        ("1.", "及时更新。"),
        ("1.", "编制目录。"),
        ("（一）", "依申请公开。按时答复。"),
        ("1", "登记。"),
        ("（1）", "编号。"),
        ("正文", "政府信息管理、平台建设、监督保障都有人负责。"),
    ]) {
        steps.push(json!(["set", "一、总体情况", format!("A{row}"), level]));
        steps.push(json!(["set", "一、总体情况", format!("B{row}"), words]));
    }
    for row in 11..=12 {
        steps.push(json!(["set", "一、总体情况", format!("B{row}"), null]));
    }
    let Some(office) = done(&steps) else { return };
    let data = printed(&office);
    let paragraphs = data["chapters"][0]["paragraphs"].as_array().expect("paragraphs");
    let words = |paragraph: &Value| -> String {
        let runs = paragraph["heading"].as_array().into_iter().chain(paragraph["runs"].as_array()).flatten();
        runs.filter_map(|run| run["text"].as_str()).collect()
    };
    let told: Vec<String> = paragraphs.iter().map(words).collect();
    assert_eq!(
        told,
        [
            "（一）主动公开。公开了机构职能。",
            "1.及时更新。",
            "2.编制目录。",
            "（二）依申请公开。按时答复。",
            "1.登记。",
            "（1）编号。",
            "政府信息管理、平台建设、监督保障都有人负责。"
        ]
    );
}
