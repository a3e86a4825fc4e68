//! Texts before, between and after the tables, in every output.

use std::sync::OnceLock;

use gongbao_test_support::{Office, judges, made::FORM_2021};
use serde_json::Value;

use crate::{
    layout::{list, web},
    program::new_office,
};

/// The texts in the order of print; 表二 is divided before two of its blocks.
const TEXTS: [&str; 7] = [
    "（一）规章。全年制发规章22件。",
    "1.清理结果公开157件。",
    "（二）行政许可。按期办结。",
    "（三）行政处罚和强制。依法公示。",
    "（四）其他情况。以上数据由各部门报送。",
    "收到申请的渠道如下表。",
    "没有因信息公开败诉。",
];

fn built() -> &'static Office {
    static OFFICE: OnceLock<Office> = OnceLock::new();
    OFFICE.get_or_init(|| {
        let [a, b, c, d, e, f, g] = TEXTS;
        let a = a.replace("22", "{{disclosure.rules.issued}}");
        let report = FORM_2021
            .replacen(
                "[disclosure]\n",
                &format!(
                    "[disclosure]\nbefore = \"{a}\\n{b}\"\nbetween = {{ licences = \"{c}\", compulsory_measures = \"{d}\" }}\nafter = \"{e}\"\n"
                ),
                1,
            )
            .replacen("[applications]\n", &format!("[applications]\nbefore = \"{f}\"\n"), 1)
            .replacen("[appeals]\n", &format!("[appeals]\nafter = \"{g}\"\n"), 1);
        let office = new_office();
        office.file("made.toml", report);
        let run = office.run(["build", "made.toml", "--only", "web,html,docx"]);
        assert_eq!(run.code, 0, "{run:#?}");
        office
    })
}

/// Asserts that the texts stand in this order.
#[track_caller]
fn in_order(words: &str) {
    let mut at = 0;
    for text in TEXTS {
        let found = words[at..].find(text).unwrap_or_else(|| panic!("{text} is not after {at} in {words}"));
        at += found + text.len();
    }
}

#[test]
fn the_pdf_has_the_texts_between_the_pieces_of_the_table() {
    let Some(read) = judges::read_pdf(&[web(built(), "made")]) else { return };
    let pdf = &read[0];
    let words: String =
        list(&pdf["structure"]).iter().filter_map(|element| element["text"].as_str()).collect();
    in_order(&words);
    let tables = list(&pdf["tables"]);
    assert_eq!(tables.len(), 5, "three pieces of 表二, 表三, 表四");
    for table in tables {
        assert_eq!(table["problems"], Value::Array(Vec::new()));
    }
    let summaries: Vec<&str> = tables.iter().filter_map(|table| table["summary"].as_str()).collect();
    assert!(summaries[0].ends_with("（共3段，第1段）"), "{summaries:?}");
    // The figure of a later piece has the headers of its own block.
    let cells = list(&tables[2]["cells"]);
    let penalties = cells.iter().find(|cell| cell["text"] == "行政处罚").expect("行政处罚");
    let figure =
        cells.iter().find(|cell| cell["row"] == penalties["row"] && cell["kind"] == "TD").expect("a figure");
    assert_eq!(list(&figure["column_headers"])[0], "第二十条第（六）项", "{figure}");
    // Sections （一） are bookmarked.
    let outline = pdf["outline"].to_string();
    for heading in ["（一）规章", "（二）行政许可", "（四）其他情况"] {
        assert!(outline.contains(heading), "{outline}");
    }
}

#[test]
fn page_fragment_and_word_file_have_the_texts_in_order() {
    let office = built();
    for name in ["made.html", "made.fragment.html"] {
        let text = office.text(&format!("out/made/public/{name}"));
        let mut words = String::new();
        let mut in_tag = false;
        for c in text.chars() {
            match c {
                '<' => in_tag = true,
                '>' => in_tag = false,
                _ if !in_tag => words.push(c),
                _ => {}
            }
        }
        in_order(&words);
        assert_eq!(text.matches("<table").count(), 5, "{name}");
    }
    let Some(read) = judges::read_docx(&[office.path("out/made/public/made.docx")]) else { return };
    let body = list(&read[0]["body"]);
    let mut words = String::new();
    for part in body {
        words.push_str(part["text"].as_str().unwrap_or_default());
    }
    in_order(&words);
    assert_eq!(list(&read[0]["tables"]).len(), 5);
}

#[test]
fn the_data_carry_the_texts_to_the_extracted_report() {
    let office = built();
    let run = office.run(["extract", "out/made/public/made.pdf"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let data = run.json();
    assert_eq!(data["disclosure"]["between"]["licences"], TEXTS[2]);
    assert_eq!(data["disclosure"]["after"], TEXTS[4]);
}

#[test]
fn numbers_keep_their_units_and_telephone_numbers_stay_whole() {
    let words = "据统计共办结事项157件，其中2025年1月1日至12月31日办结3.5万件，联系电话（0517）83605000，咨询0517-83605001转8002。";
    let text: String = (0..40).map(|shift| format!("{}{words}\n", "公".repeat(shift % 28))).collect();
    let office = crate::layout::with_overview(&text);
    let Some(read) = judges::read_pdf(&[web(&office, "made")]) else { return };
    let lines: Vec<&str> = list(&read[0]["pages"])
        .iter()
        .flat_map(|page| list(&page["lines"]))
        .filter_map(|line| line["text"].as_str())
        .collect();
    let whole = [
        "157件",
        "2025年",
        "1月",
        "1日",
        "12月",
        "31日",
        "3.5万件",
        "（0517）83605000",
        "0517-83605001转8002",
    ];
    let text: String = lines.join("\n");
    for unit in whole {
        assert_eq!(
            text.matches(unit).count(),
            text.replace('\n', "").matches(unit).count(),
            "{unit} is broken in {text}"
        );
    }
}
