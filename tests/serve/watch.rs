//! `gongbao watch` makes the report again when it is changed, and only then.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::mpsc,
    time::Duration,
};

use crate::program::Office;

#[test]
fn a_change_of_data_or_template_makes_the_report_again() {
    let file = "pengyang-jgsw-2020.toml";
    let office = Office::with_sample(file);
    let template = office.path("template");
    std::fs::create_dir(&template).expect("a folder");
    for entry in
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/typst")).expect("the template").flatten()
    {
        std::fs::copy(entry.path(), template.join(entry.file_name())).expect("a copy");
    }
    // Whoever starts tests in the background lets them ignore Ctrl-C.
    let mut child = Command::new("env")
        .args(["--default-signal=INT", env!("CARGO_BIN_EXE_gongbao")])
        .args(["watch", file, "--template", "template"])
        .current_dir(office.path(""))
        .env("GONGBAO_FONTS", concat!(env!("CARGO_MANIFEST_DIR"), "/fonts"))
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
    // Its own outputs and a look at the file are no change.
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
    // A mistake is told, and the watch goes on.
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
