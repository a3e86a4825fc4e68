//! Whose figures a text states: of a department, of a government, of its office, as real reports word it.

use gongbao_core::check;

use super::report::{FIGURES, made_by, told};

const CITY: &str = "name = \"淮安市人民政府\"\nkind = \"government\"";
const COUNTY: &str = "name = \"会泽县人民政府\"";
const ZONE: &str = "name = \"平潭综合实验区管理委员会\"";
const BUREAU: &str = "name = \"淮安市财政局\"\nkind = \"department\"";
const TOWN: &str = "name = \"会泽县者海镇人民政府\"";

const NEW: &str = "applications.new.total";

fn said(agency: &str, text: &str) -> Vec<String> {
    told(&made_by(agency, "", text, FIGURES))
}

#[track_caller]
fn assert_told(agency: &str, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(said(agency, text), *expected, "{agency}: {text}");
    }
}

#[test]
fn a_government_tells_the_figures_of_its_whole_place() {
    // 淮安 2024, with a wrong number of applications, of those carried over and of reviews.
    assert_told(
        CITY,
        &[
            (
                "2025年，全市共受理政府信息公开申请1290件，答复1191件（含上年度结转申请189件，另有290件顺延到下年度答复），均在法定期限内予以答复。政府信息公开行政复议50件，其中结果维持40件，其他结果10件，尚未审结5件。",
                &[
                    "P1 warning applications.new.total 1290 1295",
                    "P1 warning applications.carried_out.total 290 293",
                    // The results agree with the table, so that the sentence states its figures.
                    "P3 warning appeals.review.total 50 55",
                ],
            ),
            (
                "全市各级行政机关办理行政许可460件、行政处罚13件。",
                &["P4 warning disclosure.penalties.decisions 13 12"],
            ),
            ("淮安市全年新收政府信息公开申请1205件。", &["P1 warning applications.new.total 1205 1295"]),
            ("全市制发行政规范性文件34件，废止55件，现行有效189件。", &[]),
        ],
    );
    let wrong = format!("P1 warning {NEW} 1205 1295");
    assert_told(COUNTY, &[("全县共收到政府信息公开申请1205件。", &[wrong.as_str()])]);
    assert_told(ZONE, &[("全区共收到政府信息公开申请1205件。", &[wrong.as_str()])]);
}

#[test]
fn a_number_that_may_be_of_the_office_alone_is_unsure() {
    // 洪泽 2024 states 17 applications of the office and 95 of the district, both rightly.
    assert_told(
        CITY,
        &[
            ("我办收到政府信息公开申请17件。", &[&format!("P1 unsure {NEW} 17 1295")]),
            ("市政府办公室代表市政府受理政府信息公开申请17件。", &[&format!("P1 unsure {NEW} 17 1295")]),
            ("全年共收到政府信息公开申请17件。", &[&format!("P1 unsure {NEW} 17 1295")]),
            // More than all bodies have is no office's either.
            ("我办收到政府信息公开申请1300件。", &[&format!("P1 warning {NEW} 1300 1295")]),
            // Another number of the sentence is that of the table.
            (
                "收到政府信息公开申请1295件，结转下年度290件。",
                &["P1 warning applications.carried_out.total 290 293"],
            ),
        ],
    );
}

#[test]
fn some_bodies_of_a_government_have_fewer_than_all() {
    assert_told(
        CITY,
        &[
            ("其中市公安局受理政府信息公开申请412件、市自然资源和规划局受理305件。", &[]),
            ("市级机关收到政府信息公开申请700件。各县区受理政府信息公开申请595件。", &[]),
            ("指导各部门办结政府信息公开申请500件；全市办结政府信息公开申请1191件。", &[]),
            // What follows a full stop is about the government again.
            (
                "其中市公安局受理政府信息公开申请412件。全市办结政府信息公开申请1190件。",
                &["P1 warning applications.handled.total.total 1190 1191"],
            ),
        ],
    );
}

#[test]
fn a_department_and_a_town_have_figures_of_their_own() {
    for agency in [BUREAU, TOWN] {
        assert_told(
            agency,
            &[
                ("全市共受理政府信息公开申请34290件，办结34430件。", &[]),
                ("全县各级行政机关共受理政府信息公开申请34290件。", &[]),
                ("市级机关收到政府信息公开申请3000件。", &[]),
                ("全年收到政府信息公开申请17件。", &[&format!("P1 warning {NEW} 17 1295")]),
            ],
        );
    }
    assert_told(
        TOWN,
        &[("全县收到政府信息公开申请9000件，我镇收到17件。", &[&format!("P1 warning {NEW} 17 1295")])],
    );
}

