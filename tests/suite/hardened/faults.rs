//! Failing system calls, kills, other clocks, two runs at a time, an input that changes while it is read.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use gongbao_test_support::repository;

use super::{SAMPLE, office, program, report, timed};

/// Whether a program of the system is there.
fn has(program: &str) -> bool {
    let found =
        Command::new("sh").args(["-c", &format!("command -v {program}")]).stdout(Stdio::null()).status();
    found.is_ok_and(|status| status.success())
}

#[test]
fn failing_system_calls_and_kills_lose_nothing() {
    if !has("strace") || !has("python3") {
        println!("skipped: strace failing_system_calls_and_kills_lose_nothing");
        return;
    }
    let seconds = std::env::var("GONGBAO_FAULT_SECONDS").unwrap_or_else(|_| "40".to_owned());
    let output = Command::new("python3")
        .arg(repository().join("tests/judges/faults.py"))
        .arg(program())
        .arg(repository())
        .args(["--seconds", &seconds])
        .output()
        .expect("python3");
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn other_clocks_and_locales_change_no_byte() {
    if !has("faketime") {
        println!("skipped: faketime other_clocks_and_locales_change_no_byte");
        return;
    }
    let mut built = Vec::new();
    for (time, zone, locale) in
        [("1980-01-01 00:00:00", "UTC", "C"), ("2038-01-20 23:59:59", "Asia/Shanghai", "zh_CN.GBK")]
    {
        let office = office();
        office.file(SAMPLE, report());
        let output = Command::new("faketime")
            .args(["-f", time])
            .arg(program())
            .args(["build", SAMPLE, "--only", "html,docx,data"])
            .current_dir(office.path(""))
            .envs([("TZ", zone), ("LC_ALL", locale), ("LANG", locale)])
            .env("GONGBAO_FONTS", repository().join("fonts"))
            .output()
            .expect("faketime");
        assert!(output.status.success(), "{time}: {output:?}");
        let files: Vec<_> = office.files().into_iter().map(|name| (office.read(&name), name)).collect();
        built.push(files);
    }
    assert!(built[0] == built[1]);
}

#[test]
fn of_two_runs_one_waits_or_says_so_and_no_output_is_torn() {
    let office = office();
    for number in 0..4 {
        let body = format!("某县第{number}局");
        office.file(&format!("in/{number}.toml"), report().replace("彭阳县机关事务服务中心", &body));
    }
    let start = || {
        office
            .command()
            .args(["build", "in", "--only", "html", "--force"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program")
    };
    let ends: Vec<_> = (0..4)
        .map(|_| start())
        .collect::<Vec<_>>()
        .into_iter()
        .map(|child| child.wait_with_output().expect("its end"))
        .collect();
    assert!(ends.iter().any(|end| end.status.code() == Some(0)), "{ends:?}");
    for end in &ends {
        let said = String::from_utf8_lossy(&end.stderr);
        assert!(end.status.code() == Some(0) || said.contains("另一次运行"), "{end:?}");
    }
    for number in 0..4 {
        let page = office.text(&format!("out/{number}/public/{number}.html"));
        assert!(page.trim_end().ends_with("</html>"));
    }
}

#[test]
fn an_input_that_changes_while_it_is_read_is_one_of_its_versions() {
    let office = office();
    let (one, two) = (report(), report().replace("彭阳县机关事务服务中心", "某县财政局"));
    let path = office.file("a.toml", &one);
    let until = Instant::now() + Duration::from_secs(4);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // As an editor saves: in one step.
            let mut turn = false;
            while Instant::now() < until {
                let text = if turn { &one } else { &two };
                std::fs::write(path.with_extension("new"), text).expect("written");
                std::fs::rename(path.with_extension("new"), &path).expect("renamed");
                turn = !turn;
            }
        });
        while Instant::now() < until {
            let run = timed(&office, 60, &["check", "a.toml"]);
            assert_eq!(run.code, 0, "{run:#?}");
        }
    });
}

#[test]
fn a_server_that_is_killed_leaves_every_report_whole() {
    use crate::serve::client::{Server, version};
    let office = office();
    office.file(SAMPLE, report());
    for round in 0..12_u64 {
        let mut server = Server::start(&office.path(""));
        let until = Instant::now() + Duration::from_millis(40 + 60 * round);
        let base = version(&server.report(SAMPLE));
        let mut version = base;
        let mut number = 0;
        while Instant::now() < until {
            let edits =
                serde_json::json!([{"path": "applications.new.natural", "value": number.to_string()}]);
            let reply = server.edit(SAMPLE, &version, &edits);
            if reply.status != 200 {
                break;
            }
            version = reply.ok()["version"].as_str().unwrap_or_default().to_owned();
            number += 1;
        }
        server.kill();
        let text = office.text(SAMPLE);
        assert!(text.contains("year = 2020") && text.len() + 40 > report().len(), "{} bytes", text.len());
    }
    assert!(
        !office.files().iter().any(|file| file.contains(".tmp")) || {
            // The next server removes what the last one left.
            drop(Server::start(&office.path("")));
            !office.files().iter().any(|file| file.contains(".tmp"))
        }
    );
}
