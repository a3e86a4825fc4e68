//! What docs/data-format demands of reading, sentence by sentence.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use std::{path::Path, sync::Arc, time::Instant};

use gongbao::{
    finding::{Finding, Severity},
    form,
    report::{self, Figure, Number, Paragraph, Reading, Report, ReportFile, Scope, read, to_json},
    source::{self, Format, Source},
};

const FORM_2021: &str = include_str!("form-2021.toml");
const FORM_2019: &str = include_str!("form-2019.toml");

// Helpers ----------------------------------------------------------------------------------------

fn read_as(text: &str, format: Format) -> Reading {
    let source = Arc::new(source::open("report", text.as_bytes()).expect("opens"));
    let root = source::parse(&source, format).expect("parses");
    read(&source, &root, Path::new("tests/reading")).expect("a known form")
}

fn toml(text: &str) -> Reading {
    read_as(text, Format::Toml)
}

/// The 2021 report with parts replaced.
#[track_caller]
fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old} is not in the file");
        text.replacen(old, new, 1)
    })
}

#[track_caller]
fn with(changes: &[(&str, &str)]) -> Reading {
    toml(&changed(FORM_2021, changes))
}

/// The findings as `rule path`, with the text they point at.
fn told(reading: &Reading) -> Vec<(String, String)> {
    let pointed = |finding: &Finding| match &finding.at {
        Some(at) => at.source.text[at.span.clone()].to_owned(),
        None => String::new(),
    };
    reading.findings.iter().map(|f| (format!("{} {}", f.rule, f.path), pointed(f))).collect()
}

#[track_caller]
fn tells(reading: &Reading, expected: &[(&str, &str)]) {
    let told = told(reading);
    let told: Vec<(&str, &str)> = told.iter().map(|(what, at)| (what.as_str(), at.as_str())).collect();
    assert_eq!(told, expected, "{:#?}", reading.findings);
}

#[track_caller]
fn only(reading: &Reading) -> &Finding {
    assert_eq!(reading.findings.len(), 1, "{:#?}", reading.findings);
    &reading.findings[0]
}

fn file(reading: Reading) -> ReportFile {
    reading.file.expect("a report")
}

fn report(reading: Reading) -> Report {
    file(reading).report
}

/// What stands in a cell, as it is printed; `-` where it is missing.
fn cell(report: &Report, path: &str) -> String {
    match report.figures.get(path).map(|cell| cell.figure) {
        Some(Figure::Number(number)) => number.to_string(),
        Some(Figure::NotApplicable) => "/".to_owned(),
        Some(Figure::Blank) => "".to_owned(),
        None => "-".to_owned(),
    }
}

fn row(report: &Report, path: &str) -> String {
    let columns = ["natural", "business", "research", "welfare", "legal", "other", "total"];
    columns.map(|column| cell(report, &format!("{path}.{column}"))).join(" ")
}

fn hint(finding: &Finding) -> &str {
    finding.hint.as_deref().unwrap_or_default()
}

// The whole --------------------------------------------------------------------------------------

#[test]
fn a_report_on_each_form_reads_without_complaint() {
    for text in [FORM_2021, FORM_2019] {
        let reading = toml(text);
        tells(&reading, &[]);
        let file = file(reading);
        let figures: usize = file.report.records(&file.form).iter().map(|record| record.figures.len()).sum();
        assert_eq!(file.report.figures.len(), figures, "every figure of the form is there");
    }
}

#[test]
fn the_head_is_carried() {
    let report = report(toml(FORM_2021));
    assert_eq!(report.form.as_deref(), Some("2021"));
    assert_eq!(report.year, 2024);
    assert_eq!(report.title(), "淮安市人民政府\n2024年政府信息公开工作年度报告");
    assert_eq!(report.date.map(|date| date.to_string()).as_deref(), Some("2025-01-24"));
    assert_eq!(report.agency.name, "淮安市人民政府");
    assert_eq!(report.agency.kind.map(|kind| kind.key()), Some("government"));
    assert_eq!(report.agency.details["phone"], "0517-83605000");
    assert!(report.filing.is_none() && report.accepted.is_empty() && report.published.is_none());
    let report = self::report(toml(FORM_2019));
    assert_eq!(report.title(), "彭阳县机关事务服务中心2020年政府信息公开工作年度报告");
    assert_eq!((report.form, report.date), (None, None));
}

#[test]
fn json_and_yaml_carry_the_same() {
    let report = report(toml(FORM_2021));
    let form = form::by_id("2021").expect("forms").expect("2021");
    let json = to_json(&report, form, Scope::Office);
    // YAML 1.2 takes JSON in.
    for format in [Format::Json, Format::Yaml] {
        let reading = read_as(&json, format);
        tells(&reading, &[]);
        assert_eq!(self::report(reading), report);
    }
}

// Head -------------------------------------------------------------------------------------------

#[test]
fn form_follows_from_the_year() {
    assert_eq!(file(with(&[("form = \"2021\"\n", "")])).form.id, "2021");
    assert_eq!(file(toml(FORM_2019)).form.id, "2019");
    let reading = with(&[("form = \"2021\"\n", ""), ("year = 2024", "year = 2018")]);
    tells(&reading, &[("missing form", "2018")]);
    assert!(reading.file.is_none());
}

#[test]
fn an_unknown_form_or_an_unusable_one_ends_reading() {
    let read_form = |form: &str| {
        let text = changed(FORM_2021, &[("form = \"2021\"", &format!("form = \"{form}\""))]);
        let source = Arc::new(Source::new("report.toml", text, "UTF-8"));
        let root = source::parse(&source, Format::Toml).expect("parses");
        read(&source, &root, Path::new("tests/reading")).err().map(|error| error.to_string())
    };
    assert!(read_form("2022").expect("unknown").contains("2019、2021"));
    assert!(read_form("nowhere.toml").is_some());
    assert!(read_form("form-2019.toml").is_some());
    assert!(read_form("own-form.toml").is_none());
}

