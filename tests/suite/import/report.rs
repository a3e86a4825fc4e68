//! Reads report files with the library; two reports that use everything a table can hold.

use std::{path::Path, sync::Arc};

use gongbao_core::{
    report::{Report, read},
    syntax::{self, Format},
};
use gongbao_test_support::{PENGYANG, SHANGHAI};

/// Reads a report file.
#[track_caller]
pub(crate) fn read_report(text: &str, name: &str) -> Report {
    let source = Arc::new(syntax::open(name, text.as_bytes()).expect("opens"));
    let format = Format::of_name(name).expect("a known ending");
    let root = syntax::parse(&source, format).expect("parses");
    let reading = read(&source, &root, Path::new(".")).expect("a known form");
    reading.file.unwrap_or_else(|| panic!("{:#?}", reading.findings)).report
}

/// Returns a sample with some of its lines replaced.
#[track_caller]
fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old} is not in the sample");
        text.replacen(old, new, 1)
    })
}

/// Returns a report on the form of 2021 with a date, an extra row, a blank, a dash and an amount of money.
pub(crate) fn of_2021() -> String {
    changed(
        SHANGHAI,
        &[
            ("year = 2025\n", "year = 2025\ndate = 2026-01-20\n"),
            (
                "fees = 0\n",
                "fees = 27.948692\n[[disclosure.extra]]\nafter = \"normative_documents\"\nlabel = \"其他主动公开文件\"\nfigures = [84, 0, 84]\n",
            ),
            ("penalties = 0", "penalties = \"/\""),
            ("compulsory_measures = 0", "compulsory_measures = \"\""),
        ],
    )
}

/// Returns a report on the form of 2019 with a date, negative changes, a unit and notes.
pub(crate) fn of_2019() -> String {
    changed(
        PENGYANG,
        &[
            ("year = 2020\n", "year = 2020\ndate = 2021-01-20\n"),
            ("licences = [0, 0, 0]", "licences = [61, -8, { value = 97, note = \"含委托事项\" }]"),
            ("penalties = [0, 0, 0]", "penalties = [12, 3, \"/\"]"),
            (
                "procurement = [0, 0]",
                "procurement = [3, { value = 251000, unit = \"元\" }]\nnote = \"注：采购含续签。\"",
            ),
            ("new = [0, 0, 0, 0, 0, 0, 0]", "new = [1, 2, 3, 4, 5, 6, 21]"),
            ("carried_out = [0, \"\", \"\", \"\", \"\", \"\", 0]", "carried_out = [1, 2, 3, 4, 5, 6, 21]"),
        ],
    )
}
