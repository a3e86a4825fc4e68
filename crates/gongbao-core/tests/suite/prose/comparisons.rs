//! P11: comparisons with the year before, in the wording of real reports. And P9 and P5 where a part exceeds the whole.

use gongbao_core::check::{self, LastYear};

use super::report::{FIGURES, line, made, made_by, told, written};

const LAST: &str = "[disclosure]\nnormative_documents = [30, 20, 210]\nlicences = 500\npenalties = 12\nfees = 20\n\
    [applications]\nnew = [1000, 0, 0, 0, 0, 0, 1000]\n[appeals]\nreview = [40, 0, 0, 0, 40]";

/// Returns the findings on a text whose last year's report has the figures of [`LAST`].
fn said(text: &str) -> Vec<String> {
    let last = written("2021", 2024, "上年的报告。", "本年度未收取信息处理费。", LAST);
    let last = LastYear { report: &last.report, form: &last.form, name: "last.toml", binding: false };
    check::prose(&made(text, FIGURES), Some(last)).iter().map(line).collect()
}

#[test]
fn changes_are_those_between_both_tables() {
    for (text, expected) in [
        ("收到政府信息公开申请1295件，比上年增加259件。", "P11 warning applications.new.total 259 295"),
        ("收到政府信息公开申请1295件，同比增长22.78%。", "P11 warning applications.new.total 22.78 29.5"),
        ("收到政府信息公开申请1295件，较2024年下降29.5%。", "P11 warning applications.new.total 29.5 29.5"),
        ("收到政府信息公开申请1295件（同比减少295件）。", "P11 warning applications.new.total -295 295"),
        (
            "办理行政许可460件（比上年减少40件，下降7%），行政处罚12件。",
            "P11 warning disclosure.licences.decisions 7 -8",
        ),
        ("因政府信息公开引起行政复议55件，与去年持平。", "P11 warning appeals.review.total 0 15"),
        ("收取行政事业性收费27.948692万元，比上年增加79486.92元。", ""),
        (
            "收取行政事业性收费27.948692万元，比上年增加9.5万元。",
            "P11 warning disclosure.fees.amount 9.5 7.948692",
        ),
    ] {
        let expected: Vec<&str> = Some(expected).into_iter().filter(|line| !line.is_empty()).collect();
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn right_and_unclear_comparisons_are_left_alone() {
    for text in [
        "收到政府信息公开申请1295件，比上年增加295件，增长29.5%。",
        "收到政府信息公开申请1295件，较2024年多295件，增幅约30%。",
        "收到政府信息公开申请1295件，同比上升近三成。",
        "办理行政许可460件，同比下降8%，行政处罚12件，与上年持平。",
        "办理行政许可460件、行政处罚12件，均与上年基本持平。",
        // Another year, another thing, another part of the year.
        "收到政府信息公开申请1295件，较2023年增加800件。",
        "收到政府信息公开申请1295件，发布信息5000条，同比增加700条，增长16%。",
        "收到政府信息公开申请1295件。网站访问量536万次，同比增长82%。",
        "收到政府信息公开申请1295件，其中网络申请900件，比上年增加400件。",
        "收到政府信息公开申请1295件，上半年同比增加90件。",
    ] {
        assert_eq!(said(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn without_last_years_report_the_numbers_must_fit_each_other() {
    assert_eq!(
        told(&made("收到政府信息公开申请1295件，比上年增加295件，增长22.78%。", FIGURES)),
        ["P11 unsure applications.new.total 22.78 29.5"]
    );
    for text in [
        "收到政府信息公开申请1295件，比上年增加295件，增长29.5%。",
        "收到政府信息公开申请1295件，比上年减少105件，下降7.5%。",
        "收到政府信息公开申请1295件，同比增长900%。",
    ] {
        assert_eq!(told(&made(text, FIGURES)), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_part_is_no_larger_than_its_whole() {
    for (text, expected) in [
        ("其他处理319件，含撤回557件。", "P5 warning - 319 557"),
        ("其他处理319件（26.78%，含申请人主动撤回557件）。", "P5 warning - 319 557"),
        ("发布信息376条，其中通知公告1124条。", "P5 warning - 376 1124"),
        ("发布信息2942条，其中网站52条、微博91条、微信公众号151条。", "P5 unsure - 2942 294"),
    ] {
        assert_eq!(told(&made(text, FIGURES)), [expected], "{text}");
    }
    for text in [
        "其他处理319件，含撤回157件。",
        "发布信息376条，其中通知公告124条。",
        "举办培训3次，其中培训人员560人。",
        "发布信息2942条，其中网站252条、微博91条、微信公众号151条。",
    ] {
        assert_eq!(told(&made(text, FIGURES)), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_fee_for_processing_is_within_the_fees_of_the_table() {
    let fee = |other: &str, fees: &str| told(&written("2021", 2025, "工作平稳。", other, fees));
    let fees = "[disclosure]\nfees = 26.15";
    assert_eq!(
        fee("本年度收取信息处理费43.6万元。", fees),
        ["P9 warning disclosure.fees.amount 436000 26.15"]
    );
    assert_eq!(fee("本年度收取信息处理费1280元。", fees), Vec::<String>::new());
}

#[test]
fn a_number_before_the_words_tells_what_they_say() {
    // 秦都 2024.
    let agency = "name = \"淮安市人民政府\"\nkind = \"government\"";
    let text = "全市有53件涉及政府信息公开工作的行政复议，50件作出了复议决定。";
    assert_eq!(told(&made_by(agency, "", text, FIGURES)), ["P3 warning appeals.review.total 53 55"]);
}
