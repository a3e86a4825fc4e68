//! `punctuation`, `wording`, `calendar`: marks, words and days, as GB/T 15834 and the calendar have them.

use std::{collections::BTreeSet, path::Path};

use gongbao_core::{
    check::CheckContext,
    finding::Severity::{Unsure, Warning},
    load::load_text,
    typeface::AllGlyphs,
};

use super::{caught, clean, other, overview};

#[test]
fn half_width_marks_between_hanzi_are_reported_with_the_right_text() {
    for (text, wrong, right) in [
        ("全年培训3次,自觉接受监督。", "培训3次,自觉接受", "培训3次，自觉接受"),
        ("信息公开专区日常开放.", "日常开放.", "日常开放。"),
        ("共公开信息14条;其中公告2条。", "14条;其中", "14条；其中"),
        ("主要问题:公开不及时。", "主要问题:公开不", "主要问题：公开不"),
        ("依据《条例》(以下简称条例)编制。", "(以下简称", "（以下简称"),
    ] {
        caught(&other(text), "punctuation", Warning, "other[1]", wrong);
        let hint = other(text).found("punctuation").remove(0).advice().unwrap_or_default();
        assert!(hint.contains(right), "{hint}");
    }
    // A paragraph has one finding, however many it has of them.
    caught(&other("甲,乙,丙,丁。"), "punctuation", Warning, "other[1]", "共3处");
}

#[test]
fn half_width_marks_of_numbers_addresses_and_latin_words_are_right() {
    for text in [
        "网址：https://gxq.yunling.gov.cn/zwgk/index.html?id=1，PC端、App同步。",
        "收费1,284.5元，占3.5%，升级到“高新e企通”V2.0。",
        "1.加强领导。",
        "上午9:30开会，比例2:1。",
        "采用Word、Excel (2016) 格式。",
        "公开Q&A, FAQ等栏目。",
    ] {
        clean(&other(text), "punctuation");
    }
}

#[test]
fn marks_come_in_pairs() {
    for text in [
        "根据政府信息公开工作年度报告格式》编制。",
        "根据《政府信息公开工作年度报告格式编制。",
        "坚持“谁起草、谁负责“，同步确定公开属性。",
        "如有疑问，请联系办公室（电话：0954-7012770。",
        "公开信息14条）。",
        "建成“云上政务平台，发布信息14条。",
        "《关于印发〈格式的通知》已经收到。",
    ] {
        caught(&other(text), "punctuation", Warning, "other[1]", "不成对");
    }
    caught(&other("根据《关于印发《格式》的通知》编制。"), "punctuation", Unsure, "other[1]", "双书名号");
    for text in [
        "根据《关于印发〈格式〉的通知》（国办公开办函〔2021〕30号）编制。",
        "推行“‘三审三校’全覆盖”和“先审查、后公开”“一事一审”。",
        "要点如下：1）加强领导；2）加强培训。",
        "公开要点（《要点》，办发〔2025〕12号）确定的任务完成。",
    ] {
        clean(&other(text), "punctuation");
    }
}

#[test]
fn a_paragraph_ends_with_a_mark() {
    for text in [
        "分管领导逐级审核，未收取信息处理费。做好台账登记",
        "本年度未收取信息处理费，没有其他需要报告的事项，工作平稳有序开展",
        "本年度未收取信息处理费。全年回复率100%",
    ] {
        caught(&other(text), "punctuation", Warning, "other[1]", "没有句号");
    }
    caught(
        &overview("（一）主动公开。更新栏目，发布信息14条，"),
        "punctuation",
        Warning,
        "overview[1]",
        "没有句号",
    );
    for text in [
        "本年度未收取信息处理费",
        "（一）收费情况",
        "（一）聚焦主责主业，做好收费公示",
        "主要有两个方面：\n一是收费公示；\n二是减免情况。",
        "联系人在办公室，请拨打电话0954-7012770",
        "情况如下：",
        "他说：“没有收费。”",
    ] {
        clean(&other(text), "punctuation");
    }
}

