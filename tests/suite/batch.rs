//! Many reports at once: nothing skipped, nothing written twice, nothing half.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use serde_json::Value;

use crate::program::{Office, sample};

fn shanghai() -> String {
    std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample")
}

/// A folder with so many reports, the first with a wrong sum.
fn office(reports: usize) -> Office {
    let office = Office::new();
    for number in 0..reports {
        let report = shanghai().replace("上海市人民政府办公厅", &format!("上海市第{number}局"));
        let report = match number {
            0 => report.replace("direct = [2, 0, 4, 6, 12]", "direct = [2, 0, 4, 6, 13]"),
            _ => report,
        };
        office.file(&format!("in/{number:02}.toml"), report);
    }
    office
}

#[test]
fn a_table_names_every_report_and_why_it_was_sent_back() {
    let office = office(3);
    office.file("in/说明.toml", "text = 1");
    let run = office.run(["build", "in", "--only", "data", "--csv", "结果.csv"]);
    assert_eq!(run.code, 1, "{run:#?}");
    assert!(run.stdout.ends_with("共3份：已生成2份，没有变化0份，退回1份，失败0份\n"), "{run:#?}");
    let bytes = office.read("结果.csv");
    let table = bytes.strip_prefix(b"\xEF\xBB\xBF").expect("a mark for Excel");
    let lines: Vec<String> =
        String::from_utf8(table.to_vec()).expect("UTF-8").lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 4, "{lines:#?}");
    assert!(lines[0].starts_with("报告文件,单位,年度,状态"), "{lines:#?}");
    let sent_back = &lines[1];
    for part in ["00.toml", "上海市第0局", "2025", "退回", "S4", "相差 1"] {
        assert!(sent_back.contains(part), "{part}: {sent_back}");
    }
    assert!(lines[2].contains("已生成") && lines[3].contains("已生成"), "{lines:#?}");
}

#[test]
fn a_cell_of_the_table_is_no_formula() {
    let office = Office::new();
    office.file("x.toml", shanghai().replace("name = \"上海市人民政府办公厅\"", "name = \"=1+1局\""));
    office.run(["build", "x.toml", "--only", "data", "--csv", "y.csv"]);
    let table = office.text("y.csv");
    assert!(table.contains("'=1+1局") && !table.contains(",=1"), "{table}");
}

#[test]
fn parts_together_make_what_the_whole_makes() {
    let whole = office(5);
    whole.run(["build", "in", "--only", "data"]);
    let parts = office(5);
    for index in 0..2 {
        let run = parts.run(["build", "in", "--only", "data", "--shard", &format!("{index}/2")]);
        assert_eq!(run.stdout.matches("已生成 ").count(), 2, "{run:#?}");
    }
    assert_eq!(parts.files(), whole.files());
    for file in whole.files() {
        assert!(parts.read(&file) == whole.read(&file), "{file}");
    }
    for wrong in ["2/2", "0/0", "x/2", "1", "auto/0"] {
        assert_eq!(parts.run(["build", "in", "--shard", wrong]).code, 2, "{wrong}");
    }
    // Without a scheduler nobody gives the number.
    let run = parts.run(["build", "in", "--shard", "auto/2"]);
    assert!(run.code == 2 && run.stderr.contains("SLURM_ARRAY_TASK_ID"), "{run:#?}");
}

#[test]
fn a_scheduler_gives_the_number_of_the_part() {
    let office = office(4);
    let output = Command::new(env!("CARGO_BIN_EXE_gongbao"))
        .args(["build", "in", "--only", "data", "--shard", "auto/4", "--json"])
        .env("SLURM_ARRAY_TASK_ID", "3")
        .current_dir(office.path(""))
        .output()
        .expect("the program");
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let files: Vec<&Value> =
        json["reports"].as_array().expect("reports").iter().map(|r| &r["stem"]).collect();
    assert_eq!(files, ["03"]);
}

