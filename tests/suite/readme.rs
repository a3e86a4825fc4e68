//! The commands of the README files run, and their examples are in the data format.

use crate::program::{Office, sample};

const ENGLISH: &str = include_str!("../../README.md");
const CHINESE: &str = include_str!("../../README.zh-CN.md");
const FORMAT: &str = include_str!("../../docs/data-format.md");

/// The lines of the fenced blocks of a language.
fn fenced<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == format!("```{language}");
        } else if inside {
            lines.push(line);
        }
    }
    lines
}

/// The whole report of the format page.
pub fn example() -> String {
    fenced(FORMAT, "toml report").join("\n") + "\n"
}

#[test]
fn its_commands_run() {
    let office = Office::new();
    let toml = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    office.file("my.toml", &toml);
    office.file(
        "data/reports/pengyang-jgsw-2020.toml",
        std::fs::read(sample("pengyang-jgsw-2020.toml")).expect("sample"),
    );
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/typst")).expect("template") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        office.file(&format!("typst/{name}"), std::fs::read(path).expect("text"));
    }
    let mut ran = 0;
    for line in [ENGLISH, CHINESE].iter().flat_map(|page| fenced(page, "sh")) {
        let arguments =
            line.strip_prefix("cargo run --release -- ").or_else(|| line.strip_prefix("gongbao "));
        let Some(arguments) = arguments.filter(|arguments| !arguments.contains("/path/to/")) else {
            continue;
        };
        let run = office.run(arguments.split(' '));
        assert_eq!(run.code, 0, "{line}: {run:#?}");
        ran += 1;
    }
    assert!(ran >= 6, "commands that ran: {ran}");
    assert!(office.path("out/pengyang-jgsw-2020/public/pengyang-jgsw-2020.pdf").is_file());
}

#[test]
fn the_example_is_in_the_data_format() {
    let example = fenced(CHINESE, "toml");
    let end = example.iter().position(|line| line.starts_with("font-dir")).expect("the last block");
    let office = Office::new();
    office.file("example.toml", example[..end].join("\n"));
    let run = office.run(["check", "example.toml", "--json"]);
    for finding in run.json().as_array().expect("findings") {
        // It shows some of the rows and a line of text: that more is wanted is all there is to say.
        assert!(finding["rule"] == "missing" || finding["severity"] == "warning", "{finding}");
    }
}

#[test]
fn every_command_is_explained_to_the_offices() {
    for command in ["gongbao check", "gongbao build", "gongbao fonts", "--draft", "[filing]", "font-dir"] {
        assert!(CHINESE.contains(command), "{command}");
    }
}

#[test]
fn the_report_of_the_format_page_builds_and_says_nothing_wrong() {
    let office = Office::new();
    office.file("report.toml", example());
    let checked = office.run(["check", "report.toml", "--json"]);
    assert_eq!(checked.json(), serde_json::json!([]));
    assert_eq!(office.run(["build", "report.toml"]).code, 0);
    // The other examples are parts of a file: each may be added to the report.
    let parts = fenced(FORMAT, "toml").join("\n");
    let at = parts.find("published =").expect("the last example");
    let (office_only, _) = parts.split_at(at);
    office.file("with-parts.toml", example() + office_only);
    let checked = office.run(["check", "with-parts.toml"]);
    assert_eq!(checked.code, 0, "{checked:#?}");
}