#[test]
fn a_form_that_does_not_fit_the_year() {
    let on_2019 = |year: &str, more: &str| {
        toml(&changed(FORM_2019, &[("year = 2020", &format!("form = \"2019\"\nyear = {year}{more}"))]))
    };
    let published = format!("\npublished = {{ date = 2024-01-20, digest = \"sha256:{}\" }}", "0".repeat(64));
    for (year, more, severity) in [
        ("2021", "", Severity::Error),
        ("2023", published.as_str(), Severity::Warning),
        ("2018", "", Severity::Warning),
    ] {
        let reading = on_2019(year, more);
        tells(&reading, &[("form-year form", "\"2019\"")]);
        assert_eq!(only(&reading).severity, severity, "{year}");
    }
    let reading = with(&[("year = 2024", "year = 2020")]);
    tells(&reading, &[("form-year form", "\"2021\"")]);
    assert_eq!(only(&reading).severity, Severity::Warning);
    assert!(hint(only(&reading)).contains("form = \"2019\""));
}

#[test]
fn wrong_values_in_the_head() {
    let reading = with(&[
        ("year = 2024", "year = \"2024\""),
        ("date = 2025-01-24", "date = \"2025年1月24日\"\nblanks = \"none\""),
        ("kind = \"government\"", "kind = \"city\""),
        ("phone = \"0517-83605000\"", "phone = 83605000"),
        ("title = \"淮安市人民政府\\n2024年政府信息公开工作年度报告\"", "title = 1"),
        ("name = \"淮安市人民政府\"", "name = \" \""),
    ]);
    tells(
        &reading,
        &[
            ("shape year", "\"2024\""),
            ("shape title", "1"),
            ("shape date", "\"2025年1月24日\""),
            ("shape blanks", "\"none\""),
            ("missing agency.name", "\" \""),
            ("shape agency.kind", "\"city\""),
            ("shape agency.phone", "83605000"),
        ],
    );
    assert!(reading.findings.iter().all(|finding| finding.place.starts_with("报告头 › ")));
    for year in ["20", "20244", "2024.5", "-2024", "1999", "true", "[2024]"] {
        let reading = with(&[("year = 2024", &format!("year = {year}"))]);
        assert_eq!(told(&reading)[0].0, "shape year", "{year}");
    }
    for date in ["2025-1-24", "2025-02-30", "2025-01-24T08:00:00", "20250124"] {
        let written = if date.contains('T') { date.to_owned() } else { format!("\"{date}\"") };
        let reading = with(&[("date = 2025-01-24", &format!("date = {written}"))]);
        tells(&reading, &[("shape date", &written)]);
    }
    tells(&with(&[("date = 2025-01-24", "date = \"2025-01-24\"")]), &[]);
}

#[test]
fn form_as_a_number_is_told_and_still_understood() {
    let reading = with(&[("form = \"2021\"", "form = 2021")]);
    tells(&reading, &[("shape form", "2021")]);
    assert_eq!(file(reading).form.id, "2021");
}

#[test]
fn what_is_not_there_is_missing() {
    let reading = toml("form = \"2021\"\n");
    let told: Vec<String> = told(&reading).into_iter().map(|(what, _)| what).collect();
    assert_eq!(
        told,
        [
            "missing year",
            "missing agency",
            "missing overview",
            "missing problems",
            "missing other",
            "missing disclosure",
            "missing applications",
            "missing appeals"
        ]
    );
    assert!(reading.file.is_none());
    assert!(reading.findings.iter().all(|finding| finding.file == "report"));
}

#[test]
fn the_texts_of_the_chapters_must_say_something() {
    let reading = with(&[
        ("other = \"本年度没有收取信息处理费。\"", "other = \" \\n\u{3000}\""),
        ("problems = \"\"\"", "preface2 = \"\"\""),
    ]);
    tells(
        &reading,
        &[
            ("unknown-key preface2", "preface2"),
            ("missing other", "\" \\n\u{3000}\""),
            ("missing problems", ""),
        ],
    );
    assert_eq!(reading.findings[1].place, "六、其他需要报告的事项");
    assert!(
        with(&[("other = \"", "other = 5 # \"")])
            .findings
            .iter()
            .any(|f| f.rule == "shape" && f.path == "other")
    );
    // The preface may be left out or be empty.
    tells(
        &with(&[("preface = \"本年度报告根据《中华人民共和国政府信息公开条例》编制。\"", "preface = \"\"")]),
        &[],
    );
}

#[test]
fn unknown_keys_are_errors_everywhere_with_the_nearest_known_key() {
    let reading = with(&[
        ("year = 2024", "yaer = 2024\nyear = 2024"),
        ("kind = \"government\"", "adress = \"x\""),
        ("licences = 2.2e1", "licenses = 5\nlicences = 2.2e1"),
        ("issued = 34", "isued = 3, issued = 34"),
        ("law_forbids = 0", "law_forbids = 0\nsubtotal = 0"),
        ("note = \"其中修订16件\"", "note = \"其中修订16件\", colour = 1"),
        ("figures = [84, 0, 84]", "figures = [84, 0, 84]\nplace = 1"),
    ]);
    tells(
        &reading,
        &[
            ("unknown-key yaer", "yaer"),
            ("unknown-key agency.adress", "adress"),
            ("unknown-key disclosure.rules.issued.colour", "colour"),
            ("unknown-key disclosure.normative_documents.isued", "isued"),
            ("unknown-key disclosure.licenses", "licenses"),
            ("unknown-key disclosure.extra[1].place", "place"),
            ("unknown-key applications.handled.refused.subtotal", "subtotal"),
        ],
    );
    for (index, near) in [(0, "year"), (1, "address"), (3, "issued"), (4, "licences")] {
        assert_eq!(hint(&reading.findings[index]), format!("是不是“{near}”？"));
    }
    assert_eq!(reading.findings[6].place, "表三 › 三、本年度办理结果 › （三）不予公开 › subtotal");
}

