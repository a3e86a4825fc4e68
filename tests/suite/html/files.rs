//! Page and fragment as files: validity, same bytes on every run, rebuilding, links, embedded data.

use std::path::PathBuf;

use gongbao_test_support::judges;
use serde_json::Value;

use super::scene::{self, HOSTILE, STEMS};
use crate::program::{new_office, office_with};

const SHANGHAI: &str = "shanghai-gov-office-2025";

#[test]
fn pages_and_fragments_are_valid_html() {
    let built = scene::built();
    let mut files: Vec<PathBuf> =
        STEMS.iter().map(|stem| built.path(&format!("out/{stem}/public/{stem}.html"))).collect();
    let wrapped = new_office();
    for (number, stem) in STEMS.iter().enumerate() {
        let fragment = built.text(&format!("out/{stem}/public/{stem}.fragment.html"));
        let page = format!(
            "<!DOCTYPE html>\n<html lang=\"zh-Hans\"><head><title>栏目</title></head><body><h1>栏目</h1>\n{fragment}</body></html>\n"
        );
        files.push(wrapped.file(&format!("{number}.html"), page));
    }
    files.push(built.path("www/index.html"));
    let Some(complaints) = judges::nu(&files) else { return };
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn the_same_report_gives_the_same_bytes_and_is_not_rebuilt() {
    let build = || {
        let office = office_with("shanghai-gov-office-2025.toml");
        let run = office.run(["build", "shanghai-gov-office-2025.toml"]);
        assert_eq!(run.code, 0, "{run:#?}");
        office
    };
    let (a, b) = (build(), build());
    for ending in ["html", "fragment.html"] {
        let name = format!("out/{SHANGHAI}/public/{SHANGHAI}.{ending}");
        assert!(a.read(&name) == b.read(&name), "{ending}");
    }
    let again = a.run(["build", "shanghai-gov-office-2025.toml", "--json"]);
    assert_eq!(again.json()["reports"][0]["state"], "unchanged");
}

/// The links of a page by their text, from its source.
fn links(page: &str) -> Vec<(String, String)> {
    let page = scraper::Html::parse_document(page);
    let selector = scraper::Selector::parse("nav.downloads a").expect("a selector");
    page.select(&selector)
        .map(|link| (link.text().collect(), link.attr("href").unwrap_or_default().to_owned()))
        .collect()
}

#[test]
fn the_page_links_the_files_beside_it_and_no_others() {
    let office = office_with("shanghai-gov-office-2025.toml");
    let page = format!("out/{SHANGHAI}/public/{SHANGHAI}.html");
    let pdf = format!("out/{SHANGHAI}/public/{SHANGHAI}.pdf");
    let build = |only: &str| {
        let run = office.run(["build", "shanghai-gov-office-2025.toml", "--only", only]);
        assert_eq!(run.code, 0, "{run:#?}");
        links(&office.text(&page))
    };
    let leads_to_pdf = |links: &[(String, String)]| links.iter().any(|(_, href)| href.ends_with(".pdf"));
    assert!(!leads_to_pdf(&build("html")), "there is no PDF yet");

    let with_pdf = build("html,web");
    let bytes = office.read(&pdf).len();
    let (words, href) = with_pdf.iter().find(|(_, href)| href.ends_with(".pdf")).expect("a link");
    assert_eq!(href, &format!("{SHANGHAI}.pdf"));
    assert_eq!(words, &format!("下载PDF（7页，{} KB）", bytes.div_ceil(1024)));
    assert_eq!(build("html"), with_pdf, "it still stands, made from the same data");

    // A PDF made from other data is not linked.
    let toml = office.text("shanghai-gov-office-2025.toml");
    office.file("shanghai-gov-office-2025.toml", toml.replacen("一是", "首先是", 1));
    assert!(!leads_to_pdf(&build("html")), "the PDF is of yesterday");
    assert!(leads_to_pdf(&build("web,html")));
    std::fs::remove_file(office.path(&pdf)).expect("the PDF");
    assert!(!leads_to_pdf(&build("html")), "the PDF is gone");
}

#[test]
fn a_link_works_for_any_file_name() {
    let page = scene::built().text(&format!("out/{HOSTILE}/public/{HOSTILE}.html"));
    let (_, href) = links(&page).into_iter().find(|(_, href)| href.ends_with(".pdf")).expect("a link");
    let decoded: Vec<u8> = {
        let mut bytes = href.bytes();
        let mut decoded = Vec::new();
        while let Some(byte) = bytes.next() {
            let mut digit = || bytes.next().map(char::from).and_then(|c| c.to_digit(16)).expect("a digit");
            decoded.push(if byte == b'%' {
                u8::try_from(digit() * 16 + digit()).expect("a byte")
            } else {
                assert!(byte.is_ascii_alphanumeric() || b"-._~".contains(&byte), "{href}");
                byte
            });
        }
        decoded
    };
    assert_eq!(String::from_utf8(decoded).expect("UTF-8"), format!("{HOSTILE}.pdf"));
}

#[test]
fn the_page_carries_the_data_that_the_pdf_carries() {
    let page = scene::built().text(&format!("out/{SHANGHAI}/public/{SHANGHAI}.html"));
    let links = links(&page);
    let data = links
        .iter()
        .find_map(|(words, href)| Some((words, href.strip_prefix("data:application/json;base64,")?)));
    let (words, data) = data.expect("the data");
    let data = base64(data);
    assert_eq!(words, &format!("下载数据（JSON，{} KB）", data.len().div_ceil(1024)));
    let data = String::from_utf8(data).expect("UTF-8");
    let pdf = scene::built().path(&format!("out/{SHANGHAI}/public/{SHANGHAI}.pdf"));
    if let Some(read) = judges::read_pdf(&[pdf]) {
        assert_eq!(read[0]["attachments"][0]["text"], Value::from(data.clone()));
    }
    // The data can be built again.
    let office = new_office();
    office.file("again.json", data);
    assert_eq!(office.run(["check", "again.json"]).code, 0);

    let office = office_with("shanghai-gov-office-2025.toml");
    let run = office.run(["build", "shanghai-gov-office-2025.toml", "--only", "html", "--no-attach"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let page = office.text(&format!("out/{SHANGHAI}/public/{SHANGHAI}.html"));
    assert!(!page.contains("application/json"), "unless it is not wanted");
}

/// Decodes base64 (RFC 4648).
fn base64(text: &str) -> Vec<u8> {
    let value = |c: u8| {
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".iter().position(|d| *d == c)
    };
    let bits: Vec<usize> = text.trim_end_matches('=').bytes().map(|c| value(c).expect("a digit")).collect();
    let mut bytes = Vec::new();
    for four in bits.chunks(4) {
        let number = four.iter().enumerate().fold(0, |sum, (at, bits)| sum | bits << (18 - 6 * at));
        bytes.extend((0..four.len() - 1).map(|at| (number >> (16 - 8 * at) & 0xFF) as u8));
    }
    bytes
}

#[test]
fn the_page_has_the_meta_labels_of_government_sites() {
    let office = new_office();
    office.file("in/a.toml", scene::toml(SHANGHAI));
    office.file(
        "gongbao.toml",
        "[portal]\nsite-name = \"某某县\\\"人民政府\"\nsite-domain = \"www.example.gov.cn\"\nsite-id-code = \"6404250001\"\ncolumn-name = \"年报\"\n",
    );
    let run = office.run(["build", "in/a.toml", "--only", "html"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let page = scraper::Html::parse_document(&office.text("out/a/public/a.html"));
    let selector = scraper::Selector::parse("meta[name]").expect("a selector");
    let meta = |name: &str| -> Vec<String> {
        let named = page.select(&selector).filter(|meta| meta.attr("name") == Some(name));
        named.filter_map(|meta| meta.attr("content").map(str::to_owned)).collect()
    };
    for (name, content) in [
        ("SiteName", "某某县\"人民政府"),
        ("SiteDomain", "www.example.gov.cn"),
        ("SiteIDCode", "6404250001"),
        ("ColumnName", "年报"),
        ("ColumnType", "信息公开年报"),
        ("ArticleTitle", "2025年上海市人民政府办公厅政府信息公开工作年度报告"),
        ("ContentSource", "上海市人民政府办公厅"),
        ("dcterms.creator", "上海市人民政府办公厅"),
        ("dcterms.language", "zh-CN"),
    ] {
        assert_eq!(meta(name), [content], "{name}");
    }
    assert!(meta("PubDate").is_empty(), "nobody has said that it was published");
    let lang = scraper::Selector::parse("html[lang=zh-CN]").expect("a selector");
    assert_eq!(page.select(&lang).count(), 1);

    // The settings of the site are part of the page: changing them rebuilds it.
    let config = office.text("gongbao.toml");
    office.file("gongbao.toml", config.replace("年报", "信息公开年度报告"));
    let run = office.run(["build", "in/a.toml", "--only", "html", "--json"]);
    assert_eq!(run.json()["reports"][0]["state"], "built");
    office.file("gongbao.toml", config.replace("site-name", "sitename"));
    let run = office.run(["build", "in/a.toml", "--only", "html"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("sitename") && run.stderr.contains("site-name"), "{run:#?}");
}

#[test]
fn internal_data_do_not_reach_the_page() {
    let office = new_office();
    let toml = scene::toml(SHANGHAI)
        + "\n[filing]\nrecipient = \"市政务公开办甲乙丙\"\nphone = \"021-00001111\"\n\n[[accepted]]\nrule = \"S6\"\nreason = \"自然失效另行统计丁戊己\"\n";
    office.file("a.toml", toml);
    assert_eq!(office.run(["build", "a.toml", "--only", "html"]).code, 0);
    for ending in ["html", "fragment.html"] {
        let page = office.text(&format!("out/a/public/a.{ending}"));
        let data = page.split_once("base64,").and_then(|(_, rest)| rest.split('"').next()).map(base64);
        let data = data.map(|data| String::from_utf8(data).expect("UTF-8")).unwrap_or_default();
        for words in ["甲乙丙", "021-00001111", "丁戊己", "filing", "accepted"] {
            assert!(!page.contains(words) && !data.contains(words), "{words} in {ending}");
        }
    }
}
