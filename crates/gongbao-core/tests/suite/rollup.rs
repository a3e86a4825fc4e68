//! The drafts of a consolidated report, compared with the program's own checks.

use std::path::{Path, PathBuf};

use gongbao_core::{
    check::CheckContext,
    finding::{Finding, Severity},
    load::load_text,
    report::{DRAFT_MARK, Report, Scope, to_toml},
    rollup::{Consolidated, Contribution, Wanted, consolidate},
    typeface::AllGlyphs,
};

use crate::rules::Draft;

/// Two bureaus of a county, consolidated for `agency`.
fn consolidated(agency: &str) -> Consolidated {
    let contributions: Vec<Contribution> = ["彭阳县财政局", "彭阳县民政局"]
        .into_iter()
        .map(|name| {
            let tables = "[disclosure]\nnormative_documents = [2, 1, 9]\nlicences = 12\n[applications]\nnew = [3, 1, 0, 0, 0, 0, 4]\n\
                          [applications.handled]\ngranted = [3, 1, 0, 0, 0, 0, 4]\n[appeals]\nreview = [1, 0, 0, 0, 1]\n";
            let file = Draft { name: name.to_owned(), tables: tables.to_owned(), ..Draft::default() }.file();
            Contribution { file, path: PathBuf::from(format!("{name}.toml")), findings: Vec::new() }
        })
        .collect();
    let wanted = Wanted { agency, roster: None, folder: Path::new("") };
    consolidate(&contributions, &wanted).unwrap_or_else(|findings| panic!("{findings:?}"))
}

/// Findings on a report in its file.
fn findings(report: &Report, form: &gongbao_core::form::Form) -> Vec<Finding> {
    let text = to_toml(report, form, Scope::Office);
    let loaded = load_text("汇总.toml", Ok(text.into_bytes()), Path::new(""), false);
    loaded.check(Path::new(""), CheckContext::new(&AllGlyphs, load_text)).findings
}

#[test]
fn drafts_pass_the_checks_once_they_are_marked_as_revised() {
    let Consolidated { mut report, form, .. } = consolidated("彭阳县人民政府");
    let marked = findings(&report, &form);
    assert!(marked.iter().any(|finding| finding.rule.code() == "template-text"), "{marked:#?}");
    for paragraphs in report.texts.values_mut() {
        paragraphs.retain(|paragraph| !paragraph.starts_with(DRAFT_MARK));
    }
    report.members.clear();
    let loud: Vec<Finding> =
        findings(&report, &form).into_iter().filter(|finding| finding.severity > Severity::Unsure).collect();
    assert!(loud.is_empty(), "{loud:#?}");
}

#[test]
fn drafts_say_on_what_the_report_is_based_for_when_and_for_whom() {
    let Consolidated { report, .. } = consolidated("彭阳县人民政府");
    let preface = report.texts["preface"].concat();
    for part in [
        "政府信息公开条例",
        "国办公开办函〔2021〕30号",
        "2024年1月1日至2024年12月31日",
        "2家单位的数据：彭阳县财政局、彭阳县民政局",
    ] {
        assert!(preface.contains(part), "{part}: {preface}");
    }
    let overview = report.texts["overview"].concat();
    assert!(
        overview.contains("被申请行政复议{{appeals.review}}件，被提起行政诉讼{{appeals.litigation}}件"),
        "{overview}"
    );
    // A county makes no 规章, a city with districts may.
    assert!(!overview.contains("规章"), "{overview}");
    assert!(consolidated("固原市人民政府").report.texts["overview"].concat().contains("规章"));
}
