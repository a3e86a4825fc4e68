//! Converting between the formats of report files loses nothing and overwrites nothing without `--force`.

use gongbao_test_support::{SAMPLES, sample};

use super::report::{of_2021, read_report};
use crate::program::{new_office, office_with};

#[test]
fn toml_to_yaml_to_json_to_toml_loses_nothing() {
    let office = new_office();
    let everything = of_2021().replacen("[agency]", "published = { date = 2026-01-26, digest = \"sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" }\n[agency]", 1)
        + "\n[filing]\nrecipient = \"县政务公开办\"\n[[accepted]]\nrule = \"blank\"\nreason = \"上级要求\"\n[[corrections]]\ndate = 2026-03-02\nreason = \"笔误\"\nchanges = [{ path = \"overview[1]\", old = \"甲\\n\\\"乙\\\"\", new = \"丙\" }]\n";
    office.file("原件.toml", &everything);
    let mut from = "原件.toml".to_owned();
    for (step, ending) in ["yaml", "json", "toml", "json", "yml", "toml"].iter().enumerate() {
        let to = format!("{step}.{ending}");
        let run = office.run(["import", &from, "-o", &to]);
        assert_ne!(run.code, 2, "{run:#?}");
        assert_eq!(read_report(&office.text(&to), &to), read_report(&everything, "a.toml"), "{to}");
        from = to;
    }
}

#[test]
fn a_sample_converts_without_a_finding() {
    let office = new_office();
    let run = office.run([
        "import".into(),
        sample(&format!("{}.toml", SAMPLES[1])).display().to_string(),
        "-o".into(),
        "a.yaml".into(),
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:#?}");
    assert!(run.stdout.contains("检查：没有发现问题"), "{run:#?}");
}

#[test]
fn an_existing_target_is_kept_without_force() {
    let office = office_with("shanghai-gov-office-2025.toml");
    office.file("a.yaml", "旧的");
    let run = office.run(["import", "shanghai-gov-office-2025.toml", "-o", "a.yaml"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("--force"), "{run:#?}");
    assert_eq!(office.text("a.yaml"), "旧的");
    let run = office.run(["import", "shanghai-gov-office-2025.toml", "-o", "a.yaml", "--force"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(office.text("a.yaml").starts_with("form: \"2021\""));
}

#[test]
fn a_file_with_unknown_keys_is_not_converted() {
    let office = new_office();
    office.file("a.toml", of_2021().replacen("year = 2025", "year = 2025\nyaer = 1", 1));
    let run = office.run(["import", "a.toml", "-o", "b.json"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("yaer") && run.stderr.contains("请先改正"), "{run:#?}");
    assert_eq!(office.files(), ["a.toml"]);
}

#[test]
fn the_target_needs_a_known_extension() {
    let office = office_with("shanghai-gov-office-2025.toml");
    let run = office.run(["import", "shanghai-gov-office-2025.toml", "-o", "a.txt"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains(".toml"), "{run:#?}");
    assert_eq!(office.files(), ["shanghai-gov-office-2025.toml"]);
}

#[test]
fn the_path_of_a_users_form_is_adjusted_to_the_target_folder() {
    let office = new_office();
    office.file("格式/own.toml", include_str!("../../../data/forms/2021.toml"));
    office.file("格式/a.toml", of_2021().replacen("form = \"2021\"", "form = \"own.toml\"", 1));
    let run = office.run(["import", "格式/a.toml", "-o", "别处/b.toml"]);
    assert_ne!(run.code, 2, "{run:#?}");
    let check = office.run(["check", "别处/b.toml"]);
    assert_ne!(check.code, 2, "{check:#?}");
}
