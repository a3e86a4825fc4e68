//! P7: the year; P8: the number of parts; the dates.

use gongbao_core::finding::Severity::{Error, Warning};

use super::{Draft, caught, clean, other, overview, preface, problems};

fn head(head: &str) -> Draft {
    Draft { head: head.to_owned(), ..Draft::default() }
}

#[test]
fn p7_catches_a_period_of_another_year() {
    for text in [
        "统计期限为2023年1月1日至2023年12月31日。",
        "本报告中所列数据的统计期限自2023年1月1日起至2023年12月31日止。",
        "本报告中所列数据统计期限从2023年1月1日到12月31日止。",
        "所列政府信息公开数据统计期限为 2023 年 1 月 1 日至 2023 年 12 月 31 日。",
        "除特别说明的外，本年度报告中所列数据统计时限为2023年1月1日至2023年12月31日。",
        "本报告所列数据自2023年1月1日起至2023年12月31日止。",
        "统计期限为2023年度。",
        "统计期限为2024年1月1日至2025年12月31日。",
        "统计期限为2023年1月1日至2024年12月31日。",
        "统计期限：二〇二三年一月一日至十二月三十一日。",
    ] {
        caught(&preface(text), "P7", Error, "preface[1]", "20");
    }
    // 永嘉, 尼勒克 and others put it into chapter 一.
    let text = "本年度报告中所列数据统计期限从2023年1月1日到12月31日止。";
    caught(&overview(text), "P7", Error, "overview[1]", "2023");
}

#[test]
fn p7_accepts_the_right_period() {
    for text in [
        "统计期限为2024年1月1日至2024年12月31日。",
        "统计期限为 2024年 1 月 1 日至 12 月 31 日。",
        "本报告中所列数据的统计期限从2024年1月1日至12月31止。",
        "本报告中所列数据的统计期限自2024年1月1日起，至2024年12月31日止。电子版于2025年1月20日公布。",
        "统计时间自2024年1月1日起至2024年12月31日止，本报告电子版自2025年1月起可以下载。",
        "统计期限为2024年度。",
        "统计期限：二〇二四年一月一日至十二月三十一日。",
        "根据2019年修订的《条例》编制。",
        "按照《关于做好2024年政府信息公开工作年度报告编制工作的通知》编制。",
    ] {
        clean(&preface(text), "P7");
    }
}

#[test]
fn p7_warns_of_a_period_that_is_no_year_and_of_a_missing_character() {
    caught(&preface("统计期限为2024年1月1日至2024年11月30日。"), "P7", Warning, "preface[1]", "11月30日");
    caught(&preface("统计期限为20241月1日至12月31日。"), "P7", Warning, "preface[1]", "20241月1日");
}

#[test]
fn p7_compares_title_and_date_with_the_year() {
    caught(&head("title = \"彭阳县财政局2023年政府信息公开工作年度报告\""), "P7", Error, "title", "2023");
    caught(
        &head("title = \"彭阳县财政局二〇二三年度\\n政府信息公开工作年度报告\""),
        "P7",
        Error,
        "title",
        "2023",
    );
    clean(&head("title = \"2024年彭阳县财政局政府信息公开\\n工作年度报告\""), "P7");
    clean(&head("title = \"彭阳县财政局政府信息公开工作年度报告\""), "P7");
    // 滁州市气象局 dated its report on 2023 19 December 2023.
    caught(&head("date = 2024-12-19"), "P7", Error, "date", "2024年12月19日");
    caught(&head("date = 2024-12-31"), "P7", Error, "date", "12月31日");
    clean(&head("date = 2025-01-01"), "P7");
    let digest = "0".repeat(64);
    let published =
        |date: &str| head(&format!("published = {{ date = {date}, digest = \"sha256:{digest}\" }}"));
    caught(&published("2024-12-20"), "P7", Error, "published.date", "2024年12月20日");
    clean(&published("2025-01-20"), "P7");
}

