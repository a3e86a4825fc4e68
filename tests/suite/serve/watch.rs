//! `gongbao watch` rebuilds a report when it changes, and only then.

use gongbao_test_support::repository;
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::mpsc,
    time::Duration,
};

use crate::program::{PROGRAM, office_with};

#[test]
fn a_change_of_data_or_template_rebuilds_the_report() {
    let file = "pengyang-jgsw-2020.toml";
    let office = office_with(file);
    let template = office.path("template");
    std::fs::create_dir(&template).expect("a folder");
    for entry in std::fs::read_dir(repository().join("typst")).expect("the template").flatten() {
        std::fs::copy(entry.path(), template.join(entry.file_name())).expect("a copy");
    }
    // A template of the user's, which is set in the same way before and after the change below.
    let theme = office.text("template/theme.typ");
    office.file("template/theme.typ", theme + "\n// Of this office.\n");
    // A process started in the background may ignore Ctrl-C; `env` restores the default.
    let mut child = Command::new("env")
        .args(["--default-signal=INT", PROGRAM])
        .args(["watch", file, "--template", "template"])
        .current_dir(office.path(""))
        .env("GONGBAO_FONTS", repository().join("fonts"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a watch");
    let (send, lines) = mpsc::channel();
    let output = BufReader::new(child.stdout.take().expect("its output"));
    std::thread::spawn(move || output.lines().map_while(Result::ok).for_each(|line| drop(send.send(line))));
    let next = |words: &str| loop {
        let line =
            lines.recv_timeout(Duration::from_secs(30)).unwrap_or_else(|_| panic!("no line with {words}"));
        if line.contains(words) {
            return line;
        }
    };
    next("已生成");
    let pdf = format!("out/pengyang-jgsw-2020/public/{}", file.replace(".toml", ".pdf"));
    let first = office.read(&pdf);
    // Its own outputs and reading the file are no changes.
    office.read(file);
    assert!(lines.recv_timeout(Duration::from_millis(800)).is_err());
    office.file(file, office.text(file).replace("year = 2020", "year = 2020\ntitle = \"另一个标题\""));
    next("已生成");
    assert_ne!(office.read(&pdf), first);
    let second = office.read(&pdf);
    let theme = office.text("template/theme.typ");
    office.file("template/theme.typ", theme + "\n#let unused = 1\n");
    next("已生成");
    assert_eq!(office.read(&pdf), second, "the template says the same");
    // A mistake is reported, and watching continues.
    let good = office.text(file);
    office.file(file, good.replace("[applications]", "[applikations]"));
    next("unknown-key");
    assert_eq!(office.read(&pdf), second, "what stood there still stands");
    office.file(file, good.replace("另一个标题", "第三个标题"));
    next("已生成");
    assert_ne!(office.read(&pdf), second);
    // Ctrl-C ends it.
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.is_ok_and(|status| status.success()));
    assert!(!child.wait().expect("its end").success());
}