#[cfg(unix)]
#[test]
fn two_runs_in_one_folder_exclude_each_other_and_a_refused_one_leaves_nothing() {
    let office = office(12);
    let mut first = Command::new(env!("CARGO_BIN_EXE_gongbao"))
        .args(["build", "in", "--jobs", "1"])
        .current_dir(office.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let lock = office.path("out/.gongbao.lock");
    while !lock.exists() && first.try_wait().expect("running").is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let second = office.run(["build", "in/05.toml"]);
    assert!(second.code == 2 && second.stderr.contains("另一次运行"), "{second:#?}");
    assert!(first.wait().expect("an end").code() == Some(1));
    assert!(!lock.exists());
    assert_eq!(office.run(["build", "in/05.toml"]).code, 0);
    // A run that writes nothing leaves not even the folder.
    assert_eq!(office.run(["build", "in/00.toml", "-o", "other"]).code, 1);
    assert!(!office.path("other").exists());
}

#[cfg(unix)]
#[test]
fn a_run_that_is_killed_is_taken_up_again() {
    let undisturbed = office(8);
    undisturbed.run(["build", "in"]);
    let office = office(8);
    for round in 0..4_u64 {
        let mut run = Command::new(env!("CARGO_BIN_EXE_gongbao"))
            .args(["build", "in"])
            .current_dir(office.path(""))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        std::thread::sleep(Duration::from_millis(150 + 170 * round));
        run.kill().expect("killed");
        run.wait().expect("an end");
    }
    let run = office.run(["build", "in"]);
    assert_eq!(run.code, 1, "{run:#?}");
    assert_eq!(office.files(), undisturbed.files());
    for file in undisturbed.files() {
        assert!(office.read(&file) == undisturbed.read(&file), "{file}");
    }
}

#[cfg(unix)]
#[test]
fn an_interruption_finishes_what_is_being_written_and_says_what_is_left() {
    let office = office(12);
    let run = Command::new(env!("CARGO_BIN_EXE_gongbao"))
        .args(["build", "in", "--jobs", "1"])
        .current_dir(office.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    while !office.path("out/01/manifest.json").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let id = run.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill").success());
    let output = run.wait_with_output().expect("an end");
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("没有处理") && told.contains("再运行一次"), "{told}");
    assert!(office.files().iter().all(|file| !file.ends_with(".tmp") && !file.ends_with(".lock")));
    assert_eq!(office.run(["build", "in"]).code, 1);
    assert!(office.path("out/11/public/11.pdf").is_file());
}

#[test]
fn an_untouched_batch_tells_the_same_again_and_notices_whatever_changes() {
    let office = office(4);
    let build = |office: &Office| office.run(["build", "in", "--only", "data,html", "--json"]);
    let first = build(&office).json();
    let states = |run: &Value| -> Vec<String> {
        let reports = run["reports"].as_array().expect("reports");
        reports.iter().map(|report| report["state"].as_str().expect("a state").to_owned()).collect()
    };
    assert_eq!(states(&first), ["refused", "built", "built", "built"]);
    let again = build(&office).json();
    assert_eq!(states(&again), ["refused", "unchanged", "unchanged", "unchanged"]);
    assert_eq!(again["findings"], first["findings"], "what was found is told again");
    // In words, too, and with the exit code of a run that looked at everything.
    let told = office.run(["build", "in", "--only", "data,html"]);
    assert_eq!(told.code, 1, "{told:#?}");
    assert!(told.stderr.contains("S4") && !told.stderr.contains('\u{1b}'), "{told:#?}");

    // An output that somebody changed is made again.
    let page = "out/02/public/02.html";
    let as_made = office.read(page);
    office.file(page, "別的");
    assert_eq!(states(&build(&office).json()), ["refused", "unchanged", "built", "unchanged"]);
    assert!(office.read(page) == as_made);
    // So is a report whose own file changed; and last year's report beside it changes what is found in this year's.
    let report = office.text("in/03.toml");
    office.file("in/03.toml", format!("{report}\n# 改过\n"));
    build(&office);
    let year = |report: &str| report.replacen("year = 2025", "year = 2024", 1);
    office.file("in/01-2024.toml", year(&office.text("in/01.toml")));
    let run = build(&office).json();
    let rules: Vec<&Value> =
        run["findings"].as_array().expect("findings").iter().map(|finding| &finding["rule"]).collect();
    assert!(
        rules.iter().any(|rule| *rule == "S5" || *rule == "S7"),
        "the year before is looked at: {rules:?}"
    );
    // Other yardsticks, another judgement.
    let strict = office.run(["build", "in", "--only", "data,html", "--json", "--strict"]).json();
    assert!(states(&strict).iter().filter(|state| *state == "refused").count() > 1, "{strict:#?}");
}