#[test]
fn a_key_of_the_head_inside_a_table_gets_its_own_hint_in_toml() {
    let reading = with(&[
        ("date = 2025-01-24\n", ""),
        ("other = \"本年度没有收取信息处理费。\"\n", ""),
        ("kind = \"government\"", "date = 2025-01-24\nother = \"本年度没有收取信息处理费。\""),
    ]);
    // What was written in the wrong place is not missing as well.
    tells(&reading, &[("unknown-key agency.date", "date"), ("unknown-key agency.other", "other")]);
    assert!(reading.findings.iter().all(|finding| hint(finding).contains("第一个“[”之前")));
    // `other` is also a row of 表三.
    let reading = with(&[("law_forbids = 0", "law_forbids = 0\nother = 0")]);
    assert!(!hint(only(&reading)).contains("第一个"));
    let reading = read_as(r#"{"year": 2024, "agency": {"name": "甲", "date": "2025-01-24"}}"#, Format::Json);
    let finding = reading.findings.iter().find(|f| f.rule == "unknown-key").expect("told");
    assert!(!hint(finding).contains("第一个"));
}

// What stays in the office, and what follows publication -------------------------------------------

const OFFICE: &str = r#"
[filing]
recipient = "县政务公开办"

[[accepted]]
rule = "S6"
path = "disclosure.rules.in_force"
reason = "本年清理后重新统计"

[[accepted]]
rule = "blank"
reason = "上级要求"
by = "张三"

[published]
date = 2025-01-26
digest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

[[corrections]]
date = 2025-03-02
reason = "统计口径有误"
changes = [{ path = "applications.new.total", old = 3119, new = 3120 }, { path = "overview[2]", old = "甲 乙", new = "", redact = true }, { path = "disclosure.rules.issued", old = { value = 22, note = "注" }, new = "999999999999.999999" }]
"#;

#[test]
fn filing_accepted_published_and_corrections() {
    let reading = toml(&(FORM_2021.to_owned() + OFFICE));
    tells(&reading, &[]);
    let report = report(reading);
    let filing = report.filing.as_ref().expect("filing");
    assert_eq!(filing.recipient, "县政务公开办");
    assert_eq!(filing.roles, ["单位负责人", "审核人", "保密审查人", "填报人"]);
    assert_eq!((filing.phone.as_str(), filing.seal), ("", true));
    assert_eq!(report.accepted.len(), 2);
    assert_eq!(
        (report.accepted[0].path.as_deref(), report.accepted[1].path.as_deref()),
        (Some("disclosure.rules.in_force"), None)
    );
    assert_eq!(report.accepted[1].by, "张三");
    assert_eq!(
        report.published.as_ref().map(|published| published.date.to_string()).as_deref(),
        Some("2025-01-26")
    );
    let changes = &report.corrections[0].changes;
    assert_eq!(changes[0].old, serde_json::json!(3119));
    assert_eq!(changes[1].old, serde_json::json!("甲 乙"), "what was published stays to the letter");
    assert!(changes[1].redact && !changes[0].redact);
    assert_eq!(changes[2].old, serde_json::json!({ "value": 22, "note": "注" }));

    let form = form::by_id("2021").expect("forms").expect("2021");
    let public = to_json(&report, form, Scope::Public);
    for word in ["filing", "accepted", "县政务公开办", "上级要求"] {
        assert!(!public.contains(word), "{word}");
    }
    let whole = read_as(&to_json(&report, form, Scope::Office), Format::Json);
    assert_eq!(self::report(whole), report);
}

#[test]
fn wrong_values_after_the_head() {
    let office = changed(
        OFFICE,
        &[
            ("recipient = \"县政务公开办\"", "roles = \"审核人\"\nseal = \"yes\""),
            ("rule = \"S6\"\n", ""),
            ("reason = \"上级要求\"", "reason = \"\""),
            ("sha256:a", "sha256:A"),
            ("old = 3119, ", ""),
            ("reason = \"统计口径有误\"", "# no reason"),
        ],
    );
    let reading = toml(&(FORM_2021.to_owned() + &office));
    let told: Vec<String> = told(&reading).into_iter().map(|(what, _)| what).collect();
    assert_eq!(
        told,
        [
            "shape filing.roles",
            "shape filing.seal",
            "missing accepted[1].rule",
            "missing accepted[2].reason",
            "shape published.digest",
            "missing corrections[1].reason",
            "missing corrections[1].changes[1].old",
        ]
    );
}

// Texts ------------------------------------------------------------------------------------------

#[test]
fn texts_are_paragraphs_put_right() {
    let file = file(toml(FORM_2021));
    assert_eq!(
        file.report.texts["overview"],
        [
            "（一）主动公开方面",
            "全年主动公开市政府规章22件。",
            "（二）依申请公开方面。共收到申请{{applications.new.total}}件，办结{{ applications . handled . total }}件。"
        ]
    );
    assert_eq!(file.report.texts["problems"], ["1.公开质量有待提高。", "（1）政策解读形式单一。"]);
    let levels: Vec<u8> = ["overview", "problems"]
        .iter()
        .flat_map(|key| &file.report.texts[*key])
        .map(|paragraph| Paragraph::parse(paragraph).level)
        .collect();
    assert_eq!(levels, [2, 0, 2, 3, 4]);
    let text = &file.source.text;
    assert_eq!(&text[file.origins["overview[2]"].clone()], "全年主动公开市政府规章 22 件。");
    let at = "全年主动公开市政府规章".len();
    assert_eq!(&text[file.span_in("overview[2]", at..at + "22件".len()).expect("a span")], "22 件");
    let changes: Vec<_> = file
        .changes
        .iter()
        .map(|change| (change.path.as_str(), change.old.as_str(), change.new.as_str()))
        .collect();
    assert_eq!(
        changes,
        [
            ("overview[2]", "章 2", "章2"),
            ("overview[2]", "2 件", "2件"),
            ("problems[1]", "1、", "1."),
            ("problems[2]", "(1)", "（1）"),
            ("problems[2]", "） 政", "）政"),
        ]
    );
}

#[test]
fn numbering_as_chapters_do_is_a_warning() {
    let reading = with(&[("（一）主动公开方面", "一、主动公开方面")]);
    tells(&reading, &[("numbering overview[1]", "一、主动公开方面")]);
    assert_eq!(only(&reading).severity, Severity::Warning);
    assert_eq!(only(&reading).place, "一、总体情况 › 第1段");
}

#[test]
fn characters_that_cannot_be_printed_are_told_by_code_point_and_place() {
    let reading = with(&[
        ("规章 22 件", "规\u{E000}章 22 件\u{202E}"),
        ("region = \"江苏省淮安市\"", "region = \"江苏\\u0007省\""),
        ("note = \"其中修订16件\"", "note = \"\\uFFFE其中\""),
        ("label = \"其他主动公开文件\"", "label = \"其他\u{F8FF}\""),
    ]);
    tells(
        &reading,
        &[
            ("character overview[2]", "\u{E000}"),
            ("character overview[2]", "\u{202E}"),
            ("character agency.region", "\\u0007"),
            ("character disclosure.rules.issued.note", "\\uFFFE"),
            ("character disclosure.extra[1].label", "\u{F8FF}"),
        ],
    );
    assert!(reading.findings[0].message.contains("U+E000（私用区字符）"));
}

#[test]
fn text_is_data() {
    let text = r##"#panic("x") $x^2$ // @ref <a> *b* _c_ \d `e` #let f = 1 http://a.cn/x_(1)?y=1"##;
    let reading = toml(&changed(
        FORM_2021,
        &[("other = \"本年度没有收取信息处理费。\"", &format!("other = '''{text}'''"))],
    ));
    tells(&reading, &[]);
    assert_eq!(report(reading).texts["other"], [text.replace("\"x\"", "“x”")]);
}

#[test]
fn a_text_of_a_megabyte_takes_no_time() {
    let long = "2025 年，共收到 {{applications.new.total}} 件。".repeat(20_000);
    let text =
        changed(FORM_2021, &[("other = \"本年度没有收取信息处理费。\"", &format!("other = \"{long}\""))]);
    let source = Arc::new(source::open("report", text.as_bytes()).expect("opens"));
    let root = source::parse(&source, Format::Toml).expect("parses");
    let start = Instant::now();
    let reading = read(&source, &root, Path::new("")).expect("a form");
    assert!(start.elapsed().as_secs_f64() < 1.0, "{:?}", start.elapsed());
    tells(&reading, &[]);
}

// Placeholders -----------------------------------------------------------------------------------

fn expanded(text: &str) -> (String, Vec<String>) {
    let file = file(toml(FORM_2021));
    let expansion = report::expand(&file.report, &file.form, text);
    (expansion.text, expansion.problems.into_iter().map(|problem| text[problem.range].to_owned()).collect())
}

#[test]
fn a_placeholder_stands_for_its_figure() {
    for (text, expected) in [
        ("收到{{applications.new.total}}件", "收到1295件"),
        ("{{ applications . new . total }}", "1295"),
        ("{{applications.new}}", "1295"),
        ("{{applications.handled.refused}}", "20"),
        ("{{applications.handled.unavailable}}和{{applications.handled.not_processed}}", "564和80"),
        ("{{applications.handled.other}}", "319"),
        ("{{applications.handled}}={{applications.handled.total}}", "1191=1191"),
        ("{{appeals.litigation}}、{{appeals.review}}", "34、55"),
        ("{{disclosure.rules.issued}}", "22"),
        ("{{disclosure.licences}}{{disclosure.fees}}", "2227.948692"),
        ("{{disclosure.extra[1].in_force}}", "84"),
        ("{{{{a}} {{{{{{disclosure.penalties}}", "{{a}} {{0"),
    ] {
        assert_eq!(expanded(text), (expected.to_owned(), vec![]), "{text}");
    }
}

#[test]
fn a_placeholder_that_stands_for_nothing_is_an_error() {
    for text in [
        "{{applications.new.totl}}",
        "{{disclosure.rules}}",
        "{{disclosure.compulsory_measures}}",
        "{{disclosure}}",
        "{{applications}}",
        "{{}}",
        "{{{a}}",
    ] {
        assert_eq!(expanded(text), (text.to_owned(), vec![text.to_owned()]), "{text}");
    }
    assert_eq!(expanded("{{未完 {{applications.new}}"), ("{{未完 1295".into(), vec!["{{".into()]));
    assert_eq!(expanded("{{"), ("{{".into(), vec!["{{".into()]));

    let reading = with(&[
        ("{{applications.new.total}}", "{{aplications.new.total}}"),
        ("没有收取", "没有{{收取"),
        ("22 件", "{{disclosure.compulsory_measures}} 件"),
    ]);
    tells(
        &reading,
        &[
            ("placeholder overview[2]", "{{disclosure.compulsory_measures}}"),
            ("placeholder overview[3]", "{{aplications.new.total}}"),
            ("placeholder other[1]", "{{"),
        ],
    );
    assert_eq!(hint(&reading.findings[1]), "是不是“applications.new.total”？");
}

// Figures ----------------------------------------------------------------------------------------

#[test]
fn every_notation_of_a_number() {
    let report = report(toml(FORM_2021));
    for (path, printed) in [
        ("disclosure.rules.issued", "22"),
        ("disclosure.normative_documents.repealed", "55"),
        ("disclosure.normative_documents.in_force", "1189"),
        ("disclosure.licences.decisions", "22"),
        ("disclosure.compulsory_measures.decisions", "/"),
        ("disclosure.fees.amount", "27.948692"),
    ] {
        assert_eq!(cell(&report, path), printed, "{path}");
    }
    assert_eq!(report.figures["disclosure.rules.issued"].note.as_deref(), Some("其中修订16件"));
    assert_eq!(report.notes["disclosure"], "注：规章数含修订。");
    let report = self::report(toml(FORM_2019));
    assert_eq!(cell(&report, "disclosure.other_services.change"), "4");
    assert_eq!(cell(&report, "disclosure.penalties.change"), "-8");
    assert_eq!(cell(&report, "disclosure.fees.change"), "-3");
    assert_eq!(report.figures["disclosure.procurement.amount"].unit.as_deref(), Some("元"));
    assert_eq!(cell(&report, "disclosure.rules.total"), "0");
}

#[test]
fn totals_left_out_are_computed() {
    let report = report(toml(FORM_2021));
    assert_eq!(row(&report, "applications.carried_in"), "170 15 0 0 4 0 189");
    assert_eq!(row(&report, "applications.carried_out"), "290 3 0 0 0 0 293");
    assert_eq!(row(&report, "applications.handled.total"), "1139 48 0 0 4 0 1191");
    assert_eq!(cell(&report, "appeals.litigation.after_review.total"), "22");
    let computed = |path: &str| report.figures[path].computed;
    assert!(computed("applications.handled.total.natural") && computed("applications.carried_in.total"));
    assert!(
        !computed("applications.new.total") && !computed("applications.handled.refused.law_forbids.total")
    );
}

#[test]
fn unknown_key_missing_row_and_text_for_a_number_three_of_each_in_one_run() {
    let reading = with(&[
        ("code = ", "cod = "),
        ("penalties = [0]", "penaltys = [0]"),
        ("{ decisions = \"/\" }", "{ decision = \"/\" }"),
        ("carried_in = [170, 15, 0, 0, 4, 0]\n", ""),
        ("repeated = [16, 0, 0, 0, 0, 0]\n", ""),
        ("new = [1259", "new = [\"很多\""),
        ("review = [40, 0", "review = [true, 0"),
        ("litigation.direct = [2, 0, 4, 6]", "litigation.direct = \"无\""),
    ]);
    tells(
        &reading,
        &[
            ("unknown-key agency.cod", "cod"),
            ("missing disclosure.penalties", "disclosure"),
            ("unknown-key disclosure.penaltys", "penaltys"),
            ("missing disclosure.compulsory_measures", "{ decision = \"/\" }"),
            ("unknown-key disclosure.compulsory_measures.decision", "decision"),
            ("missing applications.carried_in", "applications"),
            ("shape applications.new.natural", "\"很多\""),
            ("missing applications.handled.not_processed.repeated", "not_processed"),
            ("shape appeals.review.upheld", "true"),
            ("shape appeals.litigation.direct", "\"无\""),
        ],
    );
    assert_eq!(reading.findings[5].place, "表三 › 二、上年结转政府信息公开申请数量");
    assert_eq!(reading.findings[6].place, "表三 › 一、本年新收政府信息公开申请数量 › 自然人");
}

#[test]
fn missing_is_told_once_at_the_highest_key_that_is_missing_whole() {
    let text =
        FORM_2021.replace("\n[applications.handled.unavailable]", "\n[applications.handled.unavailable]\n#");
    let text = text
        .replace("#\nnot_held", "# not_held")
        .replace("\nto_be_created", "\n#")
        .replace("\nstill_unclear", "\n#");
    let start = text.find("[applications.handled.not_processed]").expect("there");
    let end = text.find("[applications.handled.other]").expect("there");
    let text = format!("{}{}", &text[..start], &text[end..]);
    tells(
        &toml(&text),
        &[
            ("missing applications.handled.not_processed", "handled"),
            ("missing applications.handled.unavailable", "unavailable"),
        ],
    );
    tells(
        &with(&[
            ("carried_out = { natural = 290, business = 3, ", "carried_out = { natural = 290, "),
            ("law_forbids = 0", "law_forbids = []"),
        ]),
        &[
            (
                "missing applications.carried_out.business",
                "{ natural = 290, research = 0, welfare = 0, legal = 0, other = 0 }",
            ),
            ("missing applications.handled.refused.law_forbids", "[]"),
        ],
    );
    // Of an array, only the last column may be left out, and only where it is a total.
    tells(
        &with(&[
            ("[1259, 36, 0, 0, 0, 0, 1295]", "[1259, 36, 0, 0]"),
            ("[{ value = 22, note = \"其中修订16件\" }, 0, 235]", "[1, 0]"),
        ]),
        &[
            ("missing disclosure.rules.in_force", "[1, 0]"),
            ("missing applications.new.legal", "[1259, 36, 0, 0]"),
            ("missing applications.new.other", "[1259, 36, 0, 0]"),
        ],
    );
}

#[test]
fn null_is_missing() {
    let report = report(toml(FORM_2021));
    let form = form::by_id("2021").expect("forms").expect("2021");
    let json = to_json(&report, form, Scope::Office);
    let json = changed(
        &json,
        &[
            ("\"review\": [40,", "\"review\": [null,"),
            ("\"licences\": 22", "\"licences\": null"),
            ("\"date\": \"2025-01-24\"", "\"date\": null"),
            ("\"name\": \"淮安市人民政府\"", "\"name\": null"),
        ],
    );
    let reading = read_as(&json, Format::Json);
    let told: Vec<String> = told(&reading).into_iter().map(|(what, _)| what).collect();
    assert_eq!(told, ["missing agency.name", "missing disclosure.licences", "missing appeals.review.upheld"]);
}

#[test]
fn too_many_cells_and_other_wrong_rows() {
    let reading = with(&[
        ("review = [40, 0, 10, 5, 55]", "review = [40, 0, 10, 5, 55, 1, 2]"),
        ("law_forbids = 0", "law_forbids = 5"),
        ("third_party = 0", "third_party = \"\""),
        ("penalties = [0]", "penalties = [0, 0]"),
    ]);
    tells(
        &reading,
        &[
            ("shape disclosure.penalties", "0"),
            ("shape applications.handled.refused.law_forbids", "5"),
            ("shape applications.handled.refused.third_party", "\"\""),
            ("shape appeals.review", "1"),
        ],
    );
    assert!(hint(&reading.findings[3]).contains("结果维持、结果纠正"));
}

#[test]
fn ranges_by_table() {
    let at = |value: &str| with(&[("licences = 2.2e1", &format!("licences = {value}"))]);
    tells(&at("999_999_999_999"), &[]);
    tells(&at("1_000_000_000_000"), &[("shape disclosure.licences.decisions", "1_000_000_000_000")]);
    let at = |value: &str| with(&[("review = [40", &format!("review = [{value}"))]);
    tells(&at("999999999"), &[]);
    tells(&at("1000000000"), &[("shape appeals.review.upheld", "1000000000")]);
    let at = |value: &str| with(&[("fees = 27.948692", &format!("fees = {value}"))]);
    tells(&at("999999999999.999999"), &[]);
    tells(&at("0.1234567"), &[("shape disclosure.fees.amount", "0.1234567")]);
    // A computed total is held to the same range.
    let reading = with(&[("litigation.direct = [2, 0, 4, 6]", "litigation.direct = [999999999, 1, 0, 0]")]);
    tells(&reading, &[("shape appeals.litigation.direct.total", "[999999999, 1, 0, 0]")]);
}

#[test]
fn negative_or_fractional_counts_are_s10_and_other_kinds_shape() {
    for (old, new, rule, path) in [
        ("licences = 2.2e1", "licences = -1", "S10", "disclosure.licences.decisions"),
        ("licences = 2.2e1", "licences = 2.5", "S10", "disclosure.licences.decisions"),
        ("licences = 2.2e1", "licences = 1e-9", "S10", "disclosure.licences.decisions"),
        ("licences = 2.2e1", "licences = \"－１\"", "S10", "disclosure.licences.decisions"),
        ("fees = 27.948692", "fees = -0.5", "S10", "disclosure.fees.amount"),
        ("licences = 2.2e1", "licences = \"-\"", "shape", "disclosure.licences.decisions"),
        ("licences = 2.2e1", "licences = nan", "shape", "disclosure.licences.decisions"),
        ("licences = 2.2e1", "licences = 2025-01-01", "shape", "disclosure.licences.decisions"),
        ("licences = 2.2e1", "licences = [[1]]", "shape", "disclosure.licences.decisions"),
        ("licences = 2.2e1", "licences = \"12件\"", "shape", "disclosure.licences.decisions"),
        ("licences = 2.2e1", "licences = \"1,23\"", "shape", "disclosure.licences.decisions"),
    ] {
        let reading = with(&[(old, new)]);
        assert_eq!((only(&reading).rule.as_str(), only(&reading).path.as_str()), (rule, path), "{new}");
        assert_eq!(only(&reading).severity, Severity::Error);
    }
    let reading = toml(&changed(FORM_2019, &[("licences = [61, 36, 97]", "licences = [61, 1.5, 97]")]));
    assert_eq!(only(&reading).rule, "S10");
}

#[test]
fn notes_and_units() {
    let long = "字".repeat(61);
    let reading = with(&[
        ("note = \"其中修订16件\"", &format!("note = \"{long}\"")),
        ("fees = 27.948692", "fees = { value = 5, unit = \"元\" }"),
    ]);
    tells(
        &reading,
        &[
            ("shape disclosure.rules.issued.note", &format!("\"{long}\"")),
            ("shape disclosure.fees.amount.unit", "\"元\""),
        ],
    );
    tells(&with(&[("note = \"其中修订16件\"", &format!("note = \"{}\"", "字".repeat(60)))]), &[]);
    let reading = toml(&changed(FORM_2019, &[("unit = \"元\"", "unit = \"美元\"")]));
    tells(&reading, &[("shape disclosure.procurement.amount.unit", "\"美元\"")]);
    let reading = with(&[("value = 22, ", "")]);
    tells(&reading, &[("missing disclosure.rules.issued.value", "{ note = \"其中修订16件\" }")]);
    let report = report(with(&[
        ("{ value = 22, note = \"其中修订16件\" }", "{ value = \"/\", note = \" 无此权限 \" }"),
        ("licences = 2.2e1", "licences = { value = 3, note = \"\" }"),
    ]));
    assert_eq!(report.figures["disclosure.rules.issued"].note.as_deref(), Some("无此权限"));
    assert_eq!(report.figures["disclosure.licences.decisions"].note, None);
}

#[test]
fn cells_left_blank_on_purpose_are_one_warning_a_table() {
    let reading = with(&[
        ("compulsory_measures = { decisions = \"/\" }", "compulsory_measures = \"\""),
        ("new = [1259, 36, 0, 0, 0, 0, 1295]", "new = [1259, \"\", \"\", 0, 0, 0, 1259]"),
        ("law_forbids = 0", "law_forbids = [\"\", \"\", \"\", \"\", \"\", \"\"]"),
        ("granted = [201, 5, 0, 0, 0, 0]", "granted = [201, 5, 0, 0, 0, 0, \"\"]"),
    ]);
    tells(&reading, &[("blank disclosure", "\"\""), ("blank applications", "\"\"")]);
    let finding = &reading.findings[1];
    assert_eq!((finding.severity, finding.place.as_str()), (Severity::Warning, "表三"));
    assert!(
        finding
            .message
            .starts_with("表三有9格有意留空：一、本年新收政府信息公开申请数量（商业企业、科研机构）；"),
        "{}",
        finding.message
    );
    let report = report(reading);
    // A row whose cells are all blank has a blank total; blanks add as zero.
    assert_eq!(row(&report, "applications.handled.refused.law_forbids"), "      ");
    assert_eq!(row(&report, "applications.handled.granted"), "201 5 0 0 0 0 ");
    assert_eq!(cell(&report, "applications.handled.total.total"), "1191");
}

#[test]
fn with_blanks_zero_all_that_is_blank_or_missing_is_zero() {
    let head = changed(FORM_2021, &[("year = 2024", "year = 2024\nblanks = \"zero\"")]);
    let end = head.find("[disclosure]").expect("there");
    let reading = toml(&format!(
        "{}[disclosure]\nrules = {{ issued = 1 }}\n[[disclosure.extra]]\nafter = \"rules\"\nlabel = \"甲\"\n[applications]\nnew = [3, \"\", null0]\ncarried_out = [1, 1, \"\", \"/\", 0, 0, \"\"]\nhandled.granted = [2]\nhandled.partly_granted = \"\"\nhandled.total = [\"\", 0]\n",
        &head[..end]
    ).replace(", null0", ""));
    tells(&reading, &[]);
    let report = report(reading);
    assert_eq!(cell(&report, "disclosure.rules.repealed"), "0");
    assert_eq!(cell(&report, "disclosure.fees.amount"), "0");
    assert_eq!(cell(&report, "disclosure.extra[1].issued"), "0");
    assert_eq!(row(&report, "applications.new"), "3 0 0 0 0 0 3");
    assert_eq!(row(&report, "applications.carried_in"), "0 0 0 0 0 0 0");
    assert_eq!(row(&report, "applications.carried_out"), "1 1 0 / 0 0 2");
    assert_eq!(row(&report, "applications.handled.total"), "2 0 0 0 0 0 2");
    assert_eq!(cell(&report, "appeals.litigation.direct.total"), "0");
    let form = form::by_id("2021").expect("forms").expect("2021");
    assert_eq!(self::report(read_as(&to_json(&report, form, Scope::Public), Format::Json)), report);
    // A total that is given is kept, and checked.
    let reading = toml(&changed(
        &head,
        &[("carried_in = [170, 15, 0, 0, 4, 0]", "carried_in = [170, \"\", \"\", 0, 4, 0, 180]")],
    ));
    assert_eq!(row(&self::report(reading), "applications.carried_in"), "170 0 0 0 4 0 180");
}

#[test]
fn a_localitys_extra_rows() {
    let report = report(toml(FORM_2021));
    assert_eq!(report.extras["disclosure"][0].label, "其他主动公开文件");
    assert_eq!(cell(&report, "disclosure.extra[1].issued"), "84");
    let form = form::by_id("2021").expect("forms").expect("2021");
    let places: Vec<String> = report.records(form).into_iter().take(4).map(|record| record.place).collect();
    assert_eq!(
        places,
        ["表二 › 规章", "表二 › 行政规范性文件", "表二 › 其他主动公开文件", "表二 › 行政许可"]
    );
    let reading = with(&[
        ("after = \"normative_documents\"", "after = \"normative_document\""),
        ("[agency]", "[[applications.extra]]\nlabel = \"x\"\n[agency]"),
    ]);
    let told: Vec<String> = told(&reading).into_iter().map(|(what, _)| what).collect();
    assert_eq!(told, ["unknown-key applications.extra", "shape disclosure.extra[1].after"]);
    assert_eq!(hint(&reading.findings[1]), "是不是“normative_documents”？");
    let reading = with(&[("label = \"其他主动公开文件\"\nfigures = [84, 0, 84]", "figures = [84, \"x\"]")]);
    let told: Vec<String> = self::told(&reading).into_iter().map(|(what, _)| what).collect();
    assert_eq!(
        told,
        [
            "missing disclosure.extra[1].label",
            "missing disclosure.extra[1].in_force",
            "shape disclosure.extra[1].repealed"
        ]
    );
}

// Another form -----------------------------------------------------------------------------------

const OWN: &str = r#"
form = "own-form.toml"
year = 2024
summary = "培训{{training.courses}}次，举办{{training.held}}次，支出{{training.money.value}}。"
agency = { name = "甲局" }

[training]
cancelled = [1, 1, 0]
courses.online = { city = 5, county = 2 }
courses.onsite = [9, 6, 3]
money = [{ value = 1.5, unit = "万元" }, 2.25, -3]
extra = [{ after = "courses.onsite", label = "上门", figures = { city = 1, county = 1 } }]
"#;

#[test]
fn a_made_up_form_works_without_code_of_its_own() {
    let reading = toml(OWN);
    tells(&reading, &[]);
    let file = file(reading);
    let report = &file.report;
    assert_eq!(cell(report, "training.courses.online.sum"), "7");
    assert_eq!(cell(report, "training.held.city"), "10");
    assert_eq!(cell(report, "training.held.sum"), "15");
    assert_eq!(cell(report, "training.extra[1].sum"), "2");
    assert_eq!(cell(report, "training.money.value"), "2.25");
    let text = report::expand(report, &file.form, &report.texts["summary"][0]).text;
    assert_eq!(text, "培训16次，举办15次，支出2.25。");
    let json = to_json(report, &file.form, Scope::Public);
    let again = read_as(&json, Format::Json);
    tells(&again, &[]);
    assert_eq!(&self::report(again), report);

    let reading = toml(&changed(
        OWN,
        &[
            ("cancelled = [1, 1, 0]", "cancelled = [1000, 0]"),
            ("online = { city = 5, county = 2 }", "online = { city = 5 }"),
            ("summary = ", "overview = "),
        ],
    ));
    tells(
        &reading,
        &[
            ("unknown-key overview", "overview"),
            ("missing training.cancelled.county", "[1000, 0]"),
            ("shape training.cancelled.sum", "1000"),
            ("missing training.courses.online.county", "{ city = 5 }"),
            ("missing summary", ""),
        ],
    );
}

// Writing ----------------------------------------------------------------------------------------

#[test]
fn writing_keeps_the_order_of_the_page_and_what_the_file_left_out() {
    let file = file(toml(&(FORM_2021.to_owned() + OFFICE)));
    let json = to_json(&file.report, &file.form, Scope::Office);
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "form",
            "year",
            "title",
            "date",
            "preface",
            "overview",
            "problems",
            "other",
            "agency",
            "filing",
            "accepted",
            "disclosure",
            "applications",
            "appeals",
            "published",
            "corrections"
        ]
    );
    assert!(json.contains("\"new\": [1259, 36, 0, 0, 0, 0, 1295]"));
    assert!(json.contains("\"carried_in\": [170, 15, 0, 0, 4, 0],"));
    assert!(value["applications"]["handled"].get("total").is_none());
    assert!(json.contains("{{applications.new.total}}"));
    assert!(json.contains("\"fees\": 27.948692"));
    assert!(json.ends_with("}\n"));
    let again = read_as(&json, Format::Json);
    tells(&again, &[]);
    assert_eq!(self::report(again), file.report);
}

