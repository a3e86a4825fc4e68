//! The release archive runs without the repository and without an environment.

use gongbao_test_support::repository;
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use crate::program::{PROGRAM, office_with};

#[cfg(target_os = "linux")]
#[test]
fn the_archive_runs_in_an_empty_environment() {
    let office = office_with("pengyang-jgsw-2020.toml");
    let script = repository().join("scripts/package.sh");
    let made = Command::new("bash")
        .arg(script)
        .args(["--program", PROGRAM, "--out"])
        .arg(office.path("made"))
        .output()
        .expect("bash");
    assert!(made.status.success(), "{made:?}");
    let archive = std::fs::read_dir(office.path("made"))
        .expect("a folder")
        .flatten()
        .next()
        .expect("an archive")
        .path();
    std::fs::create_dir(office.path("空 处")).expect("a folder");
    let unpacked = Command::new("tar").arg("-xf").arg(&archive).arg("-C").arg(office.path("空 处")).status();
    assert!(unpacked.is_ok_and(|status| status.success()));
    let folder = std::fs::read_dir(office.path("空 处"))
        .expect("a folder")
        .flatten()
        .next()
        .expect("its folder")
        .path();
    std::fs::copy(office.path("pengyang-jgsw-2020.toml"), folder.join("报告.toml")).expect("a copy");
    // Without an environment, only the faces beside the program can be found.
    let run = |arguments: &[&str]| {
        Command::new(folder.join("gongbao"))
            .args(arguments)
            .current_dir(&folder)
            .env_clear()
            .output()
            .expect("a run")
    };
    for arguments in [["check", "报告.toml"].as_slice(), &["build", "报告.toml"]] {
        let run = run(arguments);
        assert!(run.status.success(), "{run:?}");
    }
    assert!(folder.join("out/报告/public/报告.pdf").is_file());
    use std::os::unix::process::CommandExt;
    let mut child = Command::new("sh")
        .arg(folder.join("启动.sh"))
        .arg("--no-open")
        .current_dir("/")
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", office.path("home"))
        // The start file waits for the program: both are ended together, as by closing their window.
        .process_group(0)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the start file");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("output")).read_line(&mut line).expect("an address");
    let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).status();
    let _ = child.wait();
    assert!(line.starts_with("http://127.0.0.1:"), "{line}");
}
