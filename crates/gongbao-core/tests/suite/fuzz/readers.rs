//! Each reader reads, reports or refuses whatever it is given; what was read without a loss is written and read again.

use std::path::Path;

use gongbao_core::{
    check::{CheckContext, LocalRules},
    finding::{Finding, render_all},
    form,
    history::{CorrectionRequest, correction, differences},
    load::{Loaded, load_text},
    report::{Report, ReportFile, Scope, to_text},
    roster::Roster,
    syntax::Format,
    typeface::AllGlyphs,
};
use gongbao_test_support::{
    fuzz::{Fuzz, Outcome, Shape, plants},
    made::FOLDER,
    repository,
};

use super::{WORDS, reports, rules};

const FORMATS: [(Format, &str); 3] =
    [(Format::Toml, "report.toml"), (Format::Json, "report.json"), (Format::Yaml, "report.yaml")];

fn fuzz<'a>(reader: &'a str, samples: Vec<Vec<u8>>) -> Fuzz<'a> {
    Fuzz { reader, shape: Shape::Text, samples, words: WORDS, is_alone: crate::is_alone() }
}

/// Reads and checks a report, and renders its findings.
fn checked(name: &str, bytes: &[u8]) -> Loaded {
    let folder = Path::new(FOLDER);
    let loaded = load_text(name, Ok(bytes.to_vec()), folder, false)
        .check(folder, CheckContext::new(&AllGlyphs, load_text));
    for finding in &loaded.findings {
        assert!(!finding.message.is_empty(), "{finding:?}");
    }
    let shown = render_all(&loaded.findings, false);
    assert!(!shown.chars().any(|c| c != '\n' && c.is_control()), "{shown:?}");
    serde_json::to_string(&loaded.findings).expect("JSON");
    loaded
}

/// What was read without a loss is the same after it was written and read again, in each notation.
fn is_kept(loaded: &Loaded) {
    let Some(file) = &loaded.file else { return };
    if loaded.findings.iter().any(|finding| finding.concern().loses_content()) {
        return;
    }
    for (format, name) in FORMATS {
        let mut text = to_text(&file.report, &file.form, Scope::Office, format);
        if plants("wrong figure") && format == Format::Yaml {
            text = text.replacen('7', "8", 1);
        }
        let again = load_text(name, Ok(text.clone().into_bytes()), Path::new(FOLDER), false);
        let kept = again.file.as_ref().map(|file| &file.report);
        assert!(
            kept.is_some_and(|kept| same(kept, &file.report)),
            "{format:?} loses something:\n{text}\n{:?}",
            again.findings
        );
    }
}

fn same(one: &Report, other: &Report) -> bool {
    one == other
}

/// A planted bug: the program panics about one word.
fn plant(bytes: &[u8]) {
    assert!(!(plants("panic") && bytes.windows(5).any(|window| window == b"1e999")), "planted");
}

fn report(reader: &str, name: &str, samples: Vec<Vec<u8>>) {
    fuzz(reader, samples).run(|bytes| {
        plant(bytes);
        let loaded = checked(name, bytes);
        // Writing and reading takes most of the time, so one try in four is written; all samples are.
        if bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte)) % 4 == 0 {
            is_kept(&loaded);
        }
        let said = rules(&loaded.findings);
        Outcome { past: !said.contains("unreadable"), said }
    });
}

/// The samples in a notation.
fn written(format: Format) -> Vec<Vec<u8>> {
    let read = |bytes: Vec<u8>| {
        load_text("report.toml", Ok(bytes), Path::new(FOLDER), false).file.expect("a report")
    };
    let text = |file: ReportFile| to_text(&file.report, &file.form, Scope::Office, format).into_bytes();
    reports().into_iter().map(|bytes| text(read(bytes))).collect()
}

#[test]
fn toml() {
    report("toml", "report.toml", reports());
}

#[test]
fn json() {
    report("json", "report.json", written(Format::Json));
}

#[test]
fn yaml() {
    report("yaml", "report.yaml", written(Format::Yaml));
}

