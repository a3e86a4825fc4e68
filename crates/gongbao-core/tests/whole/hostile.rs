//! Texts that nobody writes: nothing panics, and time grows with the text, not with its square.

use std::time::{Duration, Instant};

use gongbao_core::check::{Corpus, check_texts};

use crate::{Draft, PENGYANG, SHANGHAI, file};

#[test]
fn a_megabyte_of_anything_takes_no_longer_than_it_must() {
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
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        for draft in [
            Draft { preface: format!("本报告疑问电话地址：{text}"), ..Draft::default() },
            Draft {
                overview: format!("本报告疑问电话{text}"), problems: text.clone(), ..Draft::default()
            },
        ] {
            let file = draft.file();
            let started = Instant::now();
            let found = check_texts(&file).len();
            let mut corpus = Corpus::default();
            corpus.add(&file);
            corpus.copied(&file);
            let took = started.elapsed();
            assert!(took < Duration::from_secs(8), "{unit:?}: {took:?}, {found} findings");
            if took > Duration::from_millis(500) {
                println!("{unit:?}: {took:?}, {found} findings");
            }
        }
    }
}

#[test]
fn a_hundred_reports_take_a_second() {
    let reports = [file(SHANGHAI), file(PENGYANG)];
    let started = Instant::now();
    for _ in 0..50 {
        reports.iter().for_each(|report| assert!(check_texts(report).is_empty()));
    }
    let took = started.elapsed();
    println!("100 reports: {took:?}");
    assert!(took < Duration::from_secs(1), "took {took:?}");
}

#[test]
fn torn_texts_do_not_panic() {
    let mut seed = 7_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let pieces: Vec<char> = "国办公开办函〔〕[]（）《》【】2021年30号第一二三四五六十是、，。：；X×_*○13812345678由与联系编制本报告统计期限月日至部分组成共全文\
                             彭阳县市区镇乡财政局政府信息公开条例国务院令的了性{}.-—@1. \n"
        .chars()
        .collect();
    for _ in 0..3000 {
        let length = next(60);
        let text: String = (0..length).map(|_| pieces[next(pieces.len())]).collect();
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
