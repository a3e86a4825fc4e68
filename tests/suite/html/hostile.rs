//! Texts that look like markup are shown as text; the page runs no script and requests nothing.

use serde_json::Value;

use super::{
    browser,
    scene::{self, HOSTILE, STEMS, TRAPS},
};
use crate::program::new_office;

fn text_of(read: &Value) -> String {
    read["running"].as_array().expect("text").iter().filter_map(Value::as_str).collect()
}

#[test]
fn the_page_runs_no_script_and_requests_nothing() {
    for stem in STEMS {
        for fragment in [false, true] {
            let Some(read) = browser::read(stem, fragment) else { return };
            assert_eq!(read["requests"], Value::Array(Vec::new()), "{stem}");
            assert_eq!(read["complaints"], Value::Array(Vec::new()), "{stem}: the policy holds");
            let elements = read["elements"].as_array().expect("elements");
            for element in ["script", "img", "iframe", "object", "form", "b", "i", "base"] {
                assert!(!elements.contains(&element.into()), "{element} in {stem}");
            }
        }
    }
    let Some(read) = browser::read(HOSTILE, false) else { return };
    assert_eq!(read["styled"], true, "and its own style sheet is let through");
}

#[test]
fn every_hostile_text_is_shown_as_text() {
    for fragment in [false, true] {
        let Some(read) = browser::read(HOSTILE, fragment) else { return };
        let text = text_of(read);
        // Reading replaces straight quotes, before any page is made.
        for trap in TRAPS.iter().filter(|trap| !trap.contains(['\'', '"'])) {
            let trap = trap.replace("{{{{", "{{");
            assert!(text.contains(&trap), "{trap} in {text}");
        }
        let cells = read["cells"].to_string();
        assert!(cells.contains(TRAPS[0]) && cells.contains(&format!("（{}）", TRAPS[0])));
    }
    let Some(read) = browser::read(HOSTILE, false) else { return };
    let title = read["title"].as_str().expect("a title");
    assert!(title.starts_with("<i>&'</i>2025年上海市"), "{title}");
    assert_eq!(read["meta"]["ArticleTitle"], title);
    for link in read["links"].as_array().expect("links") {
        let href = link["href"].as_str().expect("an address");
        let known = ["#", "http://", "https://", "mailto:", "data:application/json;base64,"];
        assert!(known.iter().any(|start| href.starts_with(start)) || href.ends_with(".pdf"), "{href}");
    }
}

#[test]
fn line_separators_in_the_data_do_not_break_the_page() {
    let office = new_office();
    let toml = scene::toml("shanghai-gov-office-2025");
    office.file("u.toml", toml.replacen("一是", "一\u{2028}是", 1));
    let run = office.run(["build", "u.toml", "--only", "html"]);
    // The character is refused or becomes a line break or a space; it never appears in the data.
    if run.code == 0 {
        let page = office.text("out/u/public/u.html");
        assert!(!page.contains('\u{2028}'), "a line separator in the page");
    } else {
        assert!(run.stderr.contains("2028"), "{run:#?}");
    }
}
