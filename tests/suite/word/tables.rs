//! Tables of the Word file: the form's grid with merged cells, unbroken rows, figures that fit.

use gongbao_test_support::judges;
use serde_json::{Value, json};

use super::{
    office::{STEMS, data, opened, read},
    text::{all_cells, words_of},
};

/// Returns the tables of a report as python-docx reads them, with the template's data and the heading above.
fn tables(stem: &str) -> Option<Vec<(&'static Value, Value, String)>> {
    let file = read(stem)?;
    let chapters = data(stem)["chapters"].as_array().expect("chapters").clone();
    let forms = chapters.into_iter().filter(|chapter| chapter["table"].is_object()).map(|mut chapter| {
        (chapter["table"].take(), chapter["heading"].as_str().expect("a heading").to_owned())
    });
    let read = file["tables"].as_array().expect("tables");
    let both: Vec<_> =
        read.iter().zip(forms).map(|(table, (form, heading))| (table, form, heading)).collect();
    assert_eq!(both.len(), read.len(), "{stem}");
    assert!(!both.is_empty(), "{stem}");
    Some(both)
}

#[test]
fn the_grid_is_that_of_the_form() {
    for stem in STEMS {
        let Some(tables) = tables(stem) else { return };
        for (table, form, heading) in tables {
            let grid = table["grid"].as_array().expect("a grid");
            let mut covered = 0;
            for cell in all_cells(&form) {
                let number =
                    |key: &str| usize::try_from(cell[key].as_u64().expect("a number")).expect("small");
                let (x, y) = (number("x"), number("y"));
                let here = &grid[y][x];
                for row in &grid[y..y + number("rowspan")] {
                    for there in &row.as_array().expect("a row")[x..x + number("colspan")] {
                        assert_eq!(there, here, "{stem} {heading}: {cell}");
                        covered += 1;
                    }
                }
                let same =
                    grid.iter().flat_map(|row| row.as_array()).flatten().filter(|there| *there == here);
                assert_eq!(same.count(), number("rowspan") * number("colspan"), "{stem} {heading}: {cell}");
                let found =
                    &table["cells"][usize::try_from(here.as_u64().expect("a number")).expect("small")];
                let text = found["text"].as_str().expect("text");
                assert_eq!(text.replace('\n', ""), words_of(&cell), "{stem} {heading}");
                looks_like_the_form(found, &cell);
            }
            let places: usize = grid.iter().map(|row| row.as_array().expect("a row").len()).sum();
            assert_eq!(covered, places, "{stem} {heading}: nothing else stands in the table");
        }
    }
}

/// Checks alignment, shade and face of a cell.
fn looks_like_the_form(found: &Value, cell: &Value) {
    assert_eq!(found["vertical"], "CENTER (1)");
    assert_eq!(found["fill"], if cell["shade"] == true { json!("C6D9F1") } else { Value::Null }, "{cell}");
    let usual = match found["style"].as_str().expect("a style") {
        "表格栏目" | "表格数字" => "center",
        _ => "left",
    };
    let own = match found["align"].as_str().expect("an alignment") {
        "CENTER (1)" => "center",
        "LEFT (0)" => "left",
        _ => usual,
    };
    assert_eq!(own, cell["align"], "{cell}");
}

#[test]
fn the_third_table_is_merged_as_the_official_form_prints_it() {
    let Some(tables) = tables("shanghai-gov-office-2025") else { return };
    let table = tables[1].0;
    let grid = table["grid"].as_array().expect("a grid");
    assert_eq!(grid.len(), 28);
    assert!(grid.iter().all(|row| row.as_array().expect("a row").len() == 10));
    let text = |row: usize, column: usize| {
        let number = grid[row][column].as_u64().expect("a number");
        table["cells"][usize::try_from(number).expect("small")]["text"].as_str().expect("text")
    };
    assert!(text(0, 0).starts_with("（本列数据的勾稽关系为") && grid[0][0] == grid[2][2]);
    assert_eq!((text(0, 3), &grid[0][3]), ("申请人情况", &grid[0][9]));
    assert_eq!((text(1, 4), &grid[1][4]), ("法人或其他组织", &grid[1][8]));
    assert_eq!(text(2, 6), "社会\n公益\n组织", "wanted breaks are kept");
    assert_eq!((text(5, 0), &grid[5][0]), ("三、本年\n度办理\n结果", &grid[26][0]));
    assert_ne!(grid[26][0], grid[27][0]);
    assert_eq!((text(7, 1), &grid[7][1]), ("（三）\n不予\n公开", &grid[14][1]));
}

