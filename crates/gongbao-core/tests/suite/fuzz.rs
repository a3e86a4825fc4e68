//! Fuzzing of the readers of text: reports in three notations, forms, local rules, rosters, corrections.
//!
//! `scripts/fuzz MINUTES` runs it for longer; `docs/reliability.md` has the counts.

mod meaning;
mod readers;

use std::collections::BTreeSet;

use gongbao_core::finding::Finding;
use gongbao_test_support::{
    SAMPLES,
    made::{FORM_2019, FORM_2021, OWN},
    sample,
};
use peak_alloc::PeakAlloc;

/// Counts the memory of each try.
#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Keys, values and marks of report files.
const WORDS: &[&str] = &[
    "year",
    "form",
    "2019",
    "2021",
    "agency",
    "name",
    "overview",
    "preface",
    "disclosure",
    "extra",
    "after",
    "label",
    "figures",
    "applications",
    "handled",
    "total",
    "natural",
    "appeals",
    "value",
    "note",
    "unit",
    "blanks",
    "zero",
    "published",
    "digest",
    "corrections",
    "changes",
    "path",
    "old",
    "new",
    "redact",
    "members",
    "file",
    "accepted",
    "rule",
    "filing",
    "roles",
    "date",
    "2024-02-30",
    "true",
    "null",
    "{{applications.new.total}}",
    "本机关",
    "不予公开",
    "同比增长",
    "三十六件",
    "百分之五",
    "其中",
    "\n[[disclosure.extra]]\n",
    "\n[[corrections]]\n",
];

/// Report files that use everything a report file can hold, and two real ones.
fn reports() -> Vec<Vec<u8>> {
    let made = [FORM_2021, FORM_2019, OWN].map(|text| text.as_bytes().to_vec());
    let office = (FORM_2021.to_owned() + crate::reading::files::OFFICE).into_bytes();
    let real = SAMPLES.map(|stem| std::fs::read(sample(&format!("{stem}.toml"))).expect("a sample"));
    made.into_iter().chain([office]).chain(real).collect()
}

/// The codes of the rules that findings name.
fn rules(findings: &[Finding]) -> BTreeSet<String> {
    findings.iter().map(|finding| finding.rule.code().to_owned()).collect()
}
