//! Between our own kinds of file nothing is lost, and nothing is overwritten unasked.

use crate::{
    program::{Office, SAMPLES, sample},
    report::{of_2021, read_report},
};

#[test]
fn toml_to_yaml_to_json_to_toml_loses_nothing() {
    let office = Office::new();
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
    let office = Office::new();
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
fn what_stands_there_is_kept_unless_asked() {
    let office = Office::with_sample("shanghai-gov-office-2025.toml");
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
fn what_cannot_be_carried_over_is_not_dropped_in_silence() {
    let office = Office::new();
    office.file("a.toml", of_2021().replacen("year = 2025", "year = 2025\nyaer = 1", 1));
    let run = office.run(["import", "a.toml", "-o", "b.json"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("yaer") && run.stderr.contains("请先改正"), "{run:#?}");
    assert_eq!(office.files(), ["a.toml"]);
}

#[test]
fn the_ending_of_the_target_says_what_it_becomes() {
    let office = Office::with_sample("shanghai-gov-office-2025.toml");
    let run = office.run(["import", "shanghai-gov-office-2025.toml", "-o", "a.txt"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains(".toml"), "{run:#?}");
    assert_eq!(office.files(), ["shanghai-gov-office-2025.toml"]);
}

#[test]
fn a_form_of_ones_own_is_still_found_from_another_folder() {
    let office = Office::new();
    office.file("格式/own.toml", include_str!("../../data/forms/2021.toml"));
    office.file("格式/a.toml", of_2021().replacen("form = \"2021\"", "form = \"own.toml\"", 1));
    let run = office.run(["import", "格式/a.toml", "-o", "别处/b.toml"]);
    assert_ne!(run.code, 2, "{run:#?}");
    let check = office.run(["check", "别处/b.toml"]);
    assert_ne!(check.code, 2, "{check:#?}");
}
