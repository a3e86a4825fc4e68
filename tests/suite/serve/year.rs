//! A collecting office's whole year on the local page, in a real browser, without a terminal; every file is that of the
//! command line.

use std::{env, fs, path::Path};

use gongbao_test_support::{Office, judges, repository, sample};
use serde_json::{Value, json};

use crate::program::{PROGRAM, new_office};

const COUNTY: &str = "云岭县人民政府";

/// Names of bodies.
fn names(count: usize) -> Vec<String> {
    let digits: Vec<char> = "一二三四五六七八九十".chars().collect();
    let series: Vec<char> = "甲乙丙丁戊己庚辛".chars().collect();
    (0..count).map(|i| format!("云岭县{}字第{}局", series[i / 10], digits[i % 10])).collect()
}

/// Compares all files below two folders.
fn same_files(ours: &Path, theirs: &Path, below: &str) {
    let entries = fs::read_dir(ours.join(below)).unwrap_or_else(|error| panic!("{below}: {error}"));
    for entry in entries.flatten() {
        let name = format!("{below}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            same_files(ours, theirs, &name);
        } else if !name.contains("/.gongbao") && !name.contains("-draft.") && !name.contains("-送审") {
            let other = fs::read(theirs.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(fs::read(entry.path()).expect("a file") == other, "{name} is that of the command line");
        }
    }
}

fn run(office: &Office, folder: &Path, arguments: &[&str]) {
    let mut command = office.command();
    command.current_dir(folder).args(arguments).env("GONGBAO_FONTS", repository().join("fonts"));
    let run = gongbao_test_support::Run::from(command.output().expect("a run"));
    // `diff` says by its exit code that there are differences.
    assert_eq!(run.code, i32::from(arguments[0] == "diff"), "{arguments:?}: {run:?}");
}

#[test]
fn a_county_needs_no_terminal() {
    // `GONGBAO_COUNTY=80` for a whole county.
    let count = env::var("GONGBAO_COUNTY").ok().and_then(|count| count.parse().ok()).unwrap_or(6);
    let office = new_office();
    for folder in ["work", "home", "down", "in"] {
        fs::create_dir(office.path(folder)).expect("a folder");
    }
    let report = fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("a sample");
    let names = names(count);
    let bad = names[2].clone();
    let mut files = Vec::new();
    for name in &names {
        let mut own: String = report
            .lines()
            .map(|line| {
                if line.starts_with("name = ") { format!("name = \"{name}\"\n") } else { format!("{line}\n") }
            })
            .collect();
        if *name == bad {
            own = own.replace("0, 0, 0, 0, 1295]", "0, 0, 0, 0, 1296]");
            assert!(own.contains("1296]"), "a wrong total");
        }
        files.push(office.file(&format!("in/{name}.toml"), own));
    }
    let roster = |more: &[&str]| {
        let lines: Vec<String> = names
            .iter()
            .map(String::as_str)
            .chain(more.iter().copied())
            .map(|name| format!("{name},张三\n"))
            .collect();
        format!("单位名称,联系人\n{}", lines.concat())
    };
    let double = office.file("in/又一份.toml", fs::read(&files[1]).expect("a file"));
    let job = json!({
        "program": PROGRAM, "fonts": repository().join("fonts"), "folder": office.path("work"),
        "home": office.path("home"), "downloads": office.path("down"), "files": files, "double": double, "bad": bad,
        "roster": office.file("in/名册.csv", roster(&["云岭县没报局"])), "roster2": office.file("in/名册新.csv", roster(&[])),
        "county": COUNTY, "pictures": env::var("GONGBAO_PICTURES").ok(),
        "corrections": [["applications.new.business", "35"], ["applications.carried_out.business", "2"], ["applications.carried_out.total", null]],
    });
    let job = office.file("job.json", job.to_string());
    let Some(seen) = judges::node("year.mjs", &job, None) else { return };
    eprintln!("{count} bodies: taken in {} ms, built in {} ms", seen["import_ms"], seen["build_ms"]);
    assert_eq!((&seen["complaints"], &seen["foreign"]), (&json!([]), &json!([])));
    for (view, violations) in seen["axe"].as_object().expect("views") {
        assert_eq!(violations, &json!([]), "{view}");
    }
    expected(&seen, count, &bad);
    compared(&office, &seen, &bad);
}

/// What a person sees on the way.
fn expected(seen: &Value, count: usize, bad: &str) {
    let text = |key: &str| seen[key].as_str().unwrap_or_else(|| panic!("{key}: {seen}")).to_owned();
    assert_eq!(seen["empty"], json!([format!("– 未报 {}", count + 1)]));
    assert!(
        text("taken").contains(&format!("已收{count}个")) && text("taken").contains("重复1个"),
        "{}",
        text("taken")
    );
    assert_eq!(seen["doubled"].as_array().map(Vec::len), Some(1), "a second report of a body is said");
    assert_eq!(seen["board"][0], "– 未报 1");
    assert_eq!(seen["board"][1], "! 有错误 2");
    assert_eq!((&seen["bin"], &seen["found"]), (&json!(1), &json!(1)));
    assert!(text("copied").contains("退回修改") && text("copied").contains("1296"), "{}", text("copied"));
    assert!(text("built").contains(&format!("已生成{count}份")), "{}", text("built"));
    assert!(
        text("rollup").contains(&format!("{count}份报告相加")) && text("rollup").contains(bad),
        "{}",
        text("rollup")
    );
    assert!(text("site").contains(&format!("{count}份报告")), "{}", text("site"));
    assert_eq!(seen["differences"].as_array().map(Vec::len), Some(4), "{}", seen["differences"]);
    assert!(text("correction").contains("更正已写入"), "{}", text("correction"));
    assert!(!text("correction").contains("applications"), "no key: {}", text("correction"));
    for kind in ["更正说明", "花脸稿", "网站用PDF"] {
        assert!(
            seen["outputs"].as_array().is_some_and(|kinds| kinds.contains(&json!(kind))),
            "{kind}: {}",
            seen["outputs"]
        );
    }
    assert_eq!(seen["record"].as_array().map(Vec::len), Some(2), "{}", seen["record"]);
    assert!(seen["end"].as_array().is_some_and(|all| all.contains(&json!("◉ 已更正 1"))), "{}", seen["end"]);
    assert!(
        text("inspected").contains("未改动") && text("inspected").contains("没有不同"),
        "{}",
        text("inspected")
    );
}

/// The same with the command line, from the same files.
fn compared(office: &Office, seen: &Value, bad: &str) {
    let before = office.path("down/before");
    let again = office.path("again");
    fs::create_dir(&again).expect("a folder");
    for entry in fs::read_dir(&before).expect("a folder").flatten().filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), again.join(entry.file_name())).expect("a copy");
    }
    let rolled_up = format!("{COUNTY}-2025.toml");
    let page = fs::read(again.join(&rolled_up)).expect("the report of the page");
    fs::remove_file(again.join(&rolled_up)).expect("removed");
    run(office, &again, &["status", ".", "--roster", "名册.csv", "-o", "status.xlsx"]);
    assert!(
        fs::read(again.join("status.xlsx")).expect("a workbook") == office.read("down/status.xlsx"),
        "the workbook"
    );
    fs::remove_file(again.join("status.xlsx")).expect("removed");
    run(office, &again, &["build", ".", "--only", "web,print,html,docx"]);
    same_files(&before, &again, "out");
    run(office, &again, &["site", "out", "-o", "网站"]);
    same_files(&before, &again, "网站");
    run(office, &again, &["rollup", ".", "--agency", COUNTY, "--roster", "名册.csv", "-o", &rolled_up]);
    assert_eq!(
        String::from_utf8_lossy(&fs::read(again.join(&rolled_up)).expect("a report")),
        String::from_utf8_lossy(&page),
        "the roll-up"
    );
    let file = format!("{bad}-2025.toml");
    run(office, &again, &["publish", &file, "--date", "2026-01-02"]);
    fs::rename(again.join(&file), again.join("old.toml")).expect("renamed");
    fs::copy(office.path("down/copy.toml"), again.join(&file)).expect("a copy");
    run(office, &again, &["diff", "old.toml", &file, "--marked", "marked.pdf"]);
    run(
        office,
        &again,
        &[
            "correct",
            "old.toml",
            &file,
            "--reason",
            "台账漏记",
            "--date",
            "2026-03-02",
            "--redact",
            "applications.new.business",
        ],
    );
    assert!(
        fs::read(again.join(&file)).expect("a report") == office.read(&format!("work/{file}")),
        "the correction"
    );
    let marked = office.read(&format!("work/out/{bad}-2025/{bad}-2025-花脸稿-1.pdf"));
    assert!(fs::read(again.join("marked.pdf")).expect("pages") == marked, "the marked pages");
    assert!(seen["copy"].as_str().is_some_and(|copy| !office.path(&format!("work/{copy}")).exists()));
}
