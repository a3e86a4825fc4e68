//! Makes reports around a sentence.

use std::{path::Path, sync::Arc};

use gongbao_core::{
    check,
    finding::Finding,
    report::{self, ReportFile},
    syntax::{self, Format},
};

/// Figures of 上海市人民政府办公厅 2025, with some in 表二 that it does not have.
pub(crate) const FIGURES: &str = r#"
[disclosure]
rules = [22, 22, 235]
normative_documents = [34, 55, 189]
licences = 460
penalties = 12
compulsory_measures = 0
fees = 27.948692

[applications]
new = [1259, 36, 0, 0, 0, 0, 1295]
carried_in = [170, 15, 0, 0, 4, 0, 189]
carried_out = [290, 3, 0, 0, 0, 0, 293]

[applications.handled]
granted = [201, 5, 0, 0, 0, 0, 206]
partly_granted = [2, 0, 0, 0, 0, 0, 2]
refused = { state_secret = [4, 0, 0, 0, 0, 0, 4], public_safety = [1, 0, 0, 0, 0, 0, 1], internal_affairs = [8, 0, 0, 0, 1, 0, 9], process_information = [1, 0, 0, 0, 0, 0, 1], enquiries = [5, 0, 0, 0, 0, 0, 5] }
unavailable = { not_held = [484, 28, 0, 0, 1, 0, 513], to_be_created = [47, 1, 0, 0, 0, 0, 48], still_unclear = [3, 0, 0, 0, 0, 0, 3] }
not_processed = { complaints = [61, 1, 0, 0, 0, 0, 62], repeated = [16, 0, 0, 0, 0, 0, 16], publications = [1, 0, 0, 0, 0, 0, 1], excessive = [1, 0, 0, 0, 0, 0, 1] }
other = { not_corrected = [40, 1, 0, 0, 2, 0, 43], other = [264, 12, 0, 0, 0, 0, 276] }
total = [1139, 48, 0, 0, 4, 0, 1191]

[appeals]
review = [40, 0, 10, 5, 55]
[appeals.litigation]
direct = [2, 0, 4, 6, 12]
after_review = [6, 0, 9, 7, 22]
"#;

/// Returns a report of 2025 on the form of 2021 with `overview` as its first chapter.
pub(crate) fn made(overview: &str, figures: &str) -> ReportFile {
    written("2021", 2025, overview, "本年度未收取信息处理费。", figures)
}

/// Returns a report of another body than the usual one. `agency` is the TOML of `[agency]`, `head` of the head.
pub(crate) fn made_by(agency: &str, head: &str, overview: &str, figures: &str) -> ReportFile {
    let toml = format!(
        "year = 2025\nblanks = \"zero\"\n{head}\noverview = '''\n{overview}\n'''\n\
         problems = \"公开内容还不够丰富，下一步将继续改进。\"\nother = \"本年度未收取信息处理费。\"\n\
         [agency]\n{agency}\n{figures}"
    );
    parsed("made.toml", &toml)
}

/// Returns a report with these texts; figures that are not given are 0.
pub(crate) fn written(form: &str, year: u16, overview: &str, other: &str, figures: &str) -> ReportFile {
    let toml = format!(
        "form = \"{form}\"\nyear = {year}\nblanks = \"zero\"\noverview = '''\n{overview}\n'''\n\
         problems = \"公开内容还不够丰富，下一步将继续改进。\"\nother = '''\n{other}\n'''\n\
         [agency]\nname = \"长春市退役军人事务局\"\nkind = \"department\"\n{figures}"
    );
    parsed("made.toml", &toml)
}

/// Reads a report.
pub(crate) fn parsed(name: &str, toml: &str) -> ReportFile {
    let source = Arc::new(syntax::open(name, toml.as_bytes()).expect("a source"));
    let root =
        syntax::parse(&source, Format::Toml).unwrap_or_else(|findings| panic!("{findings:#?}\n{toml}"));
    let reading = report::read(&source, &root, Path::new(".")).expect("a form");
    reading.file.unwrap_or_else(|| panic!("{:#?}", reading.findings))
}

/// Returns the findings on a report, a line each: `P1 warning applications.new.total 2 3`.
pub(crate) fn told(file: &ReportFile) -> Vec<String> {
    check::prose(file, None).iter().map(line).collect()
}

pub(crate) fn line(finding: &Finding) -> String {
    let severity = serde_json::to_value(finding.severity).expect("JSON");
    let number =
        |number: &Option<serde_json::Number>| number.as_ref().map_or("-".to_owned(), ToString::to_string);
    format!(
        "{} {} {} {} {}",
        finding.rule,
        severity.as_str().unwrap_or_default(),
        finding.figure.as_deref().unwrap_or("-"),
        number(&finding.left),
        number(&finding.right),
    )
}

/// Returns the text that a finding points at.
pub(crate) fn pointed(finding: &Finding) -> &str {
    finding.at.as_ref().map_or("", |at| &at.source.text[at.span.clone()])
}
