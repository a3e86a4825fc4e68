//! `gongbao correct`: what is written into the file, what is refused, how corrections form a chain.

use gongbao_test_support::{Office, Run};
use serde_json::{Value, json};

use super::{
    diff::changed,
    town::{TOWN, done, town},
};

/// The town whose report was published as `2024.toml`.
fn published() -> Office {
    let office = town();
    done(&office, &["publish", "2024.toml", "--date", "2025-01-26"]);
    office
}

fn correct(office: &Office, old: &str, new: &str, reason: &str, date: &str) -> Run {
    office.run(["correct", old, new, "--reason", reason, "--date", date])
}

/// Returns the corrections in the template's data of a report.
fn corrections(office: &Office, file: &str) -> Value {
    done(office, &["build", file, "--only", "web", "-o", "carried"]);
    let stem = file.split('.').next().expect("a stem");
    let pdf = format!("carried/{stem}/public/{stem}.pdf");
    done(office, &["extract", &pdf]).json()["corrections"].clone()
}

#[test]
fn the_correction_is_inserted_into_the_new_file_and_nothing_else_changes() {
    let office = published();
    let mark =
        office.text("2024.toml").lines().find(|line| line.starts_with("published")).expect("it").to_owned();
    let new = office.text("2024.toml").replace("penalties = 4", "penalties = 5   # 核对台账");
    office.file("new.toml", &new);
    assert_eq!(office.run(["check", "new.toml"]).code, 1);
    let run = correct(&office, "2024.toml", "new.toml", "行政处罚漏计1件", "2025-03-02");
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(run.stdout.contains("disclosure.penalties.decisions 4 → 5"), "{run:#?}");
    let after = office.text("new.toml");
    let start = after.find("\n[[corrections]]").expect("the record");
    let renewed = after.lines().find(|line| line.starts_with("published")).expect("it");
    assert_ne!(renewed, mark);
    assert_eq!(after[..start].replace(renewed, &mark), new);
    assert!(after[start..].contains("date = 2025-03-02\nreason = \"行政处罚漏计1件\"\n"), "{after}");
    assert!(
        after[start..].contains("  { path = \"disclosure.penalties.decisions\", old = 4, new = 5 },\n"),
        "{after}"
    );
    done(&office, &["check", "new.toml"]);
    // The published PDF serves as OLD.
    done(&office, &["build", "2024.toml", "--only", "web"]);
    office.file("other.toml", &new);
    let run = correct(&office, "out/2024/public/2024.pdf", "other.toml", "行政处罚漏计1件", "2025-03-02");
    assert_eq!(run.code, 0, "{run:#?}");
    assert_eq!(office.text("other.toml"), after);
}

#[test]
fn each_format_can_hold_several_corrections() {
    let office = published();
    done(&office, &["build", "2024.toml", "--only", "web"]);
    let json = done(&office, &["extract", "out/2024/public/2024.pdf"]).stdout;
    let data: Value = serde_json::from_str(&json).expect("JSON");
    let quoted = |key: &str| data[key].to_string();
    let yaml = format!(
        "year: 2024\ndate: 2025-01-20\nblanks: zero\noverview: {}\nproblems: {}\nother: {}\nagency: {}\npublished: {}\ndisclosure: {}\napplications: {}\nappeals: {}\n",
        quoted("overview"),
        quoted("problems"),
        quoted("other"),
        quoted("agency"),
        quoted("published"),
        quoted("disclosure"),
        quoted("applications"),
        quoted("appeals"),
    );
    let flat = data.to_string();
    let inline = office.text("2024.toml").replace("\n[agency]", "corrections = []\n\n[agency]");
    for (name, text) in [
        ("toml.toml", office.text("2024.toml")),
        ("inline.toml", inline),
        ("json.json", json.clone()),
        ("flat.json", flat),
        ("yaml.yaml", yaml),
        ("flow.yml", json),
    ] {
        office.file(name, &text);
        for (number, (old, new)) in
            [("416条", "417条"), ("417条", "418条"), ("开放日活动3次", "开放日活动“4”次")].iter().enumerate()
        {
            office.file(&format!("before-{name}"), office.read(name));
            let changed = office.text(name).replacen(old, new, 1);
            office.file(name, &changed);
            let date = format!("2025-0{}-02", number + 3);
            let run = correct(&office, &format!("before-{name}"), name, "录入错误，写作\"旧\\数\"", &date);
            assert_eq!(run.code, 0, "{name}: {run:#?}\n{changed}");
        }
        let carried = corrections(&office, name);
        let paths: Vec<&Value> =
            carried.as_array().expect("three").iter().map(|one| &one["changes"][0]["path"]).collect();
        assert_eq!(paths, [&json!("overview[1]"), &json!("overview[1]"), &json!("overview[2]")], "{name}");
        assert_eq!(carried[1]["reason"], "录入错误，写作\"旧\\数\"");
        done(&office, &["check", name]);
    }
}

