//! Control characters of files and names are shown, never written to a terminal, a table or a document.

use super::{SAMPLE, office, report, timed};

/// A name that would clear the screen, forge a line and turn the direction of writing.
const NAME: &str = "a\u{1b}[2J\u{1b}]0;x\u{7}\n已生成\u{202e}.toml";

fn is_clean(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || !(c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)))
}

#[cfg(unix)]
#[test]
fn names_of_files_do_not_steer_the_terminal() {
    let office = office();
    office.file(&format!("in/{NAME}"), report());
    office.file(&format!("in/{}", NAME.replace(".toml", ".xlsx")), "no workbook");
    office.file(&format!("in/{}", NAME.replace(".toml", ".json")), "{}");
    let named = format!("in/{NAME}");
    let runs: [&[&str]; 8] = [
        &["check", "in"],
        &["check", "in", "--format", "markdown"],
        &["check", "in", "--changes"],
        &["build", "in", "--only", "html"],
        &["status", "in"],
        &["import", &named, "-o", "got.json", "--force"],
        &["import", "--all", "in", "-o", "got"],
        &["publish", &named, "--date", "2020-01-01"],
    ];
    for arguments in runs {
        let run = timed(&office, 100, arguments);
        assert!(is_clean(&run.stdout), "{arguments:?}: {:?}", run.stdout);
        assert!(is_clean(&run.stderr), "{arguments:?}: {:?}", run.stderr);
        let forged = |text: &str| {
            text.lines().any(|line| line.starts_with("已生成.") || line.starts_with("已生成\u{FFFD}."))
        };
        assert!(!forged(&run.stdout) && !forged(&run.stderr), "{arguments:?}: {run:#?}");
    }
}

#[test]
fn json_names_the_same_file_without_steering_the_terminal() {
    let office = office();
    let name = "a\u{9b}2J\u{202e}.toml";
    office.file(name, report().replace("year = 2020", "year = 2020\nxyz = 1"));
    let run = timed(&office, 60, &["check", name, "--json"]);
    assert!(is_clean(&run.stdout), "{:?}", run.stdout);
    assert_eq!(run.json()[0]["file"], name);
}

#[test]
fn the_table_of_results_shows_control_characters_and_holds_no_formulas() {
    let office = office();
    let hostile = report().replacen(
        "name = \"彭阳县机关事务服务中心\"",
        "name = \"=HYPERLINK(\\\"http://x\\\")\\u001b[31m\"",
        1,
    );
    office.file(SAMPLE, &hostile);
    assert_ne!(hostile, report(), "the sample has this name");
    let _ = timed(&office, 100, &["build", SAMPLE, "--only", "html", "--csv", "results.csv"]);
    let table = office.text("results.csv").replace("\r\n", "\n");
    assert!(is_clean(table.trim_start_matches('\u{feff}')), "{table:?}");
    assert!(!table.contains(",=") && !table.contains(",\"="), "{table:?}");
}
