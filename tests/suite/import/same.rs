//! A report in a file of another program is imported without any difference, on both forms.

use std::collections::BTreeMap;

use gongbao_core::report::Report;
use gongbao_test_support::judges;

use super::report::{of_2019, of_2021, read_report};
use crate::program::new_office;

/// The ways in which `write_foreign.py` writes a report.
const NAMES: [&str; 8] = [
    "plain.docx",
    "hmerge.docx",
    "split.docx",
    "cut.docx",
    "page.html",
    "nested.html",
    "sheet.xlsx",
    "sheets.xlsx",
];

/// Compares the parts of a report that an import can read: not the internal data, and of the agency only its name.
#[track_caller]
fn assert_same(original: &Report, imported: &Report, file: &str) {
    let as_given = |report: &Report| -> BTreeMap<String, String> {
        let cells = report
            .figures
            .iter()
            .map(|(path, cell)| (path.clone(), format!("{:?} {:?} {:?}", cell.figure, cell.note, cell.unit)));
        cells.collect()
    };
    assert_eq!(as_given(imported), as_given(original), "{file}");
    assert!(imported.figures.values().all(|cell| !cell.computed), "{file}");
    assert_eq!(imported.texts, original.texts, "{file}");
    assert_eq!((&imported.notes, &imported.extras), (&original.notes, &original.extras), "{file}");
    assert_eq!(
        (imported.year, imported.date, &imported.form),
        (original.year, original.date, &original.form),
        "{file}"
    );
    assert_eq!(
        (imported.title(), &imported.agency.name),
        (original.title(), &original.agency.name),
        "{file}"
    );
}

#[track_caller]
fn same_in_all_kinds(text: &str) {
    let office = new_office();
    office.file("原件.toml", text);
    let built = office.run(["build", "原件.toml", "--only", "data"]);
    assert_eq!(built.code, 0, "{built:#?}");
    let original = read_report(text, "原件.toml");
    if !judges::write_foreign(&office.path("out/原件/原件.json"), &office.path("来件"), &NAMES) {
        return;
    }
    let mut names = NAMES.to_vec();
    if judges::libreoffice(&[office.path("来件/sheet.xlsx")], "xls", &office.path("来件"), None).is_some()
    {
        names.push("sheet.xls");
    }
    for name in names {
        let run = office.run(["import", &format!("来件/{name}"), "-o", &format!("{name}.toml")]);
        assert_eq!(run.code, 0, "{name}: {run:#?}");
        assert!(!run.stdout.contains("没有放进报告"), "{name}: {run:#?}");
        let written = office.text(&format!("{name}.toml"));
        assert_same(&original, &read_report(&written, "a.toml"), name);
    }
}

#[test]
fn a_report_of_2021_is_the_same_from_every_kind_of_file() {
    same_in_all_kinds(&of_2021());
}

#[test]
fn a_report_of_2019_is_the_same_from_every_kind_of_file() {
    same_in_all_kinds(&of_2019());
}
