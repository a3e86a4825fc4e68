//! Texts made to be slow: no rule panics, and time grows with the length of a text, not with its square.

use std::time::Duration;

use gongbao_core::{
    check::{Corpus, check_texts},
    report::ReportFile,
};
use gongbao_test_support::{
    PENGYANG, SHANGHAI,
    random::Random,
    time::{timed, within},
};

use crate::rules::{
    Draft,
    copied::{LONG, report},
    file,
};

/// Length of the texts in bytes.
const LENGTH: usize = 200_000;

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
fn time_grows_with_the_length_of_a_text_not_with_its_square() {
    for unit in [
        "国办公开办函〔2021〕",
        "（",
        "〔202130号",
        "《",
        "《中华人民共和国",
        "2023年",
        "统计期限",
        "统计期限为2023年1月1日至",
        "1月1日",
        "由六个部分组成、",
        "六部分",
        "总体情况、",
        "一是",
        "；一是；二是；二是",
        "由编制",
        "与联系电话",
        "地址：",
        "请联系",
        "彭阳县审计局",
        "公开公开",
        "的的，",
        "XX，",
        "××",
        "13812345678，",
        "4111 1111 1111 1111，",
        "1",
        "1-",
        "1 ",
        "年",
        "是",
        "由",
        "与",
        "国务院令第492号信息公开条例",
        "格式（试行）",
        "《2023年政府信息公开年度报告",
        "，彭阳县审计局编制了本报告",
        "{{",
        "{{applications.new.total}}，",
        "（一）",
        "一、",
        "\n一是\n三是",
        "\n（一）\n（三）",
        "\n1.\n3.",
        "“",
        "《》《",
        "（》",
        "我镇，",
        "0954--7012770，",
        "a@b.cn，",
        "www.a.gov。cn，",
        "6月31日",
        "截止2024年，",
        "各股室起草公文时同步确定公开属性并由办公室复核。",
        "收到政府信息公开申请5件，比上年增加3件，已全部办结，均为自然人。",
    ] {
        assert_time_grows_with_length(unit, |text| Draft {
            preface: format!("本报告疑问电话地址：{text}"),
            ..Draft::default()
        });
        assert_time_grows_with_length(unit, |text| Draft {
            overview: format!("本报告疑问电话{text}"),
            problems: text.to_owned(),
            ..Draft::default()
        });
    }
}

/// Checks that reports made of ever more repetitions of `unit` take time in proportion to their length.
fn assert_time_grows_with_length(unit: &str, draft: impl Fn(&str) -> Draft) {
    let seconds = |length: usize| {
        // A report has 3000 paragraphs at most, here in two texts.
        let most = if unit.contains('\n') { 700 * length / LENGTH } else { usize::MAX };
        let file = draft(&unit.repeat((length / unit.len()).min(most))).file();
        let (_, taken) = timed(|| {
            check_texts(&file);
            let mut corpus = Corpus::default();
            corpus.add(&file);
            corpus.copied(&file);
        });
        taken.as_secs_f64()
    };
    // Quadratic work that takes less than this would take less than 2.5 seconds for a megabyte.
    let mut long = seconds(LENGTH);
    let mut short = f64::MAX;
    for _ in 0..3 {
        if long < 0.1 {
            return;
        }
        short = short.min(seconds(LENGTH / 4));
        // Four times the text: linear work takes 4 times as long, quadratic work 16 times.
        if long < 8.0 * short {
            break;
        }
        long = long.min(seconds(LENGTH));
    }
    assert!(
        long < 0.1 || long < 8.0 * short,
        "{unit:?}: {short:.3} s for a quarter of the text, {long:.3} s for all of it"
    );
    assert!(long < 3.0, "{unit:?}: {long:.3} s");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
fn a_hundred_reports_take_less_than_a_second() {
    let reports = [file(SHANGHAI), file(PENGYANG)];
    within(Duration::from_secs(1), "100 reports", || {
        for _ in 0..50 {
            // 彭阳 2020 has a dash of the wrong kind in its telephone number.
            reports.iter().for_each(|report| assert!(check_texts(report).len() <= 1));
        }
    });
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
fn random_texts_do_not_panic() {
    let mut random = Random::new(7);
    let pieces: Vec<char> = "国办公开办函〔〕[]（）《》【】2021年30号第一二三四五六十是、，。：；X×_*○13812345678由与联系编制本报告统计期限月日至部分组成共全文\
                             彭阳县市区镇乡财政局政府信息公开条例国务院令的了性{}.-—@1. \n"
        .chars()
        .collect();
    for _ in 0..3000 {
        let length = random.below(60);
        let text: String = (0..length).map(|_| pieces[random.below(pieces.len())]).collect();
        let draft = Draft {
            preface: text.clone(),
            overview: format!("甲{text}"),
            problems: format!("乙{text}"),
            head: format!("title = {:?}", text.replace('\n', "").replace(['{', '}'], "")),
            agency: format!("region = {:?}", text.replace('\n', "")),
            ..Draft::default()
        };
        check_texts(&draft.file());
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
fn a_thousand_reports_are_compared_with_each_other_within_8_seconds() {
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
    let (found, _) = within(Duration::from_secs(8), "1000 reports", || -> Vec<usize> {
        let mut corpus = Corpus::default();
        reports.iter().for_each(|report| corpus.add(report));
        reports.iter().map(|report| corpus.copied(report).len()).collect()
    });
    assert!(
        found.iter().enumerate().all(|(number, count)| *count == if number % 2 == 0 { 10 } else { 0 }),
        "{found:?}"
    );
}