#[test]
fn marks_do_not_stand_side_by_side() {
    for text in ["未收取信息处理费，。", "未收取；。其他没有。", "未收取：，其他没有。", "公告、，通知等。"]
    {
        caught(&other(text), "punctuation", Warning, "other[1]", "连在一起");
    }
    for text in ["真的吗？！没有收费。", "没有收费……", "“没有。”，他说。", "没有收费。。。"]
    {
        clean(&other(text), "punctuation");
    }
}

#[test]
fn dashes_are_those_of_the_standard() {
    caught(&other("电话：0954——7012770。"), "punctuation", Warning, "other[1]", "0954——7012770");
    caught(&other("电话：0954—7012770。"), "punctuation", Unsure, "other[1]", "0954—7012770");
    caught(&other("制定2021--2023年计划。"), "punctuation", Warning, "other[1]", "2021--2023年");
    caught(&other("制定2021-2023年计划。"), "punctuation", Unsure, "other[1]", "2021-2023年");
    for text in [
        "电话：0954-7012770、021-23111111。",
        "制定《五年计划（2021—2025年）》，2021年～2025年实施。",
        "国办公开办函〔2021〕30号，标准号GB/T 9704-2012。",
        "——以公开促落实。2024年1月1日—12月31日。",
    ] {
        clean(&other(text), "punctuation");
    }
}

#[test]
fn a_time_follows_jiezhi() {
    for text in ["截止2024年12月31日，没有收费。", "截止目前，没有收费。", "截止年底没有收费。"]
    {
        caught(&other(text), "wording", Warning, "other[1]", "截至");
    }
    for text in ["数据截止日期为2024年12月31日。", "报名已经截止。", "截止时间是年底。", "截至年底没有收费。"]
    {
        clean(&other(text), "wording");
    }
}

#[test]
fn days_are_those_of_the_calendar() {
    caught(&other("截至2024年6月31日，没有收费。"), "calendar", Warning, "other[1]", "6月31日");
    caught(&other("13月10日没有收费。"), "calendar", Warning, "other[1]", "13月10日");
    clean(&other("2月29日和12月31日没有收费。"), "calendar");
}

/// A report with the marks that rules complain of, published before there were such rules. The digest was written by that
/// version.
const PUBLISHED_BEFORE: &str = r##"year = 2024
blanks = "zero"
preface = "本报告根据《中华人民共和国政府信息公开条例》编制."
overview = """
(一)主动公开情况。全年公开信息14条,其中公告2条；"三审三校"落实到位 ，电话：0954—7012770。。
（二）依申请公开情况。未收到申请
（三） 政府信息管理情况。定期清理(含栏目),2021--2023年各2次。
（四）政府信息公开平台建设情况。更新 栏目 3 个， APP 1个。
（五）监督保障情况。截止2024年12月31日开展培训。
"""
problems = "公开的内容还不够丰富;下一步将加强培训，改进工作."
other = "本年度未收取信息处理费."
published = { date = 2025-01-20, digest = "sha256:dfe693ba40ffea79659b9c3eb124ed7336cef841b29b78e77f4f26e2eae1bba2" }
[agency]
name = "彭阳县财政局"
[disclosure]
"##;

#[test]
fn reports_published_before_the_rules_about_marks_hold() {
    let loaded = load_text("old.toml", Ok(PUBLISHED_BEFORE.as_bytes().to_vec()), Path::new(""), false);
    let findings = loaded.check(Path::new(""), CheckContext::new(&AllGlyphs, load_text)).findings;
    let rules: BTreeSet<&str> = findings.iter().map(|finding| finding.rule.code()).collect();
    // Whatever the rules say of its marks, no character is read otherwise than before.
    assert!(!rules.contains("uncorrected"), "{findings:#?}");
    assert!(rules.contains("punctuation") && rules.contains("wording"), "{rules:?}");
}