#[test]
fn p7_warns_of_a_paragraph_of_last_year() {
    // 西柳镇 2023: 政府信息管理情况 2022年，….
    let text = "（三） 政府信息管理情况 2023年，财政局共制定规范性文件0件，现行有效的规范性文件0件。";
    caught(&overview(text), "P7", Warning, "overview[1]", "2023");
    caught(&overview("2023年，我局认真贯彻落实《条例》。"), "P7", Warning, "overview[1]", "2023");
    caught(&overview("（一）主动公开情况。2023年度发布信息14条。"), "P7", Warning, "overview[1]", "2023");
    caught(&other("2023年度本机关未收取信息处理费。"), "P7", Warning, "other[1]", "2023");
    let text = "现将彭阳县财政局2023年政府信息公开工作年度报告公布如下。";
    caught(&preface(text), "P7", Warning, "preface[1]", "2023");
}

#[test]
fn p7_accepts_mentions_of_other_years() {
    for text in [
        "2024年，我局主动公开信息14条，2023年为12条。",
        "2019年以来，我局认真贯彻落实《条例》。",
        "按时公布2023年政府信息公开工作年度报告。",
        "2023年12月印发的工作要点继续执行。",
        "2020年至2023年，制度逐步完善。",
        "“十四五”时期，我局坚持公开为常态。",
    ] {
        clean(&overview(text), "P7");
    }
    clean(
        &problems(
            "（一）2023年工作中存在问题的改进情况\n2023年的问题均已改进。\n2025年，我局将加强培训，改进不足。",
        ),
        "P7",
    );
    clean(&other("2025年工作打算：继续加强公开。"), "P7");
}

const SIX: &str = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、\
                   存在的主要问题及改进情况、其他需要报告的事项";
const FIVE: &str = "总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、\
                    存在的主要问题及改进情况";

#[test]
fn p8_catches_a_wrong_number_of_parts() {
    // 合水镇 2024: 7个部分, six named; 杨陵统计 2023: 六部分, five named.
    caught(&preface(&format!("本报告由{SIX}7个部分组成。")), "P8", Warning, "preface[1]", "列出的只有6个");
    caught(&preface(&format!("本报告由{SIX}等七部分组成。")), "P8", Warning, "preface[1]", "列出的只有6个");
    caught(
        &preface(&format!("本报告共分六部分，包括{FIVE}。")),
        "P8",
        Warning,
        "preface[1]",
        "列出的只有5个",
    );
    caught(&preface(&format!("全文包括{FIVE}六个部分。")), "P8", Warning, "preface[1]", "列出的只有5个");
    caught(&preface("本年度报告由五个部分组成。"), "P8", Warning, "preface[1]", "共6个部分");
    caught(&preface(&format!("全文共五部分：{FIVE}。")), "P8", Warning, "preface[1]", "共6个部分");
    let found = preface(&format!("全文包括{FIVE}六个部分。")).found("P8");
    assert_eq!(found[0].advice().as_deref(), Some("没有列出的是：其他需要报告的事项"));
}

#[test]
fn p8_accepts_right_numbers() {
    for text in [
        format!("本报告由{SIX}六个部分组成。"),
        format!("全文共6个部分：{SIX}。"),
        format!("本报告全文由{SIX}等6个部分组成。"),
        // 武威 2020, 武山县城关镇 2025, 尼勒克 2023, 鹤山财政局 2024.
        "全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、因政府信息公开工作被申请行政复议和提起行政诉讼\
         情况、政府信息公开工作存在的主要问题及改进情况、其他需要报告的事项等六个部分。"
            .to_owned(),
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议行政诉讼情况、存在的主要问题\
         及改进情况、其他需要报告的事项等六部分组成。"
            .to_owned(),
        "主要从总体情况，主动公开政府信息情况，收到和处理政府信息公开申请情况，政府信息公开行政复议、行政诉讼情况，存在的主要问题及\
         改进情况及其他需要报告的事项等六个方面汇报我镇政府信息公开工作。"
            .to_owned(),
        "本报告由政务公开工作总体情况（包括主动公开、依申请公开、监督保障等方面）；主动公开政府信息情况；收到和处理政府信息公开申请\
         情况；政府信息公开行政复议、行政诉讼情况；存在的主要问题及改进情况；其他需要报告的事项等六部分组成。"
            .to_owned(),
        "全文包括总体情况、行政机关主动公开政府信息情况、行政机关收到和处理政府信息公开申请情况、因政府信息公开工作被申请行政复议、\
         提起行政诉讼情况、政府信息公开工作存在的主要问题及改进情况和其他需要报告的事项等六项内容。"
            .to_owned(),
        "本报告按规定编制，第六部分为其他需要报告的事项。".to_owned(),
    ] {
        clean(&preface(&text), "P8");
    }
    clean(&overview("信息公开系统由三个部分组成，一部分已经建成，从五个方面推进。"), "P8");
    clean(&overview("从三个方面推进公开，公开审查制度由四部分组成。"), "P8");
}

