//! Figures: notations, totals, blanks, ranges, extra rows.

use gongbao_core::{
    finding::Severity,
    form,
    report::{Scope, to_json},
    syntax::Format,
};

use super::files::*;

#[test]
fn every_notation_of_a_number_is_read() {
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
fn omitted_totals_are_computed() {
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
    assert_eq!(reading.findings[5].place.to_string(), "表三 › 二、上年结转政府信息公开申请数量");
    assert_eq!(reading.findings[6].place.to_string(), "表三 › 一、本年新收政府信息公开申请数量 › 自然人");
}

#[test]
fn a_missing_table_or_row_is_reported_once_at_its_highest_key() {
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
    // Only the last column of an array may be left out, and only where it is a total.
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
fn rows_of_a_wrong_shape_are_reported() {
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
fn figures_out_of_the_range_of_their_table_are_reported() {
    let at = |value: &str| with(&[("licences = 2.2e1", &format!("licences = {value}"))]);
    tells(&at("999_999_999_999"), &[]);
    tells(&at("1_000_000_000_000"), &[("shape disclosure.licences.decisions", "1_000_000_000_000")]);
    let at = |value: &str| with(&[("review = [40", &format!("review = [{value}"))]);
    tells(&at("999999999"), &[]);
    tells(&at("1000000000"), &[("shape appeals.review.upheld", "1000000000")]);
    let at = |value: &str| with(&[("fees = 27.948692", &format!("fees = {value}"))]);
    tells(&at("999999999999.999999"), &[]);
    tells(&at("0.1234567"), &[("shape disclosure.fees.amount", "0.1234567")]);
    // A computed total must be in the same range.
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
        assert_eq!((only(&reading).rule.code(), only(&reading).path.as_str()), (rule, path), "{new}");
        assert_eq!(only(&reading).severity, Severity::Error);
    }
    let reading = toml(&changed(FORM_2019, &[("licences = [61, 36, 97]", "licences = [61, 1.5, 97]")]));
    assert_eq!(only(&reading).rule.code(), "S10");
}

#[test]
fn figures_can_have_notes_and_units() {
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
    assert_eq!((finding.severity, finding.place.to_string().as_str()), (Severity::Warning, "表三"));
    assert!(
        finding
            .text()
            .starts_with("表三有9格有意留空：一、本年新收政府信息公开申请数量（商业企业、科研机构）；"),
        "{}",
        finding.text()
    );
    assert!(finding.text().contains("2.其他法律行政法规禁止公开（整行）"), "{}", finding.text());
    let report = report(reading);
    // A row whose cells are all blank has a blank total; blanks add as zero.
    assert_eq!(row(&report, "applications.handled.refused.law_forbids"), "      ");
    assert_eq!(row(&report, "applications.handled.granted"), "201 5 0 0 0 0 ");
    assert_eq!(cell(&report, "applications.handled.total.total"), "1191");
}

#[test]
fn many_blank_rows_are_named_not_their_cells() {
    let row = "[\"\", \"\", \"\", \"\", \"\", \"\", \"\"]";
    let blank: Vec<String> = [
        "state_secret",
        "public_safety",
        "third_party",
        "internal_affairs",
        "process_information",
        "enforcement_files",
    ]
    .map(|key| format!("{key} = {row}"))
    .to_vec();
    let text = format!(
        "year = 2024\noverview = \"甲\"\nproblems = \"乙\"\nother = \"丙\"\n[agency]\nname = \"某局\"\n[applications]\n\
         new = {row}\ncarried_in = {row}\ncarried_out = {row}\n[applications.handled.refused]\n{}\n",
        blank.join("\n")
    );
    let reading = toml(&text);
    let finding = reading.findings.iter().find(|finding| finding.rule.code() == "blank").expect("a finding");
    assert!(
        finding.text().starts_with("表三有63格有意留空：一、本年新收政府信息公开申请数量（整行）；"),
        "{}",
        finding.text()
    );
    assert!(finding.text().ends_with("；另有1行"), "{}", finding.text());
    assert!(!finding.text().contains("自然人"), "{}", finding.text());
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
fn extra_rows_are_read() {
    let report = report(toml(FORM_2021));
    assert_eq!(report.extras["disclosure"][0].label, "其他主动公开文件");
    assert_eq!(cell(&report, "disclosure.extra[1].issued"), "84");
    let form = form::by_id("2021").expect("forms").expect("2021");
    let places: Vec<String> =
        report.records(form).iter().take(4).map(|record| record.place.to_string()).collect();
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
