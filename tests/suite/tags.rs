//! The tags of the PDF, which a screen reader reads: labels, figures, table headers, headings.

use gongbao_core::form::{self, CellKind};
use gongbao_test_support::{SAMPLES, sample};
use serde_json::Value;

use crate::{
    figures::figures_of,
    layout::{list, samples},
};

#[test]
fn every_label_and_figure_is_tagged_in_its_cell() {
    let Some(samples) = samples() else { return };
    for (pdf, stem) in samples.iter().zip(SAMPLES) {
        let figures = figures_of(&std::fs::read_to_string(sample(&format!("{stem}.toml"))).expect("sample"));
        let year: u16 = stem.rsplit('-').next().and_then(|year| year.parse().ok()).expect("year");
        let form = form::by_year(year).expect("forms").expect("form");
        let tables = list(&pdf["tables"]);
        assert_eq!(tables.len(), 3, "{stem}");
        for ((key, table), read) in form.tables().zip(tables) {
            assert_eq!(read["problems"], Value::Array(Vec::new()), "{stem} {key}");
            let cells = list(&read["cells"]);
            let grid = table.grid(&[]).expect("grid");
            assert_eq!(grid.cells().count(), cells.len(), "{stem} {key}");
            for cell in grid.cells() {
                let found = cells
                    .iter()
                    .find(|read| read["row"] == cell.y && read["column"] == cell.x)
                    .unwrap_or_else(|| panic!("{stem} {key}: nothing at {} {}", cell.y, cell.x));
                let (kind, text) = match &cell.kind {
                    CellKind::Band(label) => ("TH", label.clone()),
                    CellKind::Note(label) => ("TD", label.clone()),
                    CellKind::Column { label, remark, .. } | CellKind::Row { label, remark, .. } => {
                        ("TH", label.replace('\n', "") + remark)
                    }
                    CellKind::Figure { path, .. } => ("TD", figures[&format!("{key}.{path}")].clone()),
                };
                assert_eq!(found["kind"], kind, "{stem} {key} {text}");
                assert_eq!(
                    found["text"].as_str().map(|text| text.replace(['\n', ' '], "")),
                    Some(text),
                    "{stem} {key}"
                );
            }
        }
    }
}

#[test]
fn a_screen_reader_is_given_every_header_of_a_cell() {
    let Some(samples) = samples() else { return };
    let table = &list(&samples[1]["tables"])[1];
    let cell = list(&table["cells"])
        .iter()
        .find(|cell| {
            list(&cell["row_headers"]).last().is_some_and(|h| h == "1.属于国家秘密")
                && list(&cell["column_headers"]).last().is_some_and(|h| h == "商业企业")
        })
        .expect("the cell");
    assert_eq!(
        cell["row_headers"],
        serde_json::json!(["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"])
    );
    assert_eq!(cell["column_headers"], serde_json::json!(["申请人情况", "法人或其他组织", "商业企业"]));
    let table = &list(&samples[1]["tables"])[0];
    let cell = list(&table["cells"])
        .iter()
        .find(|cell| {
            list(&cell["row_headers"]).last().is_some_and(|h| h == "行政许可") && cell["kind"] == "TD"
        })
        .expect("the cell");
    // 信息内容 is a header of the row header 行政许可 and therefore comes last.
    let heard = serde_json::json!(["第二十条第（五）项", "本年处理决定数量", "信息内容"]);
    assert_eq!(cell["column_headers"], heard);
}

#[test]
fn headings_are_tagged_and_bookmarked() {
    let Some(samples) = samples() else { return };
    for pdf in &samples {
        let outline: Vec<&str> =
            list(&pdf["outline"]).iter().filter_map(|entry| entry["title"].as_str()).collect();
        for chapter in ["一、总体情况", "四、政府信息公开行政复议、行政诉讼情况", "六、其他需要报告的事项"]
        {
            assert!(outline.contains(&chapter), "{chapter} in {outline:?}");
        }
    }
    let outline = samples[0]["outline"].to_string();
    assert!(outline.contains("（一）加大主动公开力度\""), "without its full stop: {outline}");
}
