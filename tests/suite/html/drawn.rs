//! Layout of the page: on a phone, on a desktop, enlarged, printed.

use gongbao_test_support::SAMPLES;
use serde_json::Value;

use super::{
    browser,
    scene::{self, HOSTILE, STEMS},
};

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

#[test]
fn nothing_is_cut_off_and_nothing_overlaps() {
    for stem in STEMS {
        for fragment in [false, true] {
            let Some(read) = browser::read(stem, fragment) else { return };
            // 320 is a desktop of 1280 px at 400 %; `large` is a phone with letters twice as large.
            for width in ["320", "360", "768", "1280", "large"] {
                let layout = &read["layout"][width];
                assert_eq!(layout["problems"], Value::Array(Vec::new()), "{stem} {fragment} at {width}");
                assert!(layout["smallest"].as_f64().expect("a size") >= 14.0, "{stem} at {width}");
            }
        }
    }
}

#[test]
fn a_wide_table_scrolls_within_itself_with_its_labels_in_place() {
    for stem in STEMS {
        let Some(read) = browser::read(stem, false) else { return };
        let phone = &read["layout"]["360"];
        assert_eq!(phone["scrolling"][1], true, "{stem}: 表三 is wider than a phone");
        if stem != HOSTILE {
            assert_eq!(read["layout"]["768"]["scrolling"], serde_json::json!([false, false, false]));
        }
        for width in ["320", "360"] {
            for table in list(&read["layout"][width]["scrolled"]) {
                assert_eq!(table["strayed"], Value::Array(Vec::new()), "{stem} at {width}");
                assert_eq!(table["lastSeen"], true, "{stem} at {width}: no label covers the last figure");
            }
        }
        // Column headers stay in view as well, where there is enough height.
        for table in list(&phone["scrolled"]) {
            assert_ne!(table["headStays"], false, "{stem}");
        }
        // Labels in very large letters do not hide figures.
        for table in list(&read["layout"]["large"]["scrolled"]) {
            assert_eq!(table["lastSeen"], true, "{stem}");
        }
    }
}

#[test]
fn the_page_prints_whole_on_a4() {
    for stem in SAMPLES {
        let Some((text, sizes)) = browser::printed(stem) else { return };
        assert!(!sizes.is_empty() && sizes.iter().all(|size| size.contains("A4")), "{sizes:?}");
        for words in ["下载PDF", "跳到正文"] {
            assert!(!text.contains(words), "{words} is of no use on paper");
        }
        assert_eq!(text.matches("二、主动公开政府信息情况").count(), 1, "nor is the list of chapters");
        // 表三 is on one sheet, as the form demands.
        let sheet = text.split('\u{C}').find(|sheet| sheet.contains("一、本年新收")).expect("表三");
        assert!(sheet.contains("四、结转下年度继续办理"), "{stem}: {sheet}");
        let figures = scene::placed(stem).into_iter().filter(|figure| figure.table == 1);
        for figure in figures.filter(|figure| !figure.text.is_empty()) {
            assert!(sheet.split_whitespace().any(|word| word == figure.text), "{stem} {figure:?}");
        }
    }
}

#[test]
fn axe_finds_no_violation() {
    for stem in STEMS {
        let Some(read) = browser::read(stem, false) else { return };
        assert_eq!(read["axe"], Value::Array(Vec::new()), "{stem}");
    }
}

#[test]
fn the_fragment_keeps_borders_headers_and_merged_cells_in_a_strict_editor() {
    for stem in STEMS {
        let Some(read) = browser::read(stem, true) else { return };
        let page = browser::read(stem, false).expect("the page");
        assert_eq!(read["ids"], Value::Array(Vec::new()), "no id could clash");
        let cells = |read: &'static Value| list(&read["cells"]).iter().flat_map(list).flat_map(list);
        assert_eq!(cells(read).count(), cells(page).count());
        for (cell, on_page) in cells(read).zip(cells(page)) {
            for key in ["tag", "text", "rowspan", "colspan"] {
                assert_eq!(cell[key], on_page[key], "{stem}");
            }
            assert!(list(&cell["borders"]).iter().all(|border| border == "solid"), "{cell}");
            let kept = ["width", "rowspan", "colspan", "align", "valign", "class", "style"];
            assert!(list(&cell["attributes"]).iter().all(|a| a.as_str().is_some_and(|a| kept.contains(&a))));
        }
    }
}
