//! The page of a published report: date of publication, corrections, no withdrawn words.

use base64::{Engine, prelude::BASE64_STANDARD};
use gongbao_test_support::Office;

use super::scene;
use crate::program::new_office;

const NAME: &str = "张某某丙丁";

fn page(office: &Office, ending: &str) -> String {
    office.text(&format!("out/a/public/a.{ending}"))
}

/// Publishes a report and corrects it twice: a figure, and a name that is withdrawn.
pub(crate) fn corrected(office: &Office, stem: &str) {
    let file = format!("{stem}.toml");
    let first = scene::toml("shanghai-gov-office-2025")
        .replace("problems = \"\"\"\n", &format!("problems = \"\"\"\n有一件申请的申请人是{NAME}。\n"));
    office.file(&file, &first);
    let run = |arguments: &[&str]| {
        let run = office.run(arguments);
        assert_eq!(run.code, 0, "{run:#?}");
    };
    run(&["publish", &file, "--date", "2026-01-26"]);
    office.file("old.toml", office.text(&file));
    office.file(&file, office.text(&file).replace("licences = 0", "licences = 1"));
    run(&["correct", "old.toml", &file, "--reason", "行政许可漏计1件", "--date", "2026-03-02"]);
    office.file("old.toml", office.text(&file));
    office.file(&file, office.text(&file).replace(&format!("有一件申请的申请人是{NAME}。\n"), ""));
    run(&[
        "correct",
        "old.toml",
        &file,
        "--reason",
        "公开了不应公开的内容",
        "--date",
        "2026-04-01",
        "--redact",
        "problems[1]",
    ]);
}

#[test]
fn the_page_lists_each_correction_and_no_withdrawn_words() {
    let office = new_office();
    corrected(&office, "a");
    let run = office.run(["build", "a.toml", "--only", "html"]);
    assert_eq!(run.code, 0, "{run:#?}");
    for ending in ["html", "fragment.html"] {
        let page = page(&office, ending);
        assert!(page.contains("本报告于2026年3月2日更正：行政许可漏计1件。"), "{ending}");
        assert!(page.contains("本报告于2026年4月1日更正") && page.contains("部分内容已撤下"), "{ending}");
        assert!(!page.contains(NAME), "{ending}: what was withdrawn");
        assert!(!page.contains("correction-1.pdf"), "{ending}: no 更正说明 stands beside it");
    }
    let page = page(&office, "html");
    assert!(page.contains("<meta name=\"dcterms.modified\" content=\"2026-04-01\">"));
    assert!(page.contains("<meta name=\"PubDate\" content=\"2026-01-26"), "when it was published");
    // The data embedded in the page lack it as well.
    let (_, data) = page.split_once("base64,").expect("data");
    let data = BASE64_STANDARD.decode(&data[..data.find('"').expect("an end")]).expect("base64");
    let data = String::from_utf8(data).expect("UTF-8");
    assert!(data.contains("行政许可漏计1件") && !data.contains(NAME), "{data}");
}

#[test]
fn the_page_links_each_notice_of_correction_beside_it() {
    let office = new_office();
    corrected(&office, "a");
    let run = office.run(["build", "a.toml"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let page = page(&office, "html");
    for number in [1, 2] {
        let name = format!("a-correction-{number}.pdf");
        assert!(office.path(&format!("out/a/public/{name}")).is_file());
        assert!(page.contains(&format!("href=\"{name}\"")), "{name}");
    }
}