#[test]
fn applying_the_corrections_backwards_gives_the_first_published_state() {
    let office = published();
    let digest = |text: &str| text.split("sha256:").nth(1).expect("a digest")[..64].to_owned();
    let first = digest(&office.text("2024.toml"));
    let mark =
        office.text("2024.toml").lines().find(|line| line.starts_with("published")).expect("it").to_owned();
    // Paragraphs are added, deleted and changed; so are figures.
    office.file("second.toml", changed().replacen("blanks", &format!("{mark}\nblanks"), 1));
    let run = correct(&office, "2024.toml", "second.toml", "重复登记", "2025-03-02");
    assert_eq!(run.code, 0, "{run:#?}");
    let second = office.text("second.toml");
    office.file(
        "third.toml",
        second
            .replacen("（一）主动公开。", "先说明一句本年的新情况。\n（一）主动公开。", 1)
            .replacen("418条", "419条", 1),
    );
    let run = correct(&office, "second.toml", "third.toml", "漏写", "2025-04-02");
    assert_eq!(run.code, 0, "{run:#?}");
    done(&office, &["check", "third.toml"]);
    let carried = corrections(&office, "third.toml");
    assert_eq!(carried[0]["replaces"], format!("sha256:{first}"));
    assert_eq!(carried[1]["replaces"], format!("sha256:{}", digest(&second)));
    assert_eq!(carried[0]["changes"].as_array().expect("changes").len(), 10);
    // A changed entry of the record is reported, whichever entry it is.
    let third = office.text("third.toml");
    for (old, new) in [
        ("old = 6, new = 5", "old = 7, new = 5"),
        ("old = 6, new = 5", "old = 6, new = 4"),
        ("date = 2025-03-02", "date = 2025-01-02"),
        ("date = 2025-04-02", "date = 2025-02-02"),
        ("网站专栏每周更新。\", new = \"\"", "网站专栏每日更新。\", new = \"\""),
        ("path = \"overview[5]\"", "path = \"overview[4]\""),
        ("path = \"overview[1]\", old", "path = \"overview[99]\", old"),
    ] {
        assert!(third.contains(old), "{old}");
        office.file("forged.toml", third.replacen(old, new, 1));
        let run = office.run(["check", "forged.toml", "--json"]);
        let found = run.json();
        assert!(
            found.as_array().expect("findings").iter().any(|finding| finding["rule"] == "uncorrected"),
            "{old} -> {new}: {run:#?}"
        );
        assert_eq!(run.code, 1);
    }
}

/// OLD, NEW, the date, further arguments, the exit code, and words of the message.
type Refused<'a> = (&'a str, &'a str, &'a str, &'a [&'a str], i32, &'a str);

#[test]
fn a_correction_that_does_not_fit_is_refused_and_nothing_is_written() {
    let office = published();
    let new = office.text("2024.toml").replace("penalties = 4", "penalties = 5");
    office.file("new.toml", &new);
    office.file("same.toml", office.text("2024.toml") + "\n# 只加了注释\n");
    office.file("draft.toml", TOWN);
    office.file("wrong.toml", office.text("2024.toml").replace("natural = 5,", "natural = 9,"));
    office.file("next.toml", new.replace("year = 2024", "year = 2023").replace("2024年", "2023年"));
    office.file("touched.toml", office.text("2024.toml").replace("416条", "417条"));
    let reason = ["--reason", "核对台账"];
    let refused: [Refused<'_>; 9] = [
        ("2024.toml", "same.toml", "2025-03-02", &reason, 2, "没有不同"),
        ("draft.toml", "new.toml", "2025-03-02", &reason, 2, "还没有公布"),
        ("touched.toml", "new.toml", "2025-03-02", &reason, 2, "摘要不符"),
        ("2024.toml", "new.toml", "2025-01-25", &reason, 2, "早于公布日期"),
        ("2024.toml", "wrong.toml", "2025-03-02", &reason, 1, "有错误"),
        ("2024.toml", "next.toml", "2025-03-02", &reason, 2, "年度"),
        ("2024.toml", "new.toml", "2025-03-02", &["--reason", " "], 2, "原因"),
        (
            "2024.toml",
            "new.toml",
            "2025-03-02",
            &["--reason", "因", "--redact", "overview[1]"],
            2,
            "没有改动",
        ),
        ("2024.toml", "new.toml", "2025-03-02", &[], 2, "--reason"),
    ];
    for (old, file, date, more, code, words) in refused {
        let before = office.text(file);
        let arguments = ["correct", old, file, "--date", date].into_iter().chain(more.iter().copied());
        let run = office.run(arguments);
        assert_eq!(run.code, code, "{old} {file}: {run:#?}");
        assert!(run.stderr.contains(words), "{old} {file}: {run:#?}");
        assert_eq!(office.text(file), before, "{old} {file}");
    }
    // A recorded correction is not recorded again, and a later correction cannot have an earlier date.
    assert_eq!(correct(&office, "2024.toml", "new.toml", "核对台账", "2025-03-02").code, 0);
    let once = office.text("new.toml");
    let run = correct(&office, "2024.toml", "new.toml", "核对台账", "2025-03-02");
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("已经写有"), "{run:#?}");
    office.file("later.toml", once.replace("416条", "417条"));
    let run = correct(&office, "new.toml", "later.toml", "核对", "2025-03-01");
    assert_eq!(run.code, 2, "{run:#?}");
    // A file without the recorded correction is refused.
    office.file("forgot.toml", new.replace("416条", "417条"));
    let run = correct(&office, "new.toml", "forgot.toml", "核对", "2025-04-01");
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("却没有"), "{run:#?}");
    // So is a file in which figures of the record were replaced.
    office.file("all.toml", once.replace("penalties = 5", "penalties = 6").replace("new = 5", "new = 6"));
    let run = correct(&office, "new.toml", "all.toml", "核对", "2025-04-01");
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("被改过"), "{run:#?}");
    // So is a correction written by hand that differs from the change.
    let hand = "\n[[corrections]]\ndate = 2025-03-02\nreason = \"手写\"\nchanges = [{ path = \"disclosure.penalties.decisions\", old = 3, new = 5 }]\n";
    office.file("hand.toml", new.clone() + hand);
    let run = correct(&office, "2024.toml", "hand.toml", "核对", "2025-04-01");
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("不符"), "{run:#?}");
}