#[test]
fn the_report_may_say_whose_figures_a_paragraph_tells() {
    let text = "市政府收到政府信息公开申请17件。\n全市共收到政府信息公开申请1290件。";
    let with = |agency: &str, scopes: &str| told(&made_by(agency, scopes, text, FIGURES));
    let (first, second) = (format!("P1 unsure {NEW} 17 1295"), format!("P1 warning {NEW} 1290 1295"));
    assert_eq!(with(CITY, ""), [first.as_str(), second.as_str()]);
    assert_eq!(with(CITY, "scopes = { \"overview[1]\" = \"office\" }"), [second.as_str()]);
    assert_eq!(
        with(CITY, "scopes = { \"overview[1]\" = \"whole\", \"overview[2]\" = \"other\" }"),
        [format!("P1 warning {NEW} 17 1295")]
    );
    // A department whose tables take in its whole system.
    assert_eq!(
        with(BUREAU, "scopes = { \"overview[2]\" = \"whole\" }"),
        [format!("P1 warning {NEW} 17 1295"), second.clone()]
    );
    // More than the tables hold is not the office's alone.
    let text = "市政府收到政府信息公开申请1300件。";
    let file = made_by(CITY, "scopes = { \"overview[1]\" = \"office\" }", text, FIGURES);
    assert_eq!(told(&file), [format!("P1 unsure {NEW} 1300 1295")]);
}

#[test]
fn an_unsure_number_of_a_government_says_what_to_do() {
    let file = made_by(CITY, "", "我办收到政府信息公开申请17件。", FIGURES);
    let findings = check::prose(&file, None);
    assert!(findings[0].advice().is_some_and(|hint| hint.contains("scopes")), "{findings:?}");
}

#[test]
fn claims_without_a_number_are_compared() {
    for (text, expected) in [
        ("收到政府信息公开申请1295件，已全部办结。", "P1 warning applications.carried_out.total 0 293"),
        (
            "收到政府信息公开申请1295件，均按期办结，结转下年度293件。",
            "P1 unsure applications.carried_out.total 0 293",
        ),
        ("收到政府信息公开申请1295件，均按期答复。", "P1 unsure applications.carried_out.total 0 293"),
        ("收到政府信息公开申请1295件，办结率100%。", "P1 warning applications.carried_out.total 0 293"),
        ("收到政府信息公开申请1295件，均为自然人提交。", "P1 warning applications.new.total 0 36"),
        ("因政府信息公开引起行政复议55件，均维持。", "P3 warning appeals.review.total 0 15"),
        ("因政府信息公开引起行政复议55件，结果维持。", "P3 warning appeals.review.total 0 15"),
        (
            "收到政府信息公开申请1295件（自然人1269件、法人或其他组织36件）。",
            "P1 warning applications.new.natural 1269 1259",
        ),
        ("办理因政府信息公开引发的行政复议3件。", "P3 warning appeals.review.total 3 55"),
        ("政府信息公开行政复议55件，审结49件。", "P3 warning appeals.review.total 49 50"),
        (
            "因本机关不掌握等原因，政府信息公开申请无法提供513件。",
            "P2 warning applications.handled.unavailable.not_held.total 513 564",
        ),
    ] {
        assert_eq!(said(BUREAU, text), [expected], "{text}");
    }
    for text in [
        "收到政府信息公开申请1295件，293件尚未到期，其余均按期办结。",
        "收到政府信息公开申请1295件，答复1191件，均在法定期限内答复。",
        "收到政府信息公开申请1295件，按期办结率100%。",
        "办理12345热线工单47件，已全部办结。",
        "收到留言5件，均为自然人提交。",
        "因政府信息公开引起行政复议55件，其中维持40件。",
        "编辑公报12期，刊登市政府规章5件、行政规范性文件20件。",
        "收到政府信息公开申请1484件（包含上年结转189件），其中自然人1429件。",
    ] {
        assert_eq!(said(BUREAU, text), Vec::<String>::new(), "{text}");
    }
}
