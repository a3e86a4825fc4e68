//! Batches: tables of results, parts of a batch, locks, interrupted runs, unchanged reports.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use gongbao_test_support::{Office, sample};
use serde_json::Value;

use crate::program::new_office;

fn shanghai() -> String {
    std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample")
}

/// Makes a folder with this many reports, the first with a wrong sum.
fn office(reports: usize) -> Office {
    let office = new_office();
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
fn the_table_of_results_names_every_report_and_the_reasons_of_refusal() {
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
fn no_cell_of_the_table_of_results_is_a_formula() {
    let office = new_office();
    office.file("x.toml", shanghai().replace("name = \"上海市人民政府办公厅\"", "name = \"=1+1局\""));
    office.run(["build", "x.toml", "--only", "data", "--csv", "y.csv"]);
    let table = office.text("y.csv");
    assert!(table.contains("'=1+1局") && !table.contains(",=1"), "{table}");
}

#[test]
fn the_parts_of_a_batch_together_give_the_outputs_of_the_whole() {
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
    // Without a scheduler the number of the part is unknown.
    let run = parts.run(["build", "in", "--shard", "auto/2"]);
    assert!(run.code == 2 && run.stderr.contains("SLURM_ARRAY_TASK_ID"), "{run:#?}");
}

#[test]
fn the_number_of_the_part_can_come_from_a_scheduler() {
    let office = office(4);
    let output = office
        .command()
        .args(["build", "in", "--only", "data", "--shard", "auto/4", "--json"])
        .env("SLURM_ARRAY_TASK_ID", "3")
        .output()
        .expect("the program");
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let files: Vec<&Value> =
        json["reports"].as_array().expect("reports").iter().map(|r| &r["stem"]).collect();
    assert_eq!(files, ["03"]);
}

#[cfg(unix)]
#[test]
fn two_runs_cannot_use_one_output_folder_and_a_refused_run_leaves_nothing() {
    let office = office(12);
    let mut first = office
        .command()
        .args(["build", "in", "--jobs", "1"])
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
    // A run that writes nothing makes no folder.
    assert_eq!(office.run(["build", "in/00.toml", "-o", "other"]).code, 1);
    assert!(!office.path("other").exists());
}

#[cfg(unix)]
#[test]
fn a_killed_run_can_be_continued() {
    let undisturbed = office(8);
    undisturbed.run(["build", "in"]);
    let office = office(8);
    for round in 0..4_u64 {
        let mut run = office
            .command()
            .args(["build", "in"])
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
fn an_interrupted_run_finishes_the_current_report_and_lists_the_rest() {
    let office = office(12);
    let run = office
        .command()
        .args(["build", "in", "--jobs", "1"])
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
fn an_unchanged_batch_repeats_its_findings_and_any_change_is_noticed() {
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
    // The text output repeats the findings too, with the same exit code.
    let told = office.run(["build", "in", "--only", "data,html"]);
    assert_eq!(told.code, 1, "{told:#?}");
    assert!(told.stderr.contains("S4") && !told.stderr.contains('\u{1b}'), "{told:#?}");

    // An output that was changed is built again.
    let page = "out/02/public/02.html";
    let as_made = office.read(page);
    office.file(page, "別的");
    assert_eq!(states(&build(&office).json()), ["refused", "unchanged", "built", "unchanged"]);
    assert!(office.read(page) == as_made);
    // So is a report whose file changed; adding last year's report changes the findings of this year's.
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
    // Other options change the result.
    let strict = office.run(["build", "in", "--only", "data,html", "--json", "--strict"]).json();
    assert!(states(&strict).iter().filter(|state| *state == "refused").count() > 1, "{strict:#?}");
}

#[test]
fn a_cached_run_has_the_exit_code_of_the_first() {
    let office = new_office();
    for (file, text) in [("in/good.toml", shanghai()), ("in/broken.toml", "year = ".to_owned())] {
        office.file(file, text);
    }
    let build = || office.run(["build", "in", "--only", "data"]);
    let (first, second) = (build(), build());
    assert_eq!((first.code, second.code), (2, 2), "{first:#?} {second:#?}");
    assert!(second.stdout.contains("没有变化1份，退回1份"), "{second:#?}");
}