#[test]
fn what_is_exact_stays_exact() {
    let text = changed(FORM_2021, &[("fees = 27.948692", "fees = 123456789012.123456")]);
    let file = file(toml(&text));
    let json = to_json(&file.report, &file.form, Scope::Public);
    assert!(json.contains("\"fees\": \"123456789012.123456\""));
    assert_eq!(report(read_as(&json, Format::Json)), file.report);
    assert_eq!(
        file.report.amount("disclosure.fees.amount"),
        Number::parse("123456789012.123456").expect("a number")
    );
}

// Schema -----------------------------------------------------------------------------------------

#[test]
fn the_schema_follows_from_the_forms() {
    let schema = report::json_schema(None).expect("forms");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["allOf"].as_array().map(Vec::len), Some(2));
    for id in ["2019", "2021"] {
        let form = form::by_id(id).expect("forms").expect("known");
        let schema = report::json_schema(Some(form)).expect("forms");
        for record in form.records() {
            let node = record.path.split('.').fold(&schema, |node, key| &node["properties"][key]);
            let words = record.place.rsplit(" › ").next().expect("words");
            assert!(node["description"].as_str().expect("described").starts_with(words), "{}", record.path);
            let columns = &node["anyOf"][1]["properties"];
            for figure in &record.figures {
                assert!(columns[&figure.column].is_object(), "{}", figure.path);
            }
        }
        assert_eq!(schema["additionalProperties"], false);
    }
}

