//! Titles, headings, paragraphs, links and signature of the Word file: same words and order as on the page.

use gongbao_test_support::judges;
use serde_json::{Value, json};

use super::office::{STEMS, built, data, opened, read};

/// Returns the text of runs of the template's data.
fn words(runs: &Value) -> String {
    let run = |run: &Value| match run["text"].as_str() {
        Some(text) => text.to_owned(),
        None => run["pieces"].as_array().expect("pieces").iter().filter_map(Value::as_str).collect(),
    };
    runs.as_array().into_iter().flatten().map(run).collect()
}

/// Returns style and text of the paragraphs that the Word file must have, in order.
fn wanted(data: &Value) -> Vec<(String, String)> {
    let mut wanted = Vec::new();
    let mut say = |style: &str, text: String| wanted.push((style.to_owned(), text));
    let lines = |lines: &Value| -> Vec<String> {
        lines.as_array().into_iter().flatten().map(|line| line.as_str().expect("text").to_owned()).collect()
    };
    say("Title", lines(&data["title"]).join("\n"));
    let paragraphs = |say: &mut dyn FnMut(&str, String), all: &Value| {
        for para in all.as_array().into_iter().flatten() {
            if para["heading"].is_array() {
                say("Heading 2", words(&para["heading"]));
            }
            let text = words(&para["runs"]);
            if !text.is_empty() {
                say("Body Text", text);
            }
        }
    };
    paragraphs(&mut say, &data["preface"]);
    for chapter in data["chapters"].as_array().expect("chapters") {
        say("Heading 1", chapter["heading"].as_str().expect("a heading").to_owned());
        for note in lines(&chapter["notes"]) {
            say("表注", note);
        }
        paragraphs(&mut say, &chapter["paragraphs"]);
    }
    if let Some(name) = data["signature"]["name"].as_str() {
        say("Signature", name.to_owned());
        say("Date", data["signature"]["date"].as_str().expect("a date").to_owned());
    }
    wanted
}

#[test]
fn paragraphs_are_those_of_the_page_in_order_and_level() {
    for stem in STEMS {
        let Some(file) = read(stem) else { return };
        let found: Vec<(String, String)> = file["body"]
            .as_array()
            .expect("a body")
            .iter()
            .filter(|item| item["table"].is_null())
            .map(|item| {
                (
                    item["style"].as_str().expect("a style").to_owned(),
                    item["text"].as_str().expect("text").to_owned(),
                )
            })
            .collect();
        assert_eq!(found, wanted(&data(stem)), "{stem}");
        for item in file["body"].as_array().expect("a body") {
            let level = match item["style"].as_str() {
                Some("Heading 1") => json!(1),
                Some("Heading 2") => json!(2),
                _ => Value::Null,
            };
            assert_eq!(item["outline_level"], level, "{stem}: {item}");
        }
    }
}

#[test]
fn a_run_in_heading_ends_with_a_style_separator() {
    let Some(file) = read("signed") else { return };
    let body = file["body"].as_array().expect("a body");
    let heading = |text: &str| body.iter().find(|item| item["text"] == text).expect("a heading");
    assert_eq!(heading("（一）主动公开情况。")["runs_on"], true);
    assert_eq!(heading("（二）平台建设")["runs_on"], false, "a heading of its own ends its line");
    assert!(body.iter().all(|item| item["runs_on"] != true || item["style"] == "Heading 2"));
}

#[test]
fn addresses_are_links_to_themselves() {
    let Some(file) = read("signed") else { return };
    let links: Vec<&Value> = file["body"]
        .as_array()
        .expect("a body")
        .iter()
        .flat_map(|item| item["links"].as_array())
        .flatten()
        .collect();
    let page = json!({
        "text": "https://www.example.gov.cn/zfxxgk/index.html?x=<b>&y=1",
        "address": "https://www.example.gov.cn/zfxxgk/index.html?x=%3Cb%3E&y=1",
    });
    let mail = json!({ "text": "gk@example.com", "address": "mailto:gk@example.com" });
    assert_eq!(links, [&mail, &page, &page]);
}