#[test]
fn tables_fill_the_type_area_and_have_a_description() {
    for stem in STEMS {
        let Some(tables) = tables(stem) else { return };
        for (table, form, heading) in tables {
            let widths: Vec<i64> =
                table["widths_twips"].as_array().expect("widths").iter().filter_map(Value::as_i64).collect();
            assert_eq!(widths.iter().sum::<i64>(), 8844, "156 mm: {stem} {heading}");
            assert_eq!(table["description"], form["summary"]);
            assert_eq!(table["caption"], format!("{heading}（{}）", form["name"].as_str().expect("a name")));
        }
    }
    // With short figures the columns have the widths of the form.
    let Some(tables) = tables("shanghai-gov-office-2025") else { return };
    for (width, wanted) in
        tables[1].0["widths_twips"].as_array().expect("widths").iter().zip([12.1, 14.7, 52.2, 11.0])
    {
        let millimetres = width.as_f64().expect("a number") / 20.0 / 72.0 * 25.4;
        assert!((millimetres - wanted).abs() < 0.05, "{millimetres}");
    }
}

#[test]
fn header_rows_repeat_and_no_row_is_broken() {
    for stem in STEMS {
        let Some(tables) = tables(stem) else { return };
        for (table, form, heading) in tables {
            assert_eq!(table["breakable_rows"], json!([]), "{stem} {heading}");
            let header = form["blocks"][0]["header"].as_array().expect("a header").len();
            let rows = table["grid"].as_array().expect("a grid").len();
            let kept = table["kept_rows"].as_array().expect("rows").len();
            if stem == "tall" && heading.starts_with('二') {
                // A table higher than a page repeats no header row: each block has headers of its own.
                assert_eq!(table["header_rows"], json!([]));
                assert!(kept < rows / 2, "it may go on over the page");
            } else {
                assert_eq!(table["header_rows"], json!((0..header).collect::<Vec<_>>()), "{stem} {heading}");
                assert_eq!(kept, rows - 1, "kept on one page: {stem} {heading}");
            }
        }
    }
}

/// Returns the pages that contain a text, as LibreOffice sets them.
fn pages_with(file: &Value, words: &str) -> Vec<usize> {
    let pages = file["pages"].as_array().expect("pages").iter().enumerate();
    pages
        .filter(|(_, page)| {
            page["lines"]
                .as_array()
                .into_iter()
                .flatten()
                .any(|line| line["text"].as_str().is_some_and(|text| text.contains(words)))
        })
        .map(|(number, _)| number + 1)
        .collect()
}

#[test]
fn a_table_stays_on_one_page_with_its_heading_where_it_can() {
    let samples = ["pengyang-jgsw-2020", "shanghai-gov-office-2025", "signed"];
    let Some(pdfs) = samples.map(opened).into_iter().collect::<Option<Vec<_>>>() else { return };
    let Some(files) = judges::read_pdf(&pdfs) else { return };
    for (stem, file) in samples.iter().zip(&files) {
        let pages = pages_with(file, "三、收到和处理政府信息公开申请情况");
        assert_eq!(pages.len(), 1, "{stem}");
        assert_eq!(pages_with(file, "四、结转下年度继续办理"), pages, "{stem}");
    }
}

#[test]
fn no_figure_is_broken_or_touches_a_rule() {
    let Some(pdfs) = ["signed", "tall"].map(opened).into_iter().collect::<Option<Vec<_>>>() else { return };
    let Some(files) = judges::read_pdf(&pdfs) else { return };
    let mut long = 0;
    for line in files
        .iter()
        .flat_map(|file| file["pages"].as_array())
        .flatten()
        .flat_map(|page| page["lines"].as_array())
        .flatten()
    {
        let text = line["text"].as_str().expect("text");
        let (Some(left), Some(right)) = (line["rule_left_mm"].as_f64(), line["rule_right_mm"].as_f64())
        else {
            continue;
        };
        if text.is_empty() || !text.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        let (x0, x1) = (line["x0_mm"].as_f64().expect("a number"), line["x1_mm"].as_f64().expect("a number"));
        assert!(x0 - left > 0.2 && right - x1 > 0.2, "{line}");
        if ["123456789", "123456780"].contains(&text) {
            long += 1;
        }
    }
    // 新收, 予以公开 and their totals, in both files.
    assert_eq!(long, 12, "figures of nine digits stand whole in their cells");
}

#[test]
fn a_table_higher_than_a_page_goes_on_with_all_its_rows() {
    let Some(pdf) = opened("tall") else { return };
    let Some(files) = judges::read_pdf(&[pdf]) else { return };
    let all: Vec<usize> =
        (1..=60).flat_map(|number| pages_with(&files[0], &format!("增设事项{number}"))).collect();
    assert!(all.len() >= 60);
    assert!(all.iter().min() < all.iter().max(), "over more than one page");
    assert_eq!(
        pages_with(&files[0], "第二十条第（一）项").len(),
        1,
        "no band stands over another block's rows"
    );
}
