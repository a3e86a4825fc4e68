//! Texts: paragraphs, normalisation, refused characters.

use gongbao_core::{finding::Severity, report::level};

use super::files::*;

#[test]
fn texts_are_split_into_normalised_paragraphs() {
    let file = file(toml(FORM_2021));
    assert_eq!(
        file.report.texts["overview"],
        [
            "（一）主动公开方面",
            "全年主动公开市政府规章22件。",
            "（二）依申请公开方面。共收到申请{{applications.new.total}}件，办结{{ applications . handled . total }}件。"
        ]
    );
    assert_eq!(file.report.texts["problems"], ["1.公开质量有待提高。", "（1）政策解读形式单一。"]);
    let levels: Vec<u8> = ["overview", "problems"]
        .iter()
        .flat_map(|key| &file.report.texts[*key])
        .map(|paragraph| level(paragraph))
        .collect();
    assert_eq!(levels, [2, 0, 2, 3, 4]);
    let text = &file.source.text;
    assert_eq!(&text[file.origins["overview[2]"].clone()], "全年主动公开市政府规章 22 件。");
    let at = "全年主动公开市政府规章".len();
    assert_eq!(&text[file.span_in("overview[2]", at..at + "22件".len()).expect("a span")], "22 件");
    let changes: Vec<_> = file
        .changes
        .iter()
        .map(|change| (change.path.as_str(), change.old.as_str(), change.new.as_str()))
        .collect();
    assert_eq!(
        changes,
        [
            ("overview[2]", "章 2", "章2"),
            ("overview[2]", "2 件", "2件"),
            ("problems[1]", "1、", "1."),
            ("problems[2]", "(1)", "（1）"),
            ("problems[2]", "） 政", "）政"),
        ]
    );
}

#[test]
fn numbering_like_that_of_chapters_is_a_warning() {
    let reading = with(&[("（一）主动公开方面", "一、主动公开方面")]);
    tells(&reading, &[("numbering overview[1]", "一、主动公开方面")]);
    assert_eq!(only(&reading).severity, Severity::Warning);
    assert_eq!(only(&reading).place.to_string(), "一、总体情况 › 第1段");
}

#[test]
fn characters_that_cannot_be_printed_are_reported_by_code_point_and_place() {
    let reading = with(&[
        ("规章 22 件", "规\u{E000}章 22 件\u{202E}"),
        ("region = \"江苏省淮安市\"", "region = \"江苏\\u0007省\""),
        ("note = \"其中修订16件\"", "note = \"\\uFFFE其中\""),
        ("label = \"其他主动公开文件\"", "label = \"其他\u{F8FF}\""),
    ]);
    tells(
        &reading,
        &[
            ("character overview[2]", "\u{E000}"),
            ("character overview[2]", "\u{202E}"),
            ("character agency.region", "\\u0007"),
            ("character disclosure.rules.issued.note", "\\uFFFE"),
            ("character disclosure.extra[1].label", "\u{F8FF}"),
        ],
    );
    assert!(reading.findings[0].text().contains("U+E000（私用区字符）"));
}

#[test]
fn texts_that_look_like_code_are_kept() {
    let text = r##"#panic("x") $x^2$ // @ref <a> *b* _c_ \d `e` #let f = 1 http://a.cn/x_(1)?y=1"##;
    let reading = toml(&changed(
        FORM_2021,
        &[("other = \"本年度没有收取信息处理费。\"", &format!("other = '''{text}'''"))],
    ));
    tells(&reading, &[]);
    assert_eq!(report(reading).texts["other"], [text.replace("\"x\"", "“x”")]);
}
