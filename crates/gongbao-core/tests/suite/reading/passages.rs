//! Texts beside the tables: `before`, `between` and `after` of a section.

use gongbao_core::{
    finding::Rule,
    history::{Visible, differences},
    report::{Scope, to_outline, to_text},
    syntax::Format,
};

use super::files::*;

/// A report with a text at each kind of place; 行政处罚 and 行政强制 are one block of 表二.
fn passages() -> String {
    changed(
        FORM_2021,
        &[(
            "[disclosure]\n",
            "[disclosure]\nbefore = \"\"\"\n（一）总体 情况。本年规章{{disclosure.rules.issued}}件。\n\"\"\"\nbetween = { licences = \"（二）行政许可。\", compulsory_measures = \"（三）行政处罚和强制。\\n正文。\" }\nafter = \"（四）其他。\"\n",
        )],
    )
}

#[test]
fn texts_beside_a_table_are_read_and_normalised() {
    let file = file(toml(&passages()));
    let texts = &file.report.texts;
    assert_eq!(texts["disclosure.before"], ["（一）总体情况。本年规章{{disclosure.rules.issued}}件。"]);
    assert_eq!(texts["disclosure.between.licences"], ["（二）行政许可。"]);
    assert_eq!(texts["disclosure.between.compulsory_measures"], ["（三）行政处罚和强制。", "正文。"]);
    assert_eq!(texts["disclosure.after"], ["（四）其他。"]);
    let printed: Vec<String> = file
        .report
        .paragraphs(&file.form)
        .all()
        .filter(|paragraph| paragraph.key.starts_with("disclosure."))
        .map(|paragraph| format!("{} {}", paragraph.path(), paragraph.text))
        .collect();
    assert_eq!(
        printed,
        [
            "disclosure.before[1] （一）总体情况。本年规章22件。",
            "disclosure.between.licences[1] （二）行政许可。",
            "disclosure.between.compulsory_measures[1] （三）行政处罚和强制。",
            "disclosure.between.compulsory_measures[2] 正文。",
            "disclosure.after[1] （四）其他。",
        ]
    );
    assert_eq!(file.place("disclosure.before[1]").to_string(), "表二 › 表前文字 › 第1段");
    let place = file.place("disclosure.between.licences[1]").to_string();
    assert_eq!(place, "表二 › “第二十条第（五）项”之前的文字 › 第1段");
}

#[test]
fn texts_beside_a_table_are_the_same_in_all_notations() {
    let first = file(toml(&passages()));
    for format in [Format::Toml, Format::Yaml, Format::Json] {
        let written = to_text(&first.report, &first.form, Scope::Public, format);
        assert_eq!(report(read_as(&written, format)), first.report, "{written}");
        let outline = to_outline(&first.report, &first.form, format);
        assert_eq!(report(read_as(&outline, format)).texts, first.report.texts, "{outline}");
        // The order of the contract: rows, note, before, between, after, extra rows.
        let places: Vec<usize> = ["compulsory_measures", "note", "before", "between", "after", "extra"]
            .iter()
            .map(|key| {
                let from = written.find("penalties").expect("表二");
                from + written[from..].find(key).unwrap_or_else(|| panic!("{key}: {written}"))
            })
            .collect();
        assert!(places.is_sorted(), "{places:?} {written}");
    }
}

#[test]
fn texts_that_cannot_stand_where_they_are_wanted_are_errors() {
    for (between, path, words) in [
        ("{ rules = \"甲\" }", "disclosure.between.rules", "表的第一块"),
        (
            "{ penalties = \"甲\", compulsory_measures = \"乙\" }",
            "disclosure.between.compulsory_measures",
            "“penalties”和“compulsory_measures”在表的同一块里",
        ),
        ("\"甲\"", "disclosure.between", "一组键和值"),
        ("{ licences = 3 }", "disclosure.between.licences", "应当是文字"),
    ] {
        let reading = with(&[("[disclosure]\n", &format!("[disclosure]\nbetween = {between}\n"))]);
        let finding = only(&reading);
        assert_eq!((&finding.rule, finding.path.as_str()), (&Rule::Shape, path), "{finding:?}");
        assert!(finding.text().contains(words), "{}", finding.text());
    }
    let reading = with(&[("[disclosure]\n", "[disclosure]\nbetween = { licence = \"甲\" }\n")]);
    assert_eq!(only(&reading).rule, Rule::UnknownKey);
    assert!(hint(only(&reading)).contains("licences"));
    // Tables of one block cannot be divided.
    let reading = with(&[("[appeals]\n", "[appeals]\nbetween = { review = \"甲\" }\n")]);
    assert_eq!(only(&reading).rule, Rule::UnknownKey);
    let reading = with(&[("[appeals]\n", "[appeals]\nbefore = \"见{{appeals.reviews}}\"\n")]);
    assert_eq!(only(&reading).rule, Rule::Placeholder);
    assert_eq!(only(&reading).path, "appeals.before[1]");
    let reading = with(&[("[appeals]\n", "[appeals]\nafter = \"甲\u{E000}\"\n")]);
    tells(&reading, &[("character appeals.after[1]", "\u{E000}")]);
}

#[test]
fn the_digest_covers_texts_beside_tables_and_ignores_keys_that_are_absent_or_empty() {
    let plain = file(toml(FORM_2021));
    let empty = file(with(&[("[disclosure]\n", "[disclosure]\nbefore = \"\"\nafter = \" \"\n")]));
    let given = file(toml(&passages()));
    assert_eq!(Visible::of(&plain).digest(), Visible::of(&empty).digest());
    assert_ne!(Visible::of(&plain).digest(), Visible::of(&given).digest());
    let canonical = Visible::of(&given).canonical();
    assert!(canonical.contains("\"disclosure.between.licences\":[\"（二）行政许可。\"]"), "{canonical}");
    assert!(canonical.contains("\"disclosure.before\":[\"（一）总体情况。本年规章22件。\"]"), "{canonical}");
}

#[test]
fn differences_are_in_the_order_of_print() {
    let (old, new) = (file(toml(FORM_2021)), file(toml(&passages())));
    let mut changed = new.clone();
    changed.report.figures.remove("disclosure.rules.issued");
    changed.report.figures.remove("disclosure.fees.amount");
    changed.report.notes.insert("disclosure".to_owned(), "注：改".to_owned());
    let paths: Vec<String> =
        differences(&old, &changed).into_iter().map(|difference| difference.path).collect();
    assert_eq!(
        paths,
        [
            "disclosure.before[1]",
            "disclosure.rules.issued",
            "disclosure.between.licences[1]",
            "disclosure.between.compulsory_measures[1]",
            "disclosure.between.compulsory_measures[2]",
            "disclosure.fees.amount",
            "disclosure.note",
            "disclosure.after[1]",
        ]
    );
}
