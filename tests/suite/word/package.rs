//! The Word file as a package: same bytes on every run, nothing internal in it, hostile texts are only text.

use std::{
    collections::BTreeMap,
    io::Read,
    path::Path,
    time::{Duration, Instant},
};

use super::office::{STEMS, built};
use crate::program::{new_office, office_with};

/// Returns the parts of a package by name.
fn parts(file: &Path) -> BTreeMap<String, String> {
    let mut package = zip::ZipArchive::new(std::fs::File::open(file).expect("a file")).expect("a package");
    (0..package.len())
        .map(|number| {
            let mut part = package.by_index(number).expect("a part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("UTF-8");
            (part.name().expect("a name").into_owned(), text)
        })
        .collect()
}

#[test]
fn internal_data_are_not_in_the_file() {
    for (name, part) in parts(&built().office.path("word/signed.docx")) {
        for word in ["密存", "密签", "7654321", "密认可", "filing", "accepted"] {
            assert!(!part.contains(word), "{word} in {name}");
        }
    }
}

#[test]
fn the_same_report_gives_the_same_word_file() {
    let first = built();
    let again = new_office();
    for stem in STEMS {
        let name = format!("in/{stem}.toml");
        again.file(&name, first.office.read(&name));
    }
    again.file("in/own-form.toml", first.office.read("in/own-form.toml"));
    let run = again.run(["build", "in", "--only", "docx", "--jobs", "1"]);
    assert_eq!(run.code, 0, "{run:#?}");
    for stem in STEMS {
        let file = format!("out/{stem}/public/{stem}.docx");
        assert_eq!(first.office.read(&file), again.read(&file), "{stem}");
    }
    let unchanged = again.run(["build", "in/signed.toml", "--only", "docx"]);
    assert!(unchanged.stdout.starts_with("没有变化"), "{unchanged:#?}");
    // Another way to set the margins changes the file.
    again.file("gongbao.toml", "word-margins = \"letters\"\n");
    let run = again.run(["build", "in/signed.toml", "--only", "docx"]);
    assert!(run.stdout.starts_with("已生成"), "{run:#?}");
    assert_eq!(
        again.read("out/signed/public/signed.docx"),
        first.office.read("letters/signed/public/signed.docx")
    );
    let back = again.run(["build", "in/signed.toml", "--only", "docx", "--word-margins", "setup"]);
    assert_eq!(back.code, 0, "{back:#?}");
    assert_eq!(
        again.read("out/signed/public/signed.docx"),
        first.office.read("out/signed/public/signed.docx")
    );
}

#[test]
fn the_word_file_is_made_only_on_request() {
    let office = office_with("pengyang-jgsw-2020.toml");
    assert_eq!(office.run(["build", "pengyang-jgsw-2020.toml"]).code, 0);
    assert!(!office.files().iter().any(|file| file.ends_with(".docx")), "{:?}", office.files());
}

#[test]
fn megabytes_of_text_and_thousands_of_links_are_built_within_a_minute() {
    let office = new_office();
    let links: String =
        (0..20_000).map(|n| format!("见 http://www.example.gov.cn/{n}?a=%&b=\"<>{{}}#x#y 、")).collect();
    let trap = "</w:t></w:r><w:r><w:br w:type=\"page\"/></w:r> ]]> &#x0; &lt; <!-- ".repeat(40_000);
    office.file(
        "big.toml",
        format!(
            "year = 2024\nblanks = \"zero\"\npreface = '''{trap}'''\noverview = '''{links}'''\nproblems = '对照要求，还有差距，下一步改进。'\n\
             other = '本年度未收取信息处理费。'\n[agency]\nname = '甲局'\n[disclosure]\n[applications]\n[appeals]\n"
        ),
    );
    let start = Instant::now();
    let run = office.run(["build", "big.toml", "--only", "docx", "--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr.chars().take(2000).collect::<String>());
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    let file = office.path("out/big/public/big.docx");
    let all = parts(&file);
    let document = &all["word/document.xml"];
    assert!(!document.contains("w:type=\"page\""), "text is text");
    assert_eq!(all["word/_rels/document.xml.rels"].matches("TargetMode=\"External\"").count(), 20_000);
    let mut words = String::new();
    let mut reader = quick_xml::Reader::from_str(document);
    loop {
        match reader.read_event().expect("well-formed") {
            quick_xml::events::Event::Text(text) => words += &text,
            quick_xml::events::Event::GeneralRef(name) => {
                words += match &*name {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("{other}"),
                };
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(words.matches("<w:br w:type=").count(), 40_000);
    assert!(words.contains("]]> &#x0; &lt; <!--"));
}
