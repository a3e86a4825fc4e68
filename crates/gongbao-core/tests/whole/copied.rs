//! `copied`: paragraphs nearly the same as others.

use std::time::{Duration, Instant};

use gongbao_core::{
    check::{Corpus, copied},
    finding::Severity::Warning,
    report::ReportFile,
};

use crate::{Draft, named};

const LONG: &str = "（一）主动公开情况。{year}年，{name}坚持“公开为常态、不公开为例外”，进一步细化主动公开范围和基本目录，全面推进决策、执行、\
                    管理、服务、结果公开，在门户网站主动公开政府信息{count}条，其中部门动态12条，财政资金信息30条，政策解读5条，及时回应群众关切。";

/// A report of a body with one paragraph of its own.
fn report(file: &str, year: u16, name: &str, paragraph: &str) -> ReportFile {
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
        found[0].message.contains("“彭阳县审计局”2024年报告（审计局.toml）“一、总体情况 › 第1段”"),
        "{}",
        found[0].message
    );
    assert!(found[0].message.contains("几乎相同（9"), "{}", found[0].message);
    assert_eq!(found[0].place, "一、总体情况 › 第1段");
    assert_eq!(found[0].file, "财政局.toml");
    assert!(found[0].at.is_some() && found[0].hint.is_some());
    // Both are told.
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
    assert!(found[0].message.contains("外相同"), "{}", found[0].message);
}

#[test]
fn last_years_own_is_caught_and_never_a_later_one() {
    let last = report("2023.toml", 2023, "彭阳县财政局", LONG);
    let this = report("2024.toml", 2024, "彭阳县财政局", LONG);
    let found = copied(&this, &[&last]);
    assert!(found[0].message.contains("本单位2023年报告（2023.toml）"), "{}", found[0].message);
    assert_eq!(copied(&last, &[&this]), []);
    // The same report in two files is no copy.
    assert_eq!(copied(&this, &[&report("2024.json.toml", 2024, "彭阳县财政局", LONG)]), []);
}

#[test]
fn what_all_reports_say_is_left_alone() {
    let other = "（一）主动公开情况。2024年，我局围绕重点工作，通过县政府网站和“彭阳审计”微信公众号公开审计结果公告、部门预决算、\
                 领导分工、机构职能等信息，重点做好审计整改情况的公开，全年公开各类信息61条，举办政府开放日活动1次。";
    let ours = report("a.toml", 2024, "彭阳县财政局", LONG);
    assert_eq!(copied(&ours, &[&report("b.toml", 2024, "彭阳县审计局", other)]), []);
    // Short paragraphs, and what law and form make alike.
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

#[test]
fn a_thousand_reports_take_a_second_or_two() {
    // Half of them copy one text, half have their own.
    let words: Vec<char> =
        "公开政府信息目录规范文件解读平台建设监督保障申请答复审查发布栏目更新培训考核群众关切重点领域"
            .chars()
            .collect();
    let mut seed = 1_u32;
    let mut own = || {
        let mut text = String::new();
        for _ in 0..10 {
            for _ in 0..300 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push(words[(seed >> 16) as usize % words.len()]);
            }
            text.push('\n');
        }
        text
    };
    let reports: Vec<ReportFile> = (0..1000)
        .map(|number| {
            let text = if number % 2 == 0 { format!("{LONG}\n").repeat(10) } else { own() };
            report(&format!("{number}.toml"), 2024, &format!("第{number}局"), &text)
        })
        .collect();
    let started = Instant::now();
    let mut corpus = Corpus::default();
    reports.iter().for_each(|report| corpus.add(report));
    let found: Vec<usize> = reports.iter().map(|report| corpus.copied(report).len()).collect();
    let took = started.elapsed();
    assert!(
        found.iter().enumerate().all(|(number, count)| *count == if number % 2 == 0 { 10 } else { 0 }),
        "{found:?}"
    );
    println!("1000 reports: {took:?}");
    assert!(took < Duration::from_secs(8), "took {took:?}");
}