// Whatever comes ---------------------------------------------------------------------------------

/// Replaces one value somewhere in the report.
fn disturb(value: &mut serde_json::Value, random: &mut impl FnMut(usize) -> usize) {
    let inner: Vec<&mut serde_json::Value> = match value {
        serde_json::Value::Object(map) => map.iter_mut().map(|(_, value)| value).collect(),
        serde_json::Value::Array(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    };
    let count = inner.len();
    if count > 0 && random(8) > 0 {
        let chosen = random(count);
        if let Some(inner) = inner.into_iter().nth(chosen) {
            return disturb(inner, random);
        }
    }
    let values = serde_json::json!([
        null, true, "", " ", "/", 0, "０", -1, 1.5, 1e15, "x", "１，２３４", [], [0], [[]], {}, { "value": 1 }, { "note": "注" },
        { "value": "/", "note": "注", "unit": "元" }, { "natural": 1 }, { "date": "2025-01-24" }, [0, 0, 0, 0, 0, 0], [null, 1],
        "{{applications.new}} {{ {{{{ }} {{disclosure.rules}}", "（一）甲\n1、 乙\u{e000}\t\u{200b} 5", "2025-01-24", 2024
    ]);
    *value = values[random(values.as_array().map_or(1, Vec::len))].clone();
}

#[test]
fn whatever_comes_is_read_or_told_and_what_is_read_is_written_the_same() {
    let form = form::by_id("2021").expect("forms").expect("2021");
    let whole = report(toml(&(FORM_2021.to_owned() + OFFICE)));
    let whole: serde_json::Value = serde_json::from_str(&to_json(&whole, form, Scope::Office)).expect("JSON");
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut written = 0;
    for round in 0..3000 {
        let mut value = whole.clone();
        if round % 3 == 0 {
            value["blanks"] = "zero".into();
        }
        for _ in 0..=random(3) {
            disturb(&mut value, &mut random);
        }
        let text = value.to_string();
        let source = Arc::new(Source::new("report.json", text.as_str(), "UTF-8"));
        let root = source::parse(&source, Format::Json).expect("JSON");
        let Ok(reading) = read(&source, &root, Path::new("tests/reading")) else { continue };
        for finding in &reading.findings {
            assert!(
                !finding.message.is_empty() && !finding.place.is_empty() | finding.path.is_empty(),
                "{finding:?}"
            );
            let at = finding.at.as_ref().map(|at| source.text.get(at.span.clone()));
            assert!(at != Some(None), "{finding:?}");
        }
        let Some(file) = reading.file else { continue };
        if reading.findings.iter().all(|finding| finding.severity != Severity::Error) {
            let again = read_as(&to_json(&file.report, &file.form, Scope::Office), Format::Json);
            assert_eq!(report(again), file.report, "{text}");
            written += 1;
        }
    }
    assert!(written > 100, "{written}");
}
