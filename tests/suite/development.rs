//! `--dev`: the template, the page and the data of a repository are used instead of the embedded ones.

use gongbao_test_support::{Office, repository};
use serde_json::Value;

use crate::{
    program::{new_office, office_with},
    serve::client::Server,
};

const SAMPLE: &str = "pengyang-jgsw-2020.toml";
const STEM: &str = "pengyang-jgsw-2020";

/// Copies the files that `--dev` reads into the folder `repository`.
fn copy_repository(office: &Office) {
    for folder in ["typst", "data/forms", "src/serve/page"] {
        office.copy(&repository().join(folder), &format!("repository/{folder}"));
    }
    for file in ["data/vocabulary.toml", "data/import.toml"] {
        office.file(&format!("repository/{file}"), std::fs::read(repository().join(file)).expect("a file"));
    }
}

/// Replaces a text in a file, which must contain it.
fn edit(office: &Office, file: &str, old: &str, new: &str) {
    let text = office.text(file);
    assert!(text.contains(old), "{file} contains {old}");
    office.file(file, text.replace(old, new));
}

fn build(office: &Office, out: &str, arguments: &[&str]) {
    let run = office.run([&["build", SAMPLE, "-o", out], arguments].concat());
    assert_eq!(run.code, 0, "{run:#?}");
}

#[test]
fn unchanged_files_give_the_outputs_of_the_embedded_ones() {
    let office = office_with(SAMPLE);
    copy_repository(&office);
    build(&office, "embedded", &[]);
    build(&office, "dev", &["--dev=repository"]);
    let outputs: Vec<String> =
        office.files().into_iter().filter(|file| file.starts_with("embedded/")).collect();
    assert!(outputs.len() >= 5, "{outputs:?}");
    for file in outputs {
        assert!(
            office.read(&file) == office.read(&file.replacen("embedded", "dev", 1)),
            "{file} is the same, the digests in the manifest included"
        );
    }
}

#[test]
fn a_changed_template_and_form_are_used() {
    let office = office_with(SAMPLE);
    copy_repository(&office);
    build(&office, "before", &["--dev=repository"]);
    edit(&office, "repository/typst/theme.typ", "#let body-size = 16pt", "#let body-size = 15pt");
    edit(&office, "repository/data/forms/2019.toml", "一、总体情况", "一、基本情况");
    build(&office, "after", &["--dev=repository"]);
    let pdf = |out: &str| office.read(&format!("{out}/{STEM}/public/{STEM}.pdf"));
    assert!(pdf("before") != pdf("after"));
    let page = |out: &str| office.text(&format!("{out}/{STEM}/public/{STEM}.html"));
    assert!(page("before").contains("一、总体情况") && page("after").contains("一、基本情况"));
}

#[test]
fn results_in_the_build_cache_depend_on_the_data_files() {
    let office = office_with(SAMPLE).sample("shanghai-gov-office-2025.toml");
    copy_repository(&office);
    let build = || {
        let files = [SAMPLE, "shanghai-gov-office-2025.toml"];
        let run = office.run([["build", "--dev=repository"].as_slice(), &files].concat());
        assert_eq!(run.code, 0, "{run:#?}");
        run
    };
    build();
    assert!(build().stdout.contains("没有变化2份"), "nothing has changed");
    edit(&office, "repository/data/forms/2019.toml", "一、总体情况", "一、基本情况");
    let run = build();
    assert!(run.stdout.contains("已生成1份") && run.stdout.contains("没有变化1份"), "{run:#?}");
}

#[test]
fn an_invalid_data_file_is_named() {
    let office = office_with(SAMPLE);
    copy_repository(&office);
    for file in ["data/forms/2019.toml", "data/vocabulary.toml", "data/import.toml"] {
        let path = format!("repository/{file}");
        let good = office.text(&path);
        office.file(&path, format!("{good}\n[unfinished"));
        let run = office.run(["check", SAMPLE, "--dev=repository"]);
        assert_eq!(run.code, 2, "{run:#?}");
        assert!(run.stderr.contains(file), "{run:#?}");
        office.file(&path, good);
    }
    let run = new_office().run(["fonts", "--dev"]);
    assert_eq!(run.code, 2, "a folder without data: {run:#?}");
}

#[test]
fn the_server_uses_changed_files_without_a_restart() {
    let office = new_office();
    office.file(
        &format!("reports/{SAMPLE}"),
        std::fs::read(gongbao_test_support::sample(SAMPLE)).expect("a sample"),
    );
    copy_repository(&office);
    let root = format!("--dev={}", office.path("repository").display());
    let server = Server::start_with(&office.path("reports"), &[&root]);
    let hashes = || {
        let pages = server.get(&format!("/api/pages?file={SAMPLE}")).ok();
        let pages = pages["pages"].as_array().expect("pages").clone();
        pages.iter().map(|page| page["hash"].clone()).collect::<Vec<Value>>()
    };
    let before = hashes();
    assert_eq!(hashes(), before);
    edit(&office, "repository/typst/theme.typ", "#let body-size = 16pt", "#let body-size = 15pt");
    assert_ne!(hashes(), before);
    edit(&office, "repository/typst/theme.typ", "#let body-size = 15pt", "#let body-size = 16pt");
    assert_eq!(hashes(), before);
    let script = || server.get("/assets/main.js").body;
    let before = script();
    office.file("repository/src/serve/page/main.js", [before.as_slice(), b"// changed\n"].concat());
    assert_eq!(script(), [before.as_slice(), b"// changed\n"].concat());
    // The addresses are those of the embedded files; nothing else of the repository is served.
    assert_eq!(server.get("/assets/../assets.rs").status, 404);
    office.file("repository/src/serve/page/other.js", "");
    assert_eq!(server.get("/assets/other.js").status, 404);
}
