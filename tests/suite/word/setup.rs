//! Page setup, text grid, faces and page numbers of the Word file by GB/T 9704-2012, in the file and as LibreOffice sets them.

use gongbao_test_support::judges;
use serde_json::{Value, json};

use super::office::{STEMS, opened, read};

fn near(value: &Value, wanted: f64, tolerance: f64) {
    let value = value.as_f64().expect("a number");
    assert!((value - wanted).abs() <= tolerance, "{value} is not {wanted}");
}

#[test]
fn every_file_is_valid_by_the_schema_and_opens_in_the_current_mode() {
    for stem in STEMS {
        let Some(file) = read(stem) else { return };
        assert_eq!(file["problems"], json!([]), "{stem}");
        assert_eq!(file["compatibility"], "15");
        assert_eq!(file["language"], "zh-CN");
        assert_eq!(file["properties"]["language"], "zh-CN");
    }
    let properties = &read("signed").expect("the judge is there")["properties"];
    assert_eq!(properties["title"], "清河县机关事务管理局2024年政府信息公开工作年度报告");
    assert_eq!(properties["author"], "清河县机关事务管理局");
    for date in ["created", "modified"] {
        assert_eq!(properties[date], "2025-01-24T00:00:00+00:00", "the report's date, and no clock");
    }
}

#[test]
fn the_page_setup_is_that_of_the_standard() {
    let Some(file) = read("signed") else { return };
    let page = &file["page"];
    for (side, millimetres) in [
        ("width_mm", 210.0),
        ("height_mm", 297.0),
        ("top_mm", 37.0),
        ("bottom_mm", 35.0),
        ("left_mm", 28.0),
        ("right_mm", 26.0),
    ] {
        near(&page[side], millimetres, 0.02);
    }
    grid_holds_22_lines_of_28(page);
}

#[test]
fn the_margins_for_letters_put_the_characters_on_the_lines_of_the_standard() {
    let Some(file) = read("letters") else { return };
    let page = &file["page"];
    near(&page["top_mm"], 34.58, 0.02);
    near(&page["bottom_mm"], 32.58, 0.02);
    near(&page["left_mm"], 28.0, 0.02);
    grid_holds_22_lines_of_28(page);
    // The space above and below the characters of a line makes up for the smaller margins.
    let pitch = page["line_pitch_twips"].as_f64().expect("a pitch") / 20.0;
    let above = (pitch - 16.0) / 2.0 / 72.0 * 25.4;
    near(&json!(page["top_mm"].as_f64().expect("a margin") + above), 37.0, 0.05);
    near(&json!(page["bottom_mm"].as_f64().expect("a margin") + above), 35.0, 0.05);
}

/// Checks the grid as Word computes it: whole lines in the height, characters of 正文's size plus `char_space` in the width.
fn grid_holds_22_lines_of_28(page: &Value) {
    assert_eq!(page["grid"], "linesAndChars");
    let number = |key: &str| page[key].as_f64().expect("a number");
    let points = |millimetres: f64| millimetres / 25.4 * 72.0;
    let height = points(number("height_mm") - number("top_mm") - number("bottom_mm"));
    let width = points(number("width_mm") - number("left_mm") - number("right_mm"));
    let lines = height / (number("line_pitch_twips") / 20.0);
    let characters = width / (16.0 + number("char_space") / 4096.0);
    assert!((22.0..22.1).contains(&lines), "{lines} lines");
    assert!((28.0..28.01).contains(&characters), "{characters} characters");
}

#[test]
fn styles_have_their_names_faces_and_levels() {
    let Some(file) = read("signed") else { return };
    let styles = &file["styles"];
    for (name, face, latin, size, level, indent) in [
        ("Title", "方正小标宋简体", "方正小标宋简体", 22.0, None, None),
        ("Heading 1", "黑体", "黑体", 16.0, Some(1), Some("200")),
        ("Heading 2", "楷体_GB2312", "Times New Roman", 16.0, Some(2), Some("200")),
        ("Body Text", "仿宋_GB2312", "Times New Roman", 16.0, None, Some("200")),
        ("Signature", "仿宋_GB2312", "Times New Roman", 16.0, None, None),
        ("Date", "仿宋_GB2312", "Times New Roman", 16.0, None, None),
        ("Footer", "宋体", "宋体", 14.0, None, None),
        ("表格数字", "宋体", "宋体", 10.5, None, None),
        ("表格栏目", "宋体", "宋体", 10.5, None, None),
        ("表格行目", "宋体", "宋体", 10.5, None, None),
        ("表注", "宋体", "宋体", 10.5, None, None),
    ] {
        let style = &styles[name];
        assert_eq!(style["east_asian"], face, "{name}");
        assert_eq!(style["latin"], latin, "{name}");
        assert_eq!(style["size_pt"], size, "{name}");
        assert_eq!(style["outline_level"], json!(level), "{name}");
        assert_eq!(style["first_line_chars"], json!(indent), "{name}");
    }
    assert_eq!(styles["Body Text"]["snaps_to_grid"], true);
    assert_eq!(styles["表格数字"]["snaps_to_grid"], false);
}

