//! Errors of published reports, each found by its rule.

use gongbao_core::check;

use super::report::{made, pointed, told, written};

#[test]
fn changchun_2023_has_two_applications_in_the_text_and_three_in_the_table() {
    let file = made(
        "（二）依申请公开工作情况。我局高度重视依申请公开事项的答复，严格依法依规做好政府信息依申请公开答复。本年度，共受理政府信息公开申请 2 件，都在法定期限内予以答复。",
        "[applications]\nnew = [3, 0, 0, 0, 0, 0, 3]\n[applications.handled]\ngranted = [3, 0, 0, 0, 0, 0, 3]",
    );
    assert_eq!(told(&file), ["P1 warning applications.new.total 2 3"]);
    let findings = check::prose(&file, None);
    assert_eq!(pointed(&findings[0]), "2 件");
    assert_eq!(findings[0].path, "overview[1]");
    assert!(findings[0].text().contains("受理政府信息公开申请2件"), "{}", findings[0].text());
    assert!(findings[0].text().contains("一、本年新收政府信息公开申请数量"), "{}", findings[0].text());
}

#[test]
fn xiliu_2023_has_no_documents_in_the_text_and_some_in_the_table() {
    let figures = "[disclosure]\nnormative_documents = [4, 0, 32]";
    let now = "（三）政府信息管理情况。2023年，西柳镇人民政府办公室共制定规范性文件0件，废止规范性文件0件，现行有效的规范性文件0件。";
    let issued = "P4 warning disclosure.normative_documents.issued 0 4";
    let in_force = "disclosure.normative_documents.in_force 0 32";
    let name = |text: &str| text.replace("西柳镇人民政府办公室", "我局");
    let file = written("2021", 2023, &name(now), "未收取信息处理费。", figures);
    assert_eq!(told(&file), [issued.to_owned(), format!("P4 warning {in_force}")]);
    // As published, with the year of the report before: a number of documents in force refers to today.
    let then = name(now).replace("2023年", "2022年");
    let file = written("2021", 2023, &then, "未收取信息处理费。", figures);
    assert_eq!(told(&file), [format!("P4 unsure {in_force}")]);
}

#[test]
fn shanghai_2019_has_other_groups_in_its_table_than_in_the_text() {
    // Row totals are blank in that report: the cells are added up instead.
    let figures = "[applications]\nnew = [803, 0, 0, 0, 0, 0, 803]\n[applications.handled]\n\
        granted = [250, 15, 0, 0, 0, 0, \"\"]\npartly_granted = [10, 0, 0, 0, 0, 0, \"\"]\n\
        unavailable = { not_held = [330, 7, 0, 0, 0, 0, \"\"] }\nother = [191, 0, 0, 0, 0, 0, \"\"]\n\
        total = [781, 22, 0, 0, 0, 0, 803]";
    let file = written(
        "2019",
        2019,
        "（二）依申请公开方面\n全年共答复政府信息公开申请803件。其中，予以公开及部分公开258件，占33.9%；无法提供265件，占33%。",
        "无。",
        figures,
    );
    assert_eq!(
        told(&file),
        [
            "P2 warning applications.handled.granted.total 258 275",
            "P2 warning applications.handled.unavailable.not_held.total 265 337",
        ]
    );
}

#[test]
fn mashui_2019_counts_more_parts_than_the_whole() {
    let text = "全年共发布信息59条（其中，领导信息1条，规划计划1条，法规公文2条，工作进展等48条，其它信息7条）。另外本年度受理政府信息咨询372人次，其中现场咨询331人次，电话咨询61人次。";
    let file = made(text, "");
    assert_eq!(told(&file), ["P5 warning - 372 392"]);
    let findings = check::prose(&file, None);
    assert_eq!(pointed(&findings[0]), "372人次");
    assert!(findings[0].text().contains("331＋61＝392"), "{}", findings[0].text());
}

#[test]
fn heshui_2024_lists_parts_that_are_seven_short_of_the_total() {
    let text = "在2025年，合水镇主动公开政府信息21条，其中，规章文件4条，规范计划5条，其他文件4条，政务（工作）动态信息0条，政府信息公开工作年度报告1条；按照依申请公开的受理、审查、处理、答复程序，累计办理依申请公开信息0条。";
    assert_eq!(told(&made(text, "")), ["P5 warning - 21 14"]);
}

#[test]
fn one_wrong_number_in_a_list_is_one_finding() {
    let figures = "[applications]\nnew = [20, 0, 0, 0, 0, 0, 20]\n[applications.handled]\n\
        granted = [15, 0, 0, 0, 0, 0, 15]\nrefused = { enquiries = [5, 0, 0, 0, 0, 0, 5] }";
    let text = "全年办结政府信息公开申请20件，其中，予以公开18件，不予公开5件。";
    assert_eq!(told(&made(text, figures)), ["P2 warning applications.handled.granted.total 18 15"]);
}

#[test]
fn a_placeholder_agrees_with_the_table_and_findings_point_into_the_file() {
    let text = "共受理政府信息公开申请{{applications.new.total}}件，办结 {{ applications.handled.total }}件，结转下年度办理2 件。";
    let figures = "[applications]\nnew = [3, 0, 0, 0, 0, 0, 3]\n[applications.handled]\ngranted = [3, 0, 0, 0, 0, 0, 3]";
    let file = made(text, figures);
    assert_eq!(told(&file), ["P1 warning applications.carried_out.total 2 0"]);
    assert_eq!(pointed(&check::prose(&file, None)[0]), "2 件");
}

#[test]
fn chapter_six_must_mention_the_fee() {
    let told_of = |form: &str, other: &str, figures: &str| {
        let year = if form == "2021" { 2025 } else { 2020 };
        told(&written(form, year, "本年度工作平稳。", other, figures))
    };
    let none: [&str; 0] = [];
    for said in [
        "2025 年度本机关未收取信息公开处理费。",
        "本年度没有发生信息处理费收取情况。",
        "本年度发出收费通知0件，信息处理费总金额0元。",
        "依申请提供政府信息均未收取任何费用。",
        "按照《政府信息公开信息处理费管理办法》规定，2025年未产生信息处理费。",
        "信息处理费：无。",
        "一、收费情况。本机关没有收费。",
        "我局严格按照规定收取信息处理费。",
    ] {
        assert_eq!(told_of("2021", said, ""), none, "{said}");
    }
    for unsaid in [
        "无其他需要报告的事项。",
        "本报告电子版可下载。地址：人民大街1号。电话：0431-81186305。",
        "行政事业性收费0元。",
    ] {
        assert_eq!(told_of("2021", unsaid, ""), ["P9 warning - - -"], "{unsaid}");
        assert_eq!(told_of("2019", unsaid, ""), none, "{unsaid}");
    }
    let taken = "本年度共收取信息处理费300元。";
    assert_eq!(told_of("2021", taken, ""), ["P9 unsure disclosure.fees.amount 300 0"]);
    assert_eq!(told_of("2021", taken, "[disclosure]\nfees = 0.03"), none);
    // Fees of other kinds do not require a statement on this one.
    assert_eq!(told_of("2021", "未收取信息处理费。", "[disclosure]\nfees = 5125.11"), none);
}
