//! `copied`: paragraphs nearly the same as others.

use gongbao_core::{check::copied, finding::Severity::Warning, report::ReportFile};

use super::{Draft, named};

pub(crate) const LONG: &str = "（一）主动公开情况。{year}年，{name}坚持“公开为常态、不公开为例外”，进一步细化主动公开范围和基本目录，全面推进决策、执行、\
                    管理、服务、结果公开，在门户网站主动公开政府信息{count}条，其中部门动态12条，财政资金信息30条，政策解读5条，及时回应群众关切。";

/// Returns a report of a body with one paragraph as chapter 一.
pub(crate) fn report(file: &str, year: u16, name: &str, paragraph: &str) -> ReportFile {
    let fill = |text: &str| {
        text.replace("{year}", &year.to_string()).replace("{name}", name).replace("{count}", "47")
    };
    let draft = Draft {
        year,
        name: name.to_owned(),
        overview: fill(paragraph),
        agency: String::new(),
        ..Draft::default()
    };
    named(file, &draft.text())
}

#[test]
fn a_paragraph_of_another_body_is_caught() {
    let ours = report("财政局.toml", 2024, "彭阳县财政局", LONG);
    let theirs = report(
        "审计局.toml",
        2024,
        "彭阳县审计局",
        &LONG.replace("47条", "9条").replace("部门动态", "工作动态"),
    );
    let found = copied(&ours, &[&theirs]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].rule.code(), found[0].severity, found[0].path.as_str()),
        ("copied", Warning, "overview[1]")
    );
    assert!(
        found[0].text().contains("“彭阳县审计局”2024年报告（审计局.toml）“一、总体情况 › 第1段”"),
        "{}",
        found[0].text()
    );
    assert!(found[0].text().contains("几乎相同（9"), "{}", found[0].text());
    assert_eq!(found[0].place.to_string(), "一、总体情况 › 第1段");
    assert_eq!(found[0].file, "财政局.toml");
    assert!(found[0].at.is_some() && found[0].hint.is_some());
    // The finding is on both reports.
    assert_eq!(copied(&theirs, &[&ours]).len(), 1);
}

#[test]
fn names_places_and_figures_do_not_hide_a_copy() {
    let ours = report("a.toml", 2024, "彭阳县财政局", &LONG.replace("{name}", "我局"));
    for (name, text) in [
        ("西吉县财政局", LONG.replace("门户网站", "西吉县门户网站").replace("{count}", "1005")),
        ("天门市小板镇人民政府", LONG.replace("{name}", "小板镇")),
        ("某某街道办事处", LONG.replace("{year}", "2023").replace("30条", "８条")),
    ] {
        let found = copied(&ours, &[&report("b.toml", 2024, name, &text)]);
        assert_eq!(found.len(), 1, "{name}");
    }
    let with_figure = LONG.replace("{count}", "{{{{applications.new.total}}");
    let with_figure = with_figure.replace("{{{{", "{{");
    let found = copied(&ours, &[&report("b.toml", 2024, "彭阳县审计局", &with_figure)]);
    assert!(found[0].text().contains("外相同"), "{}", found[0].text());
}

#[test]
fn a_copy_from_last_year_is_caught_and_never_one_from_a_later_year() {
    let last = report("2023.toml", 2023, "彭阳县财政局", LONG);
    let this = report("2024.toml", 2024, "彭阳县财政局", LONG);
    let found = copied(&this, &[&last]);
    assert!(found[0].text().contains("本单位2023年报告（2023.toml）"), "{}", found[0].text());
    assert_eq!(copied(&last, &[&this]), []);
    // The same report in two files is no copy.
    assert_eq!(copied(&this, &[&report("2024.json.toml", 2024, "彭阳县财政局", LONG)]), []);
}

#[test]
fn sentences_common_to_all_reports_are_left_alone() {
    let other = "（一）主动公开情况。2024年，我局围绕重点工作，通过县政府网站和“彭阳审计”微信公众号公开审计结果公告、部门预决算、\
                 领导分工、机构职能等信息，重点做好审计整改情况的公开，全年公开各类信息61条，举办政府开放日活动1次。";
    let ours = report("a.toml", 2024, "彭阳县财政局", LONG);
    assert_eq!(copied(&ours, &[&report("b.toml", 2024, "彭阳县审计局", other)]), []);
    // Short paragraphs, and sentences that law and form prescribe.
    for text in [
        "（二）依申请公开情况。2024年，我局未收到政府信息公开申请。",
        "按照《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕109号）规定的按件、按量收费标准，本年度\
         本单位没有产生信息处理费，收费总金额为0元，无其他需要报告的事项。",
        "本报告电子版可在彭阳县人民政府门户网站下载。如有疑问或意见建议，可直接与本单位联系，地址：彭阳县行政中心112室，邮编：756500，\
         电话：0954-7012770，传真：0954-7012770，电子邮箱：abc@126.com。",
    ] {
        let (ours, theirs) = (report("a.toml", 2024, "甲局", text), report("b.toml", 2024, "乙局", text));
        assert_eq!(copied(&ours, &[&theirs]), [], "{text}");
    }
    let alike = Draft { preface: LONG.to_owned(), ..Draft::default() };
    let ours = named("a.toml", &Draft { name: "甲局".to_owned(), ..alike.clone() }.text());
    assert_eq!(copied(&ours, &[&named("b.toml", &Draft { name: "乙局".to_owned(), ..alike }.text())]), []);
}