#[test]
fn page_numbers_are_fields_on_the_outer_side() {
    let Some(file) = read("signed") else { return };
    assert_eq!(file["odd_and_even"], true);
    for (side, align, text) in [("odd", "RIGHT (2)", "— 1 —"), ("even", "LEFT (0)", "— 2 —")] {
        let footer = &file["footers"][side];
        assert_eq!(footer["fields"], json!(["PAGE"]));
        assert_eq!(footer["align"], align);
        assert_eq!(footer["text"], text);
    }
    let (Some(pdf), Some(letters)) = (opened("shanghai-gov-office-2025"), opened("letters")) else { return };
    let Some(read) = judges::read_pdf(&[pdf, letters]) else { return };
    for (number, page) in read.iter().flat_map(|file| pages(file).enumerate()) {
        let number = number + 1;
        let folio = lines(page).last().expect("a page number");
        assert_eq!(folio["text"].as_str().expect("text").replace(' ', ""), format!("—{number}—"));
        // One character of 四号 from the outer edge, below the type area.
        if number % 2 == 1 {
            near(&folio["x1_mm"], 184.0 - 14.0 / 72.0 * 25.4, 0.4);
        } else {
            near(&folio["x0_mm"], 28.0 + 14.0 / 72.0 * 25.4, 0.4);
        }
        // The dashes are a third of an em above the baseline, with their upper edge 7 mm below the type area.
        near(&folio["baseline_mm"], 262.0 + 7.0 + 0.37 * 14.0 / 72.0 * 25.4, 0.6);
    }
}

fn pages(file: &Value) -> impl Iterator<Item = &Value> {
    file["pages"].as_array().expect("pages").iter()
}

fn lines(page: &Value) -> &[Value] {
    page["lines"].as_array().expect("lines")
}

#[test]
fn a_page_of_text_has_22_lines_of_28_characters_within_the_margins() {
    let samples = ["shanghai-gov-office-2025", "pengyang-jgsw-2020"].map(opened);
    let Some(pdfs) = samples.into_iter().collect::<Option<Vec<_>>>() else { return };
    let Some(read) = judges::read_pdf(&pdfs) else { return };
    let second = pages(&read[0]).nth(1).expect("a page of text alone");
    let (_, text) = lines(second).split_last().expect("the page number");
    // LibreOffice splits a line where it adds space around digits.
    let mut baselines: Vec<f64> =
        text.iter().map(|line| line["baseline_mm"].as_f64().expect("a number")).collect();
    baselines.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    assert_eq!(baselines.len(), 22, "{baselines:?}");
    for pair in baselines.windows(2) {
        near(&json!(pair[1] - pair[0]), 28.95 / 72.0 * 25.4, 0.3);
    }
    let is_full = |line: &Value| {
        let words = line["text"].as_str().expect("text");
        words.chars().count() == 28 && !words.contains(|c: char| c.is_ascii() || c == '—')
    };
    let full = read.iter().flat_map(pages).flat_map(lines).filter(|line| is_full(line));
    let mut count = 0;
    for line in full {
        near(&line["x0_mm"], 28.0, 0.6);
        near(&line["x1_mm"], 184.0, 0.6);
        count += 1;
    }
    assert!(count >= 20, "{count} lines of 28 hanzi");
    for line in text {
        assert!(line["x0_mm"].as_f64().expect("a number") > 27.9, "{line}");
        let most = if line["text"].as_str().expect("text").ends_with(['，', '。', '、', '；']) {
            190.0
        } else {
            184.5
        };
        assert!(line["x1_mm"].as_f64().expect("a number") < most, "{line}");
    }
}