#[test]
fn deadline_follows_article_49() {
    let digest = "0".repeat(64);
    let published = |date: &str, kind: &str, name: &str| Draft {
        head: format!("published = {{ date = {date}, digest = \"sha256:{digest}\" }}"),
        agency: if kind.is_empty() { String::new() } else { format!("kind = \"{kind}\"") },
        name: name.to_owned(),
        ..Draft::default()
    };
    for kind in ["department", "office", "town", "vertical"] {
        clean(&published("2025-01-31", kind, "彭阳县财政局"), "deadline");
        caught(
            &published("2025-02-01", kind, "彭阳县财政局"),
            "deadline",
            Warning,
            "published.date",
            "晚了1天",
        );
    }
    clean(&published("2025-03-31", "government", "彭阳县人民政府"), "deadline");
    caught(
        &published("2025-04-10", "government", "彭阳县人民政府"),
        "deadline",
        Warning,
        "published.date",
        "晚了10天",
    );
    clean(&published("2025-03-16", "", "彭阳县人民政府"), "deadline");
    caught(&published("2025-03-16", "", "彭阳县财政局"), "deadline", Warning, "published.date", "晚了44天");
    // A report that is not published yet cannot be published before it is dated.
    caught(&head("date = 2025-06-01"), "deadline", Warning, "date", "晚了121天");
    clean(&head("date = 2025-01-31"), "deadline");
    let dated_later = |published: &str| Draft {
        head: format!(
            "date = 2025-02-10\npublished = {{ date = {published}, digest = \"sha256:{digest}\" }}"
        ),
        ..Draft::default()
    };
    clean(&dated_later("2025-01-20"), "deadline");
}

#[test]
fn p7_catches_a_period_that_lost_its_signs() {
    // 咸宁 2024, copied from a web page.
    caught(&preface("统计期限为202411日至20241231日。"), "P7", Warning, "preface[1]", "202411日至20241231日");
    clean(&preface("统计期限见附件，联系电话0954-7012770。"), "P7");
}

#[test]
fn p7_catches_old_years_in_the_headings_of_chapter_five() {
    let with = |heading: &str| {
        problems(&format!("{heading}\n一是公开不够及时。\n（二）改进情况\n加强培训，下一步改进。"))
    };
    caught(&with("（一）2021年工作中存在的主要问题"), "P7", Warning, "problems[1]", "2021");
    caught(&with("（一）2022年度存在问题的改进情况"), "P7", Warning, "problems[1]", "2022");
    caught(
        &with("（一）2023年存在的主要问题"),
        "P7",
        gongbao_core::finding::Severity::Unsure,
        "problems[1]",
        "2023",
    );
    for heading in [
        "（一）2024年工作中存在的主要问题",
        "（一）2023年存在问题的改进情况",
        "（一）上年（2023年）问题整改情况",
        "（一）存在的主要问题",
    ] {
        clean(&with(heading), "P7");
    }
    clean(&problems("2023年以来公开不够及时，问题较多，下一步将改进。"), "P7");
}

#[test]
fn a_filing_copy_needs_a_date() {
    let filing = |head: &str| Draft {
        head: head.to_owned(),
        tables: "[disclosure]\n[filing]\nrecipient = \"县政务公开办\"".to_owned(),
        ..Draft::default()
    };
    let found = filing("").found("missing");
    assert_eq!((found.len(), found[0].path.as_str(), found[0].severity), (1, "date", Warning));
    clean(&filing("date = 2025-01-15"), "missing");
    clean(&Draft::default(), "missing");
}
