//! The command line: messages and exit codes.

use gongbao_test_support::sample;

use crate::program::{new_office, office_with};

#[test]
fn build_lists_its_outputs() {
    let office = office_with("shanghai-gov-office-2025.toml");
    let run = office.run(["build", "shanghai-gov-office-2025.toml"]);
    assert_eq!(
        run.stdout,
        "已生成 shanghai-gov-office-2025.toml\n  \
         out/shanghai-gov-office-2025/public/shanghai-gov-office-2025.pdf（7页）\n  \
         out/shanghai-gov-office-2025/filing/shanghai-gov-office-2025-print.pdf（7页）\n  \
         out/shanghai-gov-office-2025/public/shanghai-gov-office-2025.html\n  \
         out/shanghai-gov-office-2025/public/shanghai-gov-office-2025.fragment.html\n"
            .replace('/', std::path::MAIN_SEPARATOR_STR)
    );
    assert_eq!(run.code, 0);
}

#[test]
fn wrong_usage_gives_a_chinese_message_and_exit_code_2() {
    let office = new_office();
    for (arguments, told) in [
        (vec!["biuld"], "没有“biuld”这个命令。是不是“build”？"),
        (vec!["build"], "还缺 <FILE>..."),
        (vec!["build", "x.toml", "--dratf"], "没有“--dratf”这个选项"),
        (vec!["build", "x.toml", "--only", "pdf"], "不能是“pdf”"),
        (vec!["build", "x.toml"], "x.toml"),
        (vec!["build", "."], "没有找到报告文件"),
        (vec!["check", "x.toml", "--font-dir", "nowhere"], "nowhere"),
        (vec!["schema", "--form", "1999"], "没有“1999”这个格式"),
    ] {
        let run = office.run(&arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {run:#?}");
        assert!(run.stderr.contains(told), "{arguments:?}: {run:#?}");
    }
}

#[test]
fn a_folder_includes_all_reports_below_it() {
    let office = new_office();
    let toml = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    for name in
        ["in/a.toml", "in/b/c.TOML", "in/.hidden.toml", "in/~$a.toml", "in/gongbao.toml", "in/manifest.json"]
    {
        office.file(name, &toml);
    }
    office.file("in/notes.toml", "name = \"不是报告\"\n");
    office.file("in/readme.md", "x");
    let run = office.run(["build", "in", "-o", "in/out", "--only", "web"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(run.stderr.contains("略过") && run.stderr.contains("notes.toml"), "{run:#?}");
    assert!(run.stdout.ends_with("共2份：已生成2份，没有变化0份，退回0份，失败0份\n"), "{run:#?}");
    assert!(office.path("in/out/a/public/a.pdf").is_file() && office.path("in/out/c/public/c.pdf").is_file());
    let again = office.run(["build", "in", "-o", "in/out", "--only", "web"]);
    assert!(again.stdout.ends_with("共2份：已生成0份，没有变化2份，退回0份，失败0份\n"), "{again:#?}");
    office.file("in/d/A.toml", &toml);
    let run = office.run(["build", "in", "-o", "in/out"]);
    assert_eq!(run.code, 2, "two with one stem: {run:#?}");
}

#[test]
fn a_report_can_be_read_from_standard_input() {
    let office = new_office();
    let toml = std::fs::read(sample("shanghai-gov-office-2025.toml")).expect("sample");
    let run = office.run_with(["build", "-", "--only", "web"], &toml);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(office.path("out/report/public/report.pdf").is_file());
}

#[test]
fn the_exit_code_of_a_batch_is_that_of_its_worst_report() {
    let office = new_office();
    let toml = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    office.file("in/good.toml", &toml);
    office.file("in/wrong.toml", toml.replace("total = [1139, 48", "total = [1140, 48"));
    let run = office.run(["build", "in", "--json", "--only", "web"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let states: Vec<String> =
        run.json()["reports"].as_array().expect("reports").iter().map(|r| r["state"].to_string()).collect();
    assert_eq!(states, ["\"built\"", "\"refused\""]);
    office.file("in/broken.json", "{\"year\": 2025");
    assert_eq!(office.run(["build", "in"]).code, 2);
}

#[test]
fn an_unknown_form_ends_with_exit_code_2() {
    let office = new_office();
    let toml = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    office.file("a.toml", toml.replace("form = \"2021\"", "form = \"2031\""));
    let run = office.run(["check", "a.toml"]);
    assert_eq!(run.code, 2, "{run:#?}");
    office.file("b.toml", toml.replace("form = \"2021\"", "form = \"自定.toml\""));
    let run = office.run(["check", "b.toml"]);
    assert_eq!(run.code, 2, "{run:#?}");
    let form = include_str!("../../data/forms/2021.toml").replace("一、总体情况", "一、总体情况（试拟）");
    office.file("自定.toml", form);
    let run = office.run(["build", "b.toml", "--only", "data"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(office.text("out/b/b.json").contains("一、总体情况（试拟）"));
}

#[test]
fn gongbao_toml_in_a_parent_folder_is_used() {
    let office = new_office();
    let toml = std::fs::read_to_string(sample("shanghai-gov-office-2025.toml")).expect("sample");
    office.file("report.toml", toml);
    office.file("gongbao.toml", "out = \"成品\"\n");
    assert_eq!(office.run(["build", "report.toml", "--only", "web"]).code, 0);
    assert!(office.path("成品/report/public/report.pdf").is_file());
    office.file("gongbao.toml", "uot = \"成品\"\n");
    let run = office.run(["build", "report.toml"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("gongbao.toml") && run.stderr.contains("uot"), "{run:#?}");
}

#[test]
fn help_is_in_chinese_with_examples_and_names_every_command() {
    let office = new_office();
    let run = office.run(["--help"]);
    assert_eq!(run.code, 0);
    for words in [
        "用法：",
        "例：",
        "gongbao build",
        "build ",
        "check ",
        "status ",
        "fonts ",
        "schema ",
        "completions ",
        "man ",
    ] {
        assert!(run.stdout.contains(words), "{words}: {}", run.stdout);
    }
    for word in ["Usage", "Options", "Print", "Commands"] {
        assert!(!run.stdout.contains(word), "{word}: {}", run.stdout);
    }
    for command in ["build", "check", "status", "fonts", "schema", "completions", "man"] {
        let run = office.run([command, "--help"]);
        assert_eq!(run.code, 0);
        assert!(run.stdout.contains("用法：gongbao") && !run.stdout.contains("Print"), "{}", run.stdout);
    }
}

#[test]
fn fonts_probe_shows_the_face_of_each_character() {
    let office = new_office();
    let run = office.run(["fonts", "--probe", "玥\u{E000}", "--json"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let json = run.json();
    assert_eq!(json["probed"][0]["code"], "U+73A5");
    assert_eq!(json["probed"][0]["families"]["fangsong"], "Gongwen Fallback");
    assert!(json["probed"][1]["families"]["fangsong"].is_null());
}

#[test]
fn the_schema_has_every_row() {
    let run = new_office().run(["schema", "--form", "2021"]);
    assert_eq!(run.code, 0);
    for key in ["normative_documents", "fee_unpaid", "after_review", "blanks", "accepted"] {
        assert!(run.stdout.contains(&format!("\"{key}\"")), "{key}");
    }
}

#[cfg(unix)]
#[test]
fn a_failed_write_is_reported_and_leaves_no_partial_output() {
    use std::os::unix::fs::PermissionsExt;
    let office = office_with("shanghai-gov-office-2025.toml");
    // A folder has the name of an output file.
    office.file("out/shanghai-gov-office-2025/public/shanghai-gov-office-2025.pdf/x", "x");
    let run = office.run(["build", "shanghai-gov-office-2025.toml", "--json"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert_eq!(run.json()["reports"][0]["state"], "failed");
    assert!(run.stderr.contains("写不进去"), "{run:#?}");
    assert_eq!(office.files().len(), 2, "nothing else was written: {:?}", office.files());
    let mode =
        |name: &str| std::fs::metadata(office.path(name)).expect("a file").permissions().mode() & 0o777;
    assert_eq!(office.run(["build", "shanghai-gov-office-2025.toml", "-o", "b"]).code, 0);
    assert_eq!(
        mode("b/shanghai-gov-office-2025/public/shanghai-gov-office-2025.pdf"),
        0o644,
        "a web server can read it"
    );
}
