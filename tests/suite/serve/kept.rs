//! No change is lost: with two tabs, with another program writing the file, with a killed server.

use std::{sync::mpsc, thread, time::Duration};

use serde_json::json;

use super::client::{Server, version};
use crate::program::office_with;

const FILE: &str = "pengyang-jgsw-2020.toml";

#[test]
fn two_tabs_do_not_overwrite_each_other() {
    let office = office_with(FILE);
    let server = Server::start(&office.path(""));
    let (one, two) = (version(&server.report(FILE)), version(&server.report(FILE)));
    let mine = server.edit(FILE, &one, &json!([{"path": "applications.new.natural", "value": "11"}])).ok();
    let after = office.read(FILE);
    let edits = json!([
        {"path": "applications.new.natural", "value": "22"},
        {"path": "disclosure.note", "value": "注：试"},
    ]);
    let conflict = server.edit(FILE, &two, &edits);
    assert_eq!(conflict.status, 409);
    assert_eq!(office.read(FILE), after, "nothing was written");
    let conflict = conflict.json();
    assert_eq!(conflict["version"], mine["version"]);
    let natural = &conflict["differences"][0];
    assert_eq!((&natural["theirs"], &natural["yours"]), (&json!("11"), &json!("22")));
    assert_eq!(conflict["theirs"]["values"]["applications.new.natural"]["raw"], "11");
    // Sent again with the newest version as base.
    server.edit(FILE, &version(&conflict), &edits).ok();
    assert_eq!(server.report(FILE)["values"]["applications.new.natural"]["raw"], "22");
}

#[test]
fn changes_of_another_program_are_kept_and_can_be_restored() {
    let office = office_with(FILE);
    let server = Server::start(&office.path(""));
    let base = version(&server.report(FILE));
    let theirs = office.text(FILE) + "# 别处加的一行\n";
    office.file(FILE, &theirs);
    let edits = json!([{"path": "applications.new.natural", "value": "11"}]);
    let conflict = server.edit(FILE, &base, &edits);
    assert_eq!(conflict.status, 409);
    let answer = server.edit(FILE, &version(&conflict.json()), &edits).ok();
    assert!(office.text(FILE).contains("# 别处加的一行"));
    let report = server.report(FILE);
    let saves = report["saves"].as_array().expect("saves");
    let body = json!({"file": FILE, "base": answer["version"], "version": saves[0]["version"]});
    server.post("/api/restore", &body).ok();
    assert_eq!(office.text(FILE), theirs);
    // The content before that can be restored as well.
    let saves = server.report(FILE)["saves"].clone();
    assert_eq!(saves[0]["version"], answer["version"]);
    let names = server.get("/api/reports").ok();
    assert_eq!(names["reports"].as_array().map(Vec::len), Some(1), "saves are no reports: {names}");
}

#[test]
fn a_server_killed_while_saving_leaves_the_old_or_the_new_file() {
    let office = office_with(FILE);
    let mut last = office.text(FILE);
    for round in 0_u64..20 {
        let mut server = Server::start(&office.path(""));
        let port = server.port;
        let mut base = version(&server.report(FILE));
        let mut sent = vec![last.clone()];
        thread::scope(|scope| {
            let (base, sent, id) = (&mut base, &mut sent, &server);
            let cookie = server.cookie.clone();
            let (tell, told) = mpsc::channel();
            let edits = scope.spawn(move || {
                for value in 0..10_000 {
                    let value = (round * 10_000 + value).to_string();
                    let body = json!({"file": FILE, "base": base, "edits": [{"path": "applications.new.natural", "value": value}]});
                    let text = body.to_string();
                    let request = format!(
                        "POST /api/edit HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nConnection: close\r\nX-Gongbao: 1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{text}",
                        text.len()
                    );
                    sent.push(value);
                    let Some(reply) = id.send(request.as_bytes()) else { break };
                    if reply.status != 200 || serde_json::from_slice::<serde_json::Value>(&reply.body).is_err() {
                        break;
                    }
                    *base = version(&reply.json());
                    let _ = tell.send(());
                }
            });
            told.recv_timeout(Duration::from_secs(30)).expect("an edit comes through");
            thread::sleep(Duration::from_millis(round * 7));
            // Killed, as by a power cut.
            assert!(
                std::process::Command::new("kill")
                    .args(["-9", &id.id().to_string()])
                    .status()
                    .is_ok_and(|s| s.success())
            );
            edits.join().expect("edits");
        });
        server.kill();
        let now = office.text(FILE);
        // The file is complete: it has one of the last two values sent, and the rest is unchanged.
        let run = office.run(["check", FILE, "--json"]);
        assert!(run.code < 2, "{run:?}");
        let (had, wanted) = (&sent[sent.len() - 2], &sent[sent.len() - 1]);
        let row =
            now.lines().find(|line| line.trim_start().starts_with("new")).unwrap_or_else(|| panic!("{now}"));
        assert!([had, wanted].iter().any(|value| row.contains(value.as_str())), "{row}: {had} or {wanted}");
        last = now;
    }
    // The next server deletes the files that killed servers left behind.
    let server = Server::start(&office.path(""));
    server.report(FILE);
    let left: Vec<String> =
        office.files().into_iter().filter(|name| name.ends_with(".tmp") && !name.contains('/')).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_second_start_leads_to_the_running_server() {
    let office = office_with(FILE);
    let server = Server::start(&office.path(""));
    let start = |home: &std::path::Path| {
        let mut command = office.command();
        command.args(["serve", ".", "--no-open"]).env("XDG_CONFIG_HOME", home);
        gongbao_test_support::Run::from(command.output().expect("a run"))
    };
    let run = start(super::client::home());
    assert_eq!(run.code, 0, "{run:?}");
    let mut lines = run.stdout.lines();
    assert_eq!(lines.next(), Some(format!("http://127.0.0.1:{}/", server.port).as_str()), "{run:?}");
    assert!(server.redeem(lines.next().expect("a code")).is_some(), "its code is valid");
    // Somebody else's server on the port cannot prove the secret, and is not opened.
    let other = tempfile::tempdir().expect("a folder");
    let run = start(other.path());
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("已经由另一个"), "{run:?}");
}
