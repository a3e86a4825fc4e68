//! The commands of the README files run, and their examples are in the data format.

use gongbao_test_support::{repository, sample};

use crate::program::new_office;

const ENGLISH: &str = include_str!("../../README.md");
const CHINESE: &str = include_str!("../../README.zh-CN.md");
const FORMAT: &str = include_str!("../../docs/data-format.md");

/// Returns the lines of all fenced blocks of a language.
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

/// Returns the complete report of `docs/data-format.md`.
pub(crate) fn example() -> String {
    fenced(FORMAT, "toml report").join("\n") + "\n"
}

#[test]
fn the_commands_of_the_readme_run() {
    let office = new_office();
    let toml = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    office.file("my.toml", &toml);
    office.file(
        "data/reports/pengyang-jgsw-2020.toml",
        std::fs::read(sample("pengyang-jgsw-2020.toml")).expect("sample"),
    );
    office.copy(&repository().join("typst"), "typst");
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
fn the_example_of_the_readme_is_in_the_data_format() {
    let example = fenced(CHINESE, "toml");
    let end = example.iter().position(|line| line.starts_with("font-dir")).expect("the last block");
    let office = new_office();
    office.file("example.toml", example[..end].join("\n"));
    let run = office.run(["check", "example.toml", "--json"]);
    for finding in run.json().as_array().expect("findings") {
        // The example shows some of the rows and texts: only missing ones may be reported.
        assert!(finding["rule"] == "missing" || finding["severity"] == "warning", "{finding}");
    }
}

#[test]
fn the_chinese_readme_explains_the_commands() {
    for command in ["gongbao check", "gongbao build", "gongbao fonts", "--draft", "[filing]", "font-dir"] {
        assert!(CHINESE.contains(command), "{command}");
    }
}

#[test]
fn the_report_of_the_format_page_builds_without_findings() {
    let office = new_office();
    office.file("report.toml", example());
    let checked = office.run(["check", "report.toml", "--json"]);
    assert_eq!(checked.json(), serde_json::json!([]));
    assert_eq!(office.run(["build", "report.toml"]).code, 0);
    // The other examples are parts of a file, which can be added to the report.
    let parts = fenced(FORMAT, "toml").join("\n");
    let at = parts.find("published =").expect("the last example");
    let (office_only, _) = parts.split_at(at);
    office.file("with-parts.toml", example() + office_only);
    let checked = office.run(["check", "with-parts.toml"]);
    assert_eq!(checked.code, 0, "{checked:#?}");
}