#[test]
fn forms() {
    let folder = repository().join("data/forms");
    let samples = ["2019.toml", "2021.toml"].map(|name| std::fs::read(folder.join(name)).expect("a form"));
    let own = gongbao_test_support::made::OWN_FORM.as_bytes().to_vec();
    fuzz("form", samples.into_iter().chain([own]).collect()).run(|bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return Outcome::refused("UTF-8") };
        match form::from_text("form.toml", text) {
            Ok(form) => {
                for (_, table) in form.tables() {
                    table.grid(&[]).expect("a form that is accepted has grids");
                }
                Outcome::past([form.id.clone()])
            }
            Err(error) => {
                // What the parser of the notation refuses is one problem with a drawing of the place.
                let is_notation = error.problems.iter().any(|problem| problem.contains("  |"));
                let count = error.problems.len().min(5).to_string();
                if is_notation { Outcome::refused("notation") } else { Outcome::past([count]) }
            }
        }
    });
}

#[test]
fn local_rules() {
    let folder = repository().join("data/rules");
    let samples: Vec<Vec<u8>> = std::fs::read_dir(folder)
        .expect("rules")
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "toml"))
        .map(|entry| std::fs::read(entry.path()).expect("rules"))
        .collect();
    let report = reports().remove(0);
    fuzz("rules", samples).run(|bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return Outcome::refused("UTF-8") };
        match LocalRules::from_text("rules.toml", text) {
            Ok(rules) => {
                let context =
                    CheckContext { rules: Some(&rules), ..CheckContext::new(&AllGlyphs, load_text) };
                let folder = Path::new(FOLDER);
                let loaded =
                    load_text("report.toml", Ok(report.clone()), folder, false).check(folder, context);
                Outcome::past(super::rules(&loaded.findings))
            }
            Err(error) => Outcome::refused(error.problems.len().min(5).to_string()),
        }
    });
}

#[test]
fn rosters() {
    let list = "单位,类别,联系电话\n某县财政局,department,0517-1\n\"某县,民政局\",town,\n# 注\n某县人民政府办公室\toffice\t1\n";
    let table = "year = 2024\n\n[[agency]]\nname = \"某县财政局\"\nkind = \"department\"\nphone = \"0517-1\"\n\n[[agency]]\nname = \"某县民政局\"\n";
    for (reader, name, sample) in [("roster-csv", "roster.csv", list), ("roster-toml", "roster.toml", table)]
    {
        fuzz(reader, vec![sample.as_bytes().to_vec()]).run(|bytes| match Roster::read(name, bytes) {
            Ok(roster) => {
                for member in &roster.members {
                    assert!(!member.name.trim().is_empty());
                    roster.find(&member.name);
                }
                Outcome::past([roster.members.len().min(9).to_string()])
            }
            Err(findings) => Outcome {
                past: !findings.is_empty() && findings.iter().all(|f| f.at.is_some()),
                said: rules(&findings),
            },
        });
    }
}

#[test]
fn corrections() {
    let published = crate::reading::files::OFFICE;
    let old = reports().remove(3);
    let folder = Path::new(FOLDER);
    let before = load_text("old.toml", Ok(old), folder, false).file.expect("a report");
    let _ = published;
    fuzz("corrections", reports()).run(|bytes| {
        let loaded = load_text("new.toml", Ok(bytes.to_vec()), folder, false);
        let Some(after) = &loaded.file else {
            let said = rules(&loaded.findings);
            return Outcome { past: !said.contains("unreadable"), said };
        };
        let changed = differences(&before, after);
        for difference in &changed {
            difference.pieces();
        }
        let wanted = CorrectionRequest {
            reason: "笔误".to_owned(),
            date: jiff::civil::date(2025, 4, 1),
            redact: Vec::new(),
        };
        let said = match correction(&before, after, &wanted) {
            Ok(_) => "corrected".to_owned(),
            Err(why) => why.to_string().chars().take(12).collect(),
        };
        Outcome::past([said, changed.len().min(20).to_string()])
    });
}

/// The findings of a report in a notation, without what depends on the notation: places in the file.
pub(super) fn meant(findings: &[Finding]) -> Vec<(String, String, String)> {
    let mut meant: Vec<_> = findings
        .iter()
        .map(|finding| {
            (finding.rule.code().to_owned(), finding.path.clone(), finding.severity.name().to_owned())
        })
        .collect();
    meant.sort();
    meant
}
