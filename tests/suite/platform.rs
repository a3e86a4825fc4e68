//! What differs between systems: files that cannot be replaced, terminals without colours.

use std::process::Command;

use gongbao_test_support::{Office, judges};

use crate::program::{PROGRAM, office_with};

/// Runs the program with these arguments while a file of the folder cannot be replaced: a mount point in a name space of
/// the run's own stands for a file that another program holds open on Windows. `None` where name spaces are not allowed.
fn run_with_held_file(office: &Office, held: &str, arguments: &[&str]) -> Option<(i32, String)> {
    let script = r#"mount --bind "$1" "$1" || exit 99; shift; exec "$@""#;
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script, "sh", held, PROGRAM]).args(arguments);
    let output = judges::output("unshare", command.current_dir(office.path(".")))?;
    let code = output.status.code().unwrap_or(-1);
    if code == 99 || String::from_utf8_lossy(&output.stderr).starts_with("unshare:") {
        judges::missing("unshare");
        return None;
    }
    Some((code, String::from_utf8_lossy(&output.stdout).into_owned()))
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_replaced_leaves_all_outputs_as_they_were() {
    let office = office_with("pengyang-jgsw-2020.toml");
    let build = ["build", "pengyang-jgsw-2020.toml", "--only", "html,docx,data"];
    assert_eq!(office.run(build).code, 0);
    let changed = office.text("pengyang-jgsw-2020.toml").replacen("主动公开", "积极公开", 1);
    office.file("pengyang-jgsw-2020.toml", changed);
    let files = office.files();
    let contents = |office: &Office| files.iter().map(|file| office.read(file)).collect::<Vec<_>>();
    let before = contents(&office);
    for held in files.iter().filter(|file| file.starts_with("out/")) {
        let Some((code, said)) = run_with_held_file(&office, held, &build) else { return };
        assert_eq!(code, 2, "{held}: {said}");
        assert!(said.contains("原有文件没有改动"), "{said}");
        assert_eq!(office.files(), files, "{held}");
        assert!(contents(&office) == before, "{held} was held, and another output was replaced");
    }
    // Once the file is free, everything is replaced.
    assert_eq!(office.run(build).code, 0);
    assert_eq!(office.files(), files);
    for (file, before) in files.iter().zip(&before).filter(|(file, _)| file.starts_with("out/")) {
        assert!(office.read(file) != *before, "{file}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn colours_are_shown_only_where_they_are_understood() {
    let office = office_with("pengyang-jgsw-2020.toml");
    let coloured = |variable: &str, value: &str| {
        // `script` runs a command in a terminal of its own.
        let line = format!("{PROGRAM} check pengyang-jgsw-2020.toml");
        let mut command = Command::new("script");
        command.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
        command.env("TERM", "xterm-256color").env_remove("NO_COLOR").env(variable, value);
        let output = judges::output("script", command.current_dir(office.path(".")))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains("blank"), "{text}");
        Some(text.contains('\x1b'))
    };
    assert_ne!(coloured("TERM", "xterm-256color"), Some(false));
    assert_ne!(coloured("TERM", "dumb"), Some(true));
    assert_ne!(coloured("NO_COLOR", "1"), Some(true));
}