#[test]
fn the_signature_is_where_the_standard_demands() {
    // The name ends two characters from the right margin; the date begins two characters to the right of it.
    let (Some(pdf), Some(short)) = (opened("signed"), opened("own")) else { return };
    let Some(files) = judges::read_pdf(&[pdf, short]) else { return };
    let character = 156.0 / 28.0;
    let start = |file: &Value, words: &str| {
        let pages = file["pages"].as_array().expect("pages");
        let mut lines = pages.iter().flat_map(|page| page["lines"].as_array()).flatten();
        let line = lines
            .rfind(|line| line["text"].as_str().is_some_and(|text| text.replace(' ', "").starts_with(words)))
            .unwrap_or_else(|| panic!("{words}"));
        (line["x0_mm"].as_f64().expect("a number"), line["x1_mm"].as_f64().expect("a number"))
    };
    let (name, name_end) = start(&files[0], "清河县机关事务管理局");
    let (date, _) = start(&files[0], "2025年");
    assert!((name_end - (184.0 - 2.0 * character)).abs() < 0.6, "{name_end}");
    assert!((date - name - 2.0 * character).abs() < 0.6, "{name} {date}");
    // A date longer than the name is aligned to the right, and the name begins two characters before it.
    let (name, _) = start(&files[1], "甲局");
    let (date, date_end) = start(&files[1], "2025年");
    assert!((date_end - (184.0 - 2.0 * character)).abs() < 0.6, "{date_end}");
    // LibreOffice gives each digit a whole place of the grid, so that its date is longer than computed.
    assert!((date - name).abs() < 3.0 * character, "{name} {date}");
    assert!(name < 184.0 - 8.0 * character, "{name}");
}

/// The text of a PDF without blanks and page numbers.
fn copied(pdf: &std::path::Path) -> Option<String> {
    let text = judges::pdftotext(pdf)?;
    let is_folio = |line: &str| {
        let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        line.strip_prefix('—')
            .and_then(|rest| rest.strip_suffix('—'))
            .is_some_and(|n| n.parse::<u32>().is_ok())
    };
    Some(
        text.lines()
            .filter(|line| !is_folio(line))
            .flat_map(str::chars)
            .filter(|c| !c.is_whitespace())
            .collect(),
    )
}

#[test]
fn libreoffice_shows_the_text_and_figures_of_the_page_in_its_order() {
    for stem in ["pengyang-jgsw-2020", "shanghai-gov-office-2025", "signed"] {
        let Some(pdf) = opened(stem) else { return };
        let page = built().office.path(&format!("out/{stem}/public/{stem}.pdf"));
        let (Some(mut theirs), Some(mut ours)) = (copied(&pdf), copied(&page)) else { return };
        let sorted = |text: &str| {
            let mut characters: Vec<char> = text.chars().collect();
            characters.sort_unstable();
            characters
        };
        assert_eq!(sorted(&theirs), sorted(&ours), "{stem}");
        // The order in which spanning labels are copied depends on the program; tables.rs checks their places.
        for chapter in data(stem)["chapters"].as_array().expect("chapters") {
            for cell in all_cells(&chapter["table"]) {
                let label = words_of(&cell);
                if (cell["rowspan"] != 1 || cell["colspan"] != 1) && cell["kind"] != "figure" {
                    theirs = theirs.replace(&label, "");
                    ours = ours.replace(&label, "");
                }
            }
        }
        assert_eq!(theirs, ours, "{stem}");
    }
}

/// Returns all cells of a table of the template's data, with the values it omits.
pub(crate) fn all_cells(table: &Value) -> Vec<Value> {
    let rows = |rows: &Value| -> Vec<Value> { rows.as_array().cloned().unwrap_or_default() };
    rows(&table["blocks"])
        .iter()
        .flat_map(|block| {
            let body = rows(&block["rows"]).into_iter().map(|row| row["cells"].clone());
            rows(&block["header"]).into_iter().chain(body).collect::<Vec<_>>()
        })
        .flat_map(|row| row.as_array().cloned().unwrap_or_default())
        .map(|cell| {
            let mut whole = json!({ "colspan": 1, "rowspan": 1, "align": "center", "shade": false });
            let known = whole.as_object_mut().expect("an object");
            known.extend(cell.as_object().expect("a cell").clone());
            whole
        })
        .collect()
}

/// Returns the text of a cell without its line breaks.
pub(crate) fn words_of(cell: &Value) -> String {
    let text = |key: &str| cell[key].as_str().unwrap_or_default();
    if cell["kind"] == "figure" {
        let note = text("note");
        return if note.is_empty() {
            text("text").to_owned()
        } else {
            format!("{}（{note}）", text("text"))
        };
    }
    let lines = cell["lines"].as_array().into_iter().flatten();
    lines.filter_map(Value::as_str).collect::<String>() + text("remark")
}
