//! Content of the web page: figures in their cells, headers as in the PDF, texts in order.

use std::collections::BTreeMap;

use gongbao_test_support::{SAMPLES, judges};
use serde_json::Value;

use super::{
    browser,
    scene::{self, HOSTILE, STEMS},
};

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("text: {value}"))
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Returns the cells of the DOM by table, row and grid column; a spanning cell is at each of its places.
fn grid(read: &Value) -> BTreeMap<(usize, usize, usize), &Value> {
    let mut grid = BTreeMap::new();
    for (number, rows) in list(&read["cells"]).iter().enumerate() {
        for (y, row) in list(rows).iter().enumerate() {
            let mut x = 0;
            for cell in list(row) {
                while grid.contains_key(&(number, y, x)) {
                    x += 1;
                }
                let span =
                    |key: &str| cell[key].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a span");
                for dy in 0..span("rowspan") {
                    for dx in 0..span("colspan") {
                        assert!(
                            grid.insert((number, y + dy, x + dx), cell).is_none(),
                            "two cells at {y} {x}"
                        );
                    }
                }
                x += span("colspan");
            }
        }
    }
    grid
}

#[test]
fn every_figure_of_the_file_is_in_its_cell() {
    for stem in SAMPLES {
        for fragment in [false, true] {
            let Some(read) = browser::read(stem, fragment) else { return };
            let grid = grid(read);
            let placed = scene::placed(stem);
            for figure in &placed {
                let cell = grid[&(figure.table, figure.row, figure.column)];
                assert_eq!(text(&cell["text"]), figure.text, "{stem} {figure:?}");
                assert_eq!(cell["tag"], "td");
            }
            let figures = list(&read["cells"]).iter().flat_map(list).flat_map(list);
            let figures = figures.filter(|cell| cell["tag"] == "td").count();
            // The note in the corner of 表三 is the only cell that is neither header nor figure.
            assert_eq!(figures, placed.len() + 1, "{stem}");
        }
    }
}

#[test]
fn cells_have_the_same_headers_as_in_the_pdf() {
    let files = SAMPLES.map(|stem| scene::built().path(&format!("out/{stem}/public/{stem}.pdf")));
    let Some(pdfs) = judges::read_pdf(&files) else { return };
    for (stem, pdf) in SAMPLES.iter().zip(&pdfs) {
        let Some(page) = browser::read(stem, false) else { return };
        assert_eq!(list(&page["tables"]).len(), 3);
        for (ours, theirs) in list(&page["tables"]).iter().zip(list(&pdf["tables"])) {
            assert_eq!(ours["problems"], Value::Array(Vec::new()), "{stem}");
            assert!(text(&ours["name"]).contains(text(&theirs["summary"])), "{}", ours["name"]);
            assert_eq!(list(&ours["cells"]).len(), list(&theirs["cells"]).len());
            for (ours, theirs) in list(&ours["cells"]).iter().zip(list(&theirs["cells"])) {
                for key in ["row", "column", "rowspan", "colspan", "kind"] {
                    assert_eq!(ours[key], theirs[key], "{stem} {ours}");
                }
                assert_eq!(bare(text(&ours["text"])), bare(text(&theirs["text"])));
                for key in ["row_headers", "column_headers"] {
                    let said =
                        |cell: &Value| list(&cell[key]).iter().map(|h| bare(text(h))).collect::<Vec<_>>();
                    assert_eq!(said(ours), said(theirs), "{stem} {key} of {ours}");
                }
            }
        }
    }
}

#[test]
fn a_figure_names_all_its_headers_itself() {
    // Browsers and screen readers do not follow a header to its own headers.
    let Some(page) = browser::read("shanghai-gov-office-2025", false) else { return };
    let cells = list(&page["tables"][1]["cells"]);
    let figure = cells.iter().find(|cell| cell["row"] == 10 && cell["column"] == 4).expect("a figure");
    let own: Vec<&str> = list(&figure["own"]).iter().map(text).collect();
    let headers = ["申请人情况", "法人或其他组织", "商业企业", "三、本年度办理结果", "（三）不予公开"];
    assert_eq!(own[..5], headers);
    assert_eq!(own.len(), 6);
    for cell in list(&page["cells"]).iter().flat_map(list).flat_map(list) {
        let has = |name: &str| list(&cell["attributes"]).iter().any(|attribute| attribute == name);
        let note = text(&cell["text"]).starts_with("（本列数据的勾稽关系");
        match text(&cell["tag"]) {
            "th" => assert!(has("scope") && has("id"), "{cell}"),
            _ => assert!(has("headers") || note, "{cell}"),
        }
    }
}

#[test]
fn the_text_is_that_of_the_pdf_in_the_same_order() {
    let files = STEMS.map(|stem| scene::built().path(&format!("out/{stem}/public/{stem}.pdf")));
    let Some(pdfs) = judges::read_pdf(&files) else { return };
    for (stem, pdf) in STEMS.iter().zip(&pdfs) {
        let mut theirs = String::new();
        for element in list(&pdf["structure"]) {
            outside_tables(element, &mut theirs);
        }
        for fragment in [false, true] {
            let Some(read) = browser::read(stem, fragment) else { return };
            let ours: String = list(&read["running"]).iter().map(text).collect();
            // A fragment is below the heading of the portal's page.
            let ours = if fragment { ours.trim_start_matches("栏目") } else { &ours };
            assert_eq!(bare(ours), bare(&theirs), "{stem} {fragment}");
        }
    }
}

fn outside_tables(element: &Value, words: &mut String) {
    if element["type"] == "Table" {
        return;
    }
    let children = list(&element["children"]);
    if children.iter().any(|child| child.to_string().contains("\"Table\"")) || element["type"] == "Document" {
        children.iter().for_each(|child| outside_tables(child, words));
    } else {
        *words += text(&element["text"]);
    }
}

#[test]
fn headings_have_their_levels_including_numbered_headings_within_text() {
    let headings = |stem: &str, fragment: bool| -> Option<Vec<(u64, String)>> {
        let read = browser::read(stem, fragment)?;
        let headings = list(&read["headings"]).iter();
        Some(headings.map(|h| (h["level"].as_u64().expect("level"), text(&h["text"]).to_owned())).collect())
    };
    let Some(page) = headings(HOSTILE, false) else { return };
    assert_eq!(page[0].0, 1);
    let from = page.iter().position(|(_, words)| words == "一、总体情况").expect("chapter 一");
    let levels: Vec<u64> = page[from..from + 5].iter().map(|(level, _)| *level).collect();
    assert_eq!(levels, [2, 3, 4, 4, 3]);
    assert_eq!(page[from + 2].1, "1.主动公开");
    assert_eq!(page[from + 4].1, "（二）其他。");
    assert!(!page.iter().any(|(_, words)| words.contains("门户网站；")), "an item of a list heads nothing");
    let Some(fragment) = headings(HOSTILE, true) else { return };
    // The headings of a fragment are one level lower, below the heading of the portal's page.
    let deeper: Vec<(u64, String)> = page.into_iter().map(|(level, words)| (level + 1, words)).collect();
    assert_eq!(fragment[1..], deeper);
}
