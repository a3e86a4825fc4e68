//! What is no file is refused at once, wherever it is named; one unreadable folder hides no other.

use std::{os::unix::fs::PermissionsExt, process::Command};

use gongbao_test_support::Office;

use super::{SAMPLE, office, report, timed};

fn pipe(office: &Office, name: &str) {
    office.file(name, "");
    std::fs::remove_file(office.path(name)).expect("removed");
    assert!(Command::new("mkfifo").arg(office.path(name)).status().expect("mkfifo").success());
}

#[test]
fn a_pipe_or_a_device_is_refused_at_once() {
    let office = office();
    pipe(&office, "pipe.toml");
    office.file(SAMPLE, report());
    let refused: [&[&str]; 12] = [
        &["check", "pipe.toml"],
        &["build", "pipe.toml"],
        &["check", SAMPLE, "--rules", "pipe.toml"],
        &["check", SAMPLE, "--last-year", "pipe.toml"],
        &["status", ".", "--roster", "pipe.toml"],
        &["import", "pipe.toml", "-o", "got.json"],
        &["publish", "pipe.toml", "--date", "2026-01-26"],
        &["diff", SAMPLE, "pipe.toml"],
        &["extract", "pipe.toml"],
        &["new", "--from", "pipe.toml", "-o", "next.toml"],
        &["schema", "--form", "pipe.toml"],
        &["import", "/dev/zero", "-o", "got.toml"],
    ];
    for arguments in refused {
        let run = timed(&office, 10, arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {run:#?}");
    }
}

#[test]
fn a_pipe_in_a_folder_is_a_finding_and_the_others_are_built() {
    let office = office();
    pipe(&office, "in/pipe.toml");
    office.file(&format!("in/{SAMPLE}"), report());
    std::os::unix::fs::symlink("circle.toml", office.path("in/circle.toml")).expect("a link");
    let run = timed(&office, 60, &["build", "in", "--only", "html"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("pipe.toml") && run.stderr.contains("circle.toml"), "{run:#?}");
    assert!(office.path("out/pengyang-jgsw-2020/public/pengyang-jgsw-2020.html").is_file(), "{run:#?}");
}

#[test]
fn an_unreadable_folder_is_a_finding_and_the_others_are_checked() {
    let office = office();
    office.file(&format!("in/open/{SAMPLE}"), report());
    office.file("in/closed/other.toml", report());
    let closed = office.path("in/closed");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("permissions");
    // The administrator may read everything, so somebody else runs the program.
    let run = as_nobody(&office, &["check", "in"]);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).expect("permissions");
    let Some(run) = run else { return };
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stdout.contains("in/closed") && run.stdout.contains("共检查2份报告"), "{run:#?}");
}

#[test]
fn the_settings_of_another_user_are_ignored_and_it_is_said() {
    let office = office();
    office.file("gongbao.toml", "out = \"elsewhere\"\n");
    office.file(&format!("work/{SAMPLE}"), report());
    let Some(run) = as_nobody_in(&office, "work", &["check", SAMPLE]) else { return };
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(run.stderr.contains("gongbao.toml") && run.stderr.contains("另一个用户"), "{run:#?}");
}

/// Runs the program as a user without rights; `None` if the tests are not run by the administrator.
fn as_nobody(office: &Office, arguments: &[&str]) -> Option<gongbao_test_support::Run> {
    as_nobody_in(office, "", arguments)
}

fn as_nobody_in(office: &Office, folder: &str, arguments: &[&str]) -> Option<gongbao_test_support::Run> {
    use std::os::unix::fs::MetadataExt;
    if std::fs::metadata(office.path("")).expect("a folder").uid() != 0 {
        return None;
    }
    std::fs::set_permissions(office.path(""), std::fs::Permissions::from_mode(0o755)).expect("permissions");
    // The program may lie in a folder that nobody else may enter.
    let copy = office.path("program");
    std::fs::copy(super::program(), &copy).expect("a copy");
    std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(0o755)).expect("permissions");
    let fonts = office.path("fonts");
    std::fs::create_dir_all(&fonts).expect("a folder");
    for entry in std::fs::read_dir(gongbao_test_support::repository().join("fonts")).expect("fonts").flatten()
    {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), fonts.join(entry.file_name())).expect("a copy");
        }
    }
    let output = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(&copy)
        .args(arguments)
        .env("GONGBAO_FONTS", &fonts)
        .current_dir(office.path(folder))
        .output()
        .expect("setpriv");
    Some(output.into())
}
