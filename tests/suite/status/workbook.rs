//! The workbook 报送情况表, read by openpyxl.

use gongbao_test_support::judges;
use serde_json::Value;

use super::{
    county::{County, report, wrong_sum},
    fifty,
};

type Rows = Vec<Vec<String>>;

/// Returns the rows of both sheets, each cell as text; `None` where openpyxl is missing.
fn sheets(county: &County, file: &str) -> Option<[Rows; 2]> {
    let book = judges::read_xlsx(&county.path(file))?;
    assert_eq!(book["formulas"], Value::Object(serde_json::Map::new()), "no words taken for a formula");
    let names: Vec<&String> = book["sheets"].as_object().expect("sheets").keys().collect();
    assert_eq!(names, ["报送情况", "退回原因和提醒"]);
    let rows = |name: &str| serde_json::from_value(book["sheets"][name].clone()).expect("rows of text");
    Some([rows("报送情况"), rows("退回原因和提醒")])
}

#[test]
fn every_body_and_every_reason_has_a_row() {
    let county = fifty::county();
    county.run(["报告", "--roster", "名册.toml", "-o", "送审/报送情况.xlsx"]);
    let Some([board, reasons]) = sheets(&county, "送审/报送情况.xlsx") else { return };
    assert_eq!(board.len(), 3 + 53);
    assert_eq!(board[0][0], "2025年政府信息公开工作年度报告报送情况表");
    assert_eq!(board[1][0], "应报50家，已报48家：已过38，退回7，已公布3；未报2；不在名册2；读不出1");
    let headings =
        ["序号", "单位", "状态", "错误数", "提醒数", "退回原因", "报送文件", "公布日期", "联系电话"];
    assert_eq!(board[2], headings);

    let row = |name: &str| board.iter().find(|row| row[1] == name).unwrap_or_else(|| panic!("{name}"));
    assert_eq!(row("涟水县第1局")[..4], ["1", "涟水县第1局", "退回", "1"]);
    assert!(row("涟水县第1局")[5].starts_with("S4 表四 › 行政诉讼 › 未经复议直接起诉 › 总计："));
    assert_eq!(row("涟水县第1局")[6..], ["01.toml", "", "0517-1"]);
    assert_eq!(row("涟水县第6局")[2..], ["未报", "", "", "", "", "", "0517-6"]);
    assert_eq!(row("涟水县第8局")[2..4], ["已公布", "0"]);
    assert_eq!(row("涟水县第8局")[6..], ["08.toml", "2026-01-08", "0517-8"]);
    let states: Vec<&str> = board[3..].iter().map(|row| row[2].as_str()).collect();
    let mut kinds = states.clone();
    kinds.dedup();
    assert_eq!(
        kinds,
        ["退回", "读不出", "未报", "不在名册", "已过（有提醒4处）", "已过（有提醒1处）", "已过", "已公布"]
    );

    assert_eq!(reasons[0], ["单位", "轻重", "规则", "位置", "问题", "办法", "文件", "行"]);
    let of = |name: &str| reasons.iter().filter(|row| row[0] == name).collect::<Vec<_>>();
    assert_eq!(of("涟水县第5局").len(), 3);
    let missing = of("涟水县第2局")[0];
    assert_eq!(
        missing[1..5],
        ["错误", "missing", "表二 › 行政处罚", "缺少“行政处罚”（disclosure.penalties）"]
    );
    assert!(missing[5].starts_with("没有发生的填 0"));
    assert_eq!(missing[6], "02.toml");
    assert!(missing[7].parse::<u32>().is_ok());
    assert_eq!(of("坏.toml").len(), 1);
    assert_eq!(of("涟水县第6局").len(), 0);
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let county = fifty::county();
    county.run(["报告", "--roster", "名册.toml", "-o", "a.xlsx"]);
    // Times in a ZIP file have a resolution of two seconds.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    county.run(["报告", "--roster", "名册.toml", "-o", "b.xlsx"]);
    let read = |name| std::fs::read(county.path(name)).expect("a workbook");
    assert!(read("a.xlsx") == read("b.xlsx"));
}

#[test]
fn texts_that_look_like_formulas_are_texts() {
    let county = County::new();
    let name = "=HYPERLINK(1)";
    county.file("报告/a.toml", wrong_sum(&report(name, 1)));
    let run = county.run(["报告", "-o", "表.xlsx"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let Some([board, reasons]) = sheets(&county, "表.xlsx") else { return };
    assert_eq!((board[3][1].as_str(), reasons[1][0].as_str()), (name, name));
}
