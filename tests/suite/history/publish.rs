//! Publication: what `publish` writes into the file, what the digest covers, what is refused afterwards.

use gongbao_test_support::{Office, judges};
use serde_json::Value;

use super::town::{TOWN, done, town};

const DATE: &str = "2025-01-26";

fn publish(office: &Office, file: &str) {
    done(office, &["publish", file, "--date", DATE]);
}

/// The data that `2024.toml` comes to.
fn data(office: &Office, file: &str) -> Value {
    done(office, &["build", file, "--only", "web", "-o", "data"]);
    let stem = file.split('.').next().expect("a stem");
    done(office, &["extract", &format!("data/{stem}/public/{stem}.pdf")]).json()
}

fn digest(data: &Value) -> String {
    data["published"]["digest"].as_str().expect("a digest").to_owned()
}

#[test]
fn date_and_digest_are_inserted_and_nothing_else_changes() {
    let office = town();
    publish(&office, "2024.toml");
    let after = office.text("2024.toml");
    let line = after.lines().find(|line| line.starts_with("published = ")).expect("the record");
    assert!(line.starts_with("published = { date = 2025-01-26, digest = \"sha256:"), "{line}");
    assert_eq!(after.replace(&format!("{line}\n"), ""), TOWN);
    done(&office, &["check", "2024.toml"]);
    // A second publication is refused and leaves the file unchanged.
    let run = office.run(["publish", "2024.toml", "--date", "2025-02-01"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("2025年1月26日"), "{run:#?}");
    assert_eq!(office.text("2024.toml"), after);
    // The PDF carries the publication.
    assert_eq!(data(&office, "2024.toml")["published"]["date"], "2025-01-26");
}

#[test]
fn every_format_and_encoding_keeps_its_other_bytes() {
    let office = town();
    let plain = data(&office, "2024.toml");
    let json = serde_json::to_string_pretty(&plain).expect("JSON");
    let yaml = format!(
        "# 注释\nyear: 2024\ndate: 2025-01-20\nblanks: zero\noverview: |\n{}\nproblems: |+\n  存在的问题：公开的形式还不够丰富。\n  改进情况：下一年增加图解等形式。\n\n\nother: 本年度没有收取信息处理费，没有其他需要报告的事项。 # 尾注\n# 单位\nagency:\n  name: 青禾镇人民政府\n  kind: town\ndisclosure: {{ normative_documents: [2, 0, 7], licences: 31, penalties: 4 }}\napplications:\n  new: {{ natural: 5, business: 1 }}\n  handled:\n    granted: {{ natural: 4 }}\n    partly_granted: {{ business: 1 }}\n    unavailable:\n      not_held: {{ natural: 1 }}\nappeals:\n  review: [1, 0, 0, 0]\n",
        plain["overview"]
            .as_str()
            .expect("a text")
            .lines()
            .map(|line| format!("  {line}\n"))
            .collect::<String>()
    );
    let utf16: Vec<u8> =
        "\u{feff}".encode_utf16().chain(TOWN.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let crlf = TOWN.replace('\n', "\r\n");
    let mut files: Vec<(&str, Vec<u8>)> = vec![
        ("bom.toml", [b"\xEF\xBB\xBF", crlf.as_bytes()].concat()),
        ("mixed.toml", TOWN.replacen('\n', "\r\n", 7).into_bytes()),
        ("utf16.toml", utf16),
        ("plain.json", json.clone().into_bytes()),
        ("flat.json", serde_json::to_vec(&plain).expect("JSON")),
        ("block.yaml", yaml.clone().into_bytes()),
        ("flow.yml", json.into_bytes()),
    ];
    // Encoded by an independent program.
    let encode = "import sys; sys.stdout.buffer.write(open(sys.argv[1], encoding='utf-8', newline='').read().encode('gbk'))";
    if let Some(legacy) = judges::run_python(encode, &office.file("utf8.txt", &crlf)) {
        files.push(("gbk.toml", legacy));
    }
    let mut digests = std::collections::BTreeSet::new();
    for (name, bytes) in files {
        office.file(name, &bytes);
        publish(&office, name);
        let after = office.read(name);
        // One piece was inserted; all bytes before and after it are unchanged.
        let front = bytes.iter().zip(&after).take_while(|(a, b)| a == b).count();
        let back = bytes.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a == b).count();
        assert!(front + back >= bytes.len(), "{name}: {front} + {back} of {}", bytes.len());
        let run = done(&office, &["check", name]);
        assert!(!run.stdout.contains("uncorrected"), "{name}: {run:#?}");
        digests.insert(digest(&data(&office, name)));
        if name.ends_with("bom.toml") || name == "gbk.toml" {
            let lone = after.iter().enumerate().any(|(at, byte)| *byte == b'\n' && after[at - 1] != b'\r');
            assert!(!lone, "{name}: line ends");
        }
    }
    // The digest does not depend on format and encoding.
    assert_eq!(digests.len(), 1, "{digests:?}");
}

#[test]
fn the_digest_is_the_one_defined_in_docs_publication() {
    let office = town();
    publish(&office, "2024.toml");
    let data = data(&office, "2024.toml");
    office.file("data.json", data.to_string());
    let Some(calculated) = judges::calculate_digest(&office.path("data.json")) else { return };
    assert_eq!(calculated, digest(&data));
}

#[test]
fn the_digest_covers_what_readers_can_see_and_nothing_else() {
    let office = town();
    publish(&office, "2024.toml");
    let published = office.text("2024.toml");
    let invisible = [
        // Totals given or left out, notations, order of keys, blanks printed as 0, internal data.
        ("new = { natural = 5, business = 1 }", "new = [5, 1, 0, 0, \"\", 0, 6]"),
        ("penalties = 4", "penalties = \"４\""),
        ("kind = \"town\"\n", ""),
        ("{{applications.new.total}}件", "6件"),
        ("[appeals]", "[filing]\nrecipient = \"县政务公开办\"\n\n[appeals]"),
        ("审查后公开。", "审查后公开。  "),
    ];
    for (old, new) in invisible {
        office.file("2024.toml", published.replacen(old, new, 1));
        let run = office.run(["check", "2024.toml", "--json"]);
        assert!(!run.stdout.contains("uncorrected"), "{new}: {run:#?}");
    }
    let visible = [
        ("licences = 31", "licences = 32"),
        ("penalties = 4", "penalties = { value = 4, note = \"均已公示\" }"),
        ("每周更新", "每日更新"),
        ("date = 2025-01-20", "date = 2025-01-21"),
        ("[disclosure]", "[disclosure]\nnote = \"注：不含垂直部门。\""),
        ("name = \"青禾镇人民政府\"", "name = \"青禾镇人民政府\"\nphone = \"0555-6120002\""),
        ("网站专栏每周更新。\n", "网站专栏每周更新。\n新增一段。\n"),
    ];
    for (old, new) in visible {
        office.file("2024.toml", published.replacen(old, new, 1));
        let run = office.run(["check", "2024.toml", "--json"]);
        let findings = run.json();
        let found =
            findings.as_array().expect("findings").iter().find(|found| found["rule"] == "uncorrected");
        let found = found.unwrap_or_else(|| panic!("{new}: {run:#?}"));
        assert_eq!(found["severity"], "error");
        assert!(found["hint"].as_str().expect("a hint").contains("gongbao correct"), "{found}");
        assert_eq!(run.code, 1);
    }
    // `uncorrected` cannot be accepted, and nothing is built.
    let accepted = "\n[[accepted]]\nrule = \"uncorrected\"\nreason = \"小改动\"\n";
    office.file("2024.toml", published.replace("licences = 31", "licences = 32") + accepted);
    let run = office.run(["build", "2024.toml"]);
    assert_eq!(run.code, 1, "{run:#?}");
    assert!(!office.files().iter().any(|file| file.starts_with("out/")), "{:?}", office.files());
}

#[test]
fn a_report_with_errors_cannot_be_published() {
    let office = town();
    for (name, text) in [
        ("wrong.toml", TOWN.replace("new = { natural = 5,", "new = { natural = 6,")),
        ("cut.toml", TOWN.replace("\n[agency]", "\n[agency")),
    ] {
        office.file(name, &text);
        let run = office.run(["publish", name, "--date", "2025-01-26"]);
        assert_ne!(run.code, 0, "{name}: {run:#?}");
        assert_eq!(office.text(name), text);
    }
    let refused: [&[&str]; 5] = [
        &["publish", "2024.toml"],
        &["publish", "2024.toml", "--date", "2025-02-30"],
        &["publish", "2024.toml", "--date", "2025-01-19"],
        &["publish", "none.toml", "--date", "2025-01-26"],
        &["publish", "-", "--date", "2025-01-26"],
    ];
    for arguments in refused {
        let run = office.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {run:#?}");
        assert!(!run.stderr.is_empty());
    }
    assert_eq!(office.text("2024.toml"), TOWN);
    done(&office, &["build", "2024.toml", "--only", "web"]);
    let run = office.run(["publish", "out/2024/public/2024.pdf", "--date", "2025-01-26"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("extract"), "{run:#?}");
}
