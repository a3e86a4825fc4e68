//! `gongbao site` copies everything public of a built folder and nothing else.

use gongbao_test_support::{Office, Run};
use serde_json::Value;

use super::{
    browser,
    corrected::corrected,
    scene::{self, STEMS},
};
use crate::program::new_office;

/// Builds two reports of one body and one of another; one has internal data, a draft and an earlier state.
fn county() -> Office {
    let office = new_office();
    let shanghai = scene::toml("shanghai-gov-office-2025");
    let private = "\n[filing]\nrecipient = \"县政务公开办甲乙丙\"\nphone = \"021-00001111\"\n\n[[accepted]]\nrule = \"S6\"\nreason = \"自然失效丁戊己\"\n";
    office.file("in/new.toml", format!("{shanghai}{private}"));
    office.file("in/py.toml", scene::toml("pengyang-jgsw-2020"));
    let run = office.run(["build", "in", "--only", "web,print,html,data"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert_eq!(office.run(["build", "in/new.toml", "--draft=送审稿庚辛"]).code, 0);
    office.file("out/new/history/1/public/new.pdf", "旧版本壬癸");
    office
}

fn site(office: &Office) -> Run {
    office.run(["site", "out", "-o", "www"])
}

/// The files of the site, from its folder.
fn files(office: &Office) -> Vec<String> {
    office.files().iter().filter_map(|file| file.strip_prefix("www/").map(str::to_owned)).collect()
}

#[test]
fn the_site_holds_everything_public_and_nothing_else() {
    let office = county();
    let run = site(&office);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:#?}");
    assert_eq!(
        files(&office),
        [
            "index.html",
            "index.json",
            "new/new.fragment.html",
            "new/new.html",
            "new/new.pdf",
            "py/py.fragment.html",
            "py/py.html",
            "py/py.pdf",
        ]
    );
    for file in files(&office) {
        let bytes = office.read(&format!("www/{file}"));
        for words in ["甲乙丙", "021-00001111", "丁戊己", "庚辛", "壬癸"] {
            assert!(
                !bytes.windows(words.len()).any(|window| window == words.as_bytes()),
                "{words} in {file}"
            );
        }
        if let Some((stem, name)) = file.split_once('/') {
            assert!(bytes == office.read(&format!("out/{stem}/public/{name}")), "{file} as it was built");
        }
    }
    let index: Value = serde_json::from_str(&office.text("www/index.json")).expect("JSON");
    let reports = index["reports"].as_array().expect("reports");
    assert_eq!(reports.len(), 2);
    assert_eq!(reports[0]["agency"], "上海市人民政府办公厅");
    assert_eq!(reports[0]["year"], 2025);
    assert_eq!(reports[0]["files"][2]["bytes"], office.read("www/new/new.pdf").len());
    let page = scraper::Html::parse_document(&office.text("www/index.html"));
    let links = scraper::Selector::parse("a").expect("a selector");
    for link in page.select(&links).filter_map(|link| link.attr("href")) {
        assert!(office.path(&format!("www/{link}")).is_file(), "{link} leads to a file");
    }
    // A second run gives the same bytes.
    let before = office.text("www/index.json") + &office.text("www/index.html");
    assert_eq!(site(&office).code, 0);
    assert!(before == office.text("www/index.json") + &office.text("www/index.html"));
}

#[test]
fn the_index_lists_the_newest_report_of_a_body_first_with_its_state() {
    let office = new_office();
    let toml = scene::toml("shanghai-gov-office-2025");
    office.file("a.toml", toml.replace("2025", "2024"));
    corrected(&office, "b");
    let run = office.run(["build", "a.toml", "--only", "html", "--draft"]);
    assert!(run.code < 2, "{run:#?}");
    let run = office.run(["build", "b.toml", "--only", "html"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let run = site(&office);
    assert_eq!(run.code, 0, "{run:#?}");
    let index: Value = serde_json::from_str(&office.text("www/index.json")).expect("JSON");
    // A draft alone has nothing public.
    assert_eq!(index["reports"].as_array().expect("reports").len(), 1);
    assert_eq!(index["reports"][0]["state"], "corrected");
    assert_eq!(index["reports"][0]["corrected"], serde_json::json!(["2026-03-02", "2026-04-01"]));
    assert!(office.text("www/index.html").contains("已更正"));
}

#[test]
fn files_changed_after_the_build_are_named_and_left_out() {
    let office = county();
    office.file("out/new/public/notes.docx", "a note of somebody's");
    office.file("out/new/public/new.html", "saved over");
    std::fs::remove_file(office.path("out/new/public/new.fragment.html")).expect("the fragment");
    office.file("out/odd/public/odd.pdf", "no manifest");
    let manifest = office.text("out/py/manifest.json");
    let forged = "{\"path\": \"public/../filing/py-print.pdf\", \"sha256\": \"\", \"bytes\": 1, \"inputs\": \"\"}, {\"path\": \"filing/py-print.pdf\"";
    office.file(
        "out/py/manifest.json",
        manifest.replacen("{\n      \"path\": \"filing/py-print.pdf\"", forged, 1),
    );
    let run = site(&office);
    assert_eq!(run.code, 1, "{run:#?}");
    for named in ["notes.docx", "new.html", "new.fragment.html", "out/odd"] {
        assert!(run.stderr.replace('\\', "/").contains(named), "{named}: {run:#?}");
    }
    assert_eq!(
        files(&office),
        ["index.html", "index.json", "new/new.pdf", "py/py.fragment.html", "py/py.html", "py/py.pdf"]
    );
}

#[test]
fn the_index_is_accessible() {
    let Some(index) = browser::index() else { return };
    assert_eq!(index["axe"], Value::Array(Vec::new()));
    assert_eq!(index["complaints"], Value::Array(Vec::new()));
    assert_eq!(index["requests"], Value::Array(Vec::new()));
    for width in ["320", "360", "768", "1280", "large"] {
        assert_eq!(index["layout"][width]["problems"], Value::Array(Vec::new()), "at {width}");
    }
    let links = index["links"].as_array().expect("links");
    assert_eq!(links.len(), 2 * STEMS.len(), "a page and a PDF each: {links:?}");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_publishes_no_file_outside_the_folder() {
    let office = county();
    let public = office.path("out/new/public/new.pdf");
    std::fs::remove_file(&public).expect("the PDF");
    std::os::unix::fs::symlink(office.path("in/new.toml"), &public).expect("a link");
    let run = site(&office);
    assert_eq!(run.code, 1, "{run:#?}");
    assert!(!files(&office).contains(&"new/new.pdf".to_owned()));
}

#[test]
fn a_folder_that_is_no_site_is_not_changed() {
    let office = county();
    office.file("www/index.html", "somebody's own site");
    let run = site(&office);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("index.html"), "{run:#?}");
    assert_eq!(office.text("www/index.html"), "somebody's own site");
    assert_eq!(files(&office), ["index.html"]);

    std::fs::remove_file(office.path("www/index.html")).expect("the file");
    assert_eq!(site(&office).code, 0, "an empty folder is anybody's");
    office.file("www/robots.txt", "somebody's own file in our site");
    let before = files(&office);
    assert_eq!(site(&office).code, 2);
    assert_eq!(files(&office), before);
    std::fs::remove_file(office.path("www/robots.txt")).expect("the file");

    // The next run removes what is no longer public.
    std::fs::remove_dir_all(office.path("out/py")).expect("a report");
    assert_eq!(site(&office).code, 0);
    assert!(files(&office).iter().all(|file| !file.starts_with("py/")));
    let own = office.run(["site", "out", "-o", "out"]);
    assert_eq!(own.code, 2, "the outputs are no site: {own:#?}");
    assert!(office.path("out/new/manifest.json").is_file());
    assert_eq!(office.run(["site", "in", "-o", "www2"]).code, 2, "nothing was built there");
    assert!(!office.path("www2").exists());
    let left = office.files().into_iter().filter(|file| file.contains(".gongbao-"));
    assert_eq!(left.count(), 0, "nothing is left lying about");
}

#[test]
fn a_file_with_outdated_figures_is_not_put_on_the_site() {
    let office = new_office();
    office.file("a.toml", scene::toml("shanghai-gov-office-2025"));
    assert_eq!(office.run(["build", "a.toml"]).code, 0);
    assert_eq!(site(&office).code, 0);
    // A figure is changed, and only the page is built again.
    office.file("a.toml", office.text("a.toml").replace("licences = 0", "licences = 1"));
    assert_eq!(office.run(["build", "a.toml", "--only", "html"]).code, 0);
    let run = site(&office);
    assert!(run.code == 1 && run.stderr.contains("a.pdf") && run.stderr.contains("改动以前"), "{run:#?}");
    assert_eq!(files(&office), ["a/a.fragment.html", "a/a.html", "index.html", "index.json"]);
    assert_eq!(office.run(["build", "a.toml"]).code, 0);
    assert_eq!(site(&office).code, 0);
    // A changed comment in the file changes no output: nothing is outdated.
    office.file("a.toml", office.text("a.toml") + "# 已核对\n");
    let run = office.run(["build", "a.toml"]);
    assert!(run.stdout.starts_with("没有变化"), "{run:#?}");
    assert_eq!(site(&office).code, 0);
}
