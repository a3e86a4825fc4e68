//! Published reports, and what the text of a report costs.

use std::time::{Duration, Instant};

use gongbao_core::check;

use crate::report::{FIGURES, made, parsed, told};

#[test]
fn the_published_samples_agree_with_themselves() {
    for name in ["pengyang-jgsw-2020.toml", "shanghai-gov-office-2025.toml"] {
        let path = format!("{}/../../data/reports/{name}", env!("CARGO_MANIFEST_DIR"));
        let file = parsed(name, &std::fs::read_to_string(path).expect("a sample"));
        assert_eq!(told(&file), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_megabyte_is_read_at_once() {
    let sentences = [
        "全年受理政府信息公开申请1295件，办结1191件（含上年结转189件），其中：甲2条，乙10条，丙3条。",
        "其中",
        "未收到未收到行政复议、",
        "（（（规章12件",
        "12，345，",
        "一百零三",
        "上年年2024年",
        "5件",
        "、",
        "1-2-3",
        "局局局受理申请5件，",
        "共受理政府信息公开申请1290件。",
        "公开信息30条，其中动态15条、公告20条。",
        "受理政府信息公开申请{{applications.new.total}}件。",
        "{{applications.new.total}}未收到依申请公开政府信息。公开信息30条，其中动态15条、公告20条。",
        "受理申请5件\n\n",
        "未制定规章。",
        "其中：甲2条、乙3条（含",
        "囧",
        "1 ",
        "一",
    ];
    for sentence in sentences {
        let file = made(&sentence.repeat((1 << 20) / sentence.len()), FIGURES);
        let best = (0..2)
            .map(|_| {
                let start = Instant::now();
                check::prose(&file);
                start.elapsed()
            })
            .min();
        println!("{best:?} {sentence}");
        assert!(best.is_some_and(|best| best < Duration::from_secs(1)), "{best:?} {sentence}");
    }
}

#[test]
fn a_report_costs_next_to_nothing() {
    let path = format!("{}/../../data/reports/shanghai-gov-office-2025.toml", env!("CARGO_MANIFEST_DIR"));
    let file = parsed("shanghai.toml", &std::fs::read_to_string(path).expect("a sample"));
    let start = Instant::now();
    for _ in 0..100 {
        check::prose(&file);
    }
    println!("100 reports in {:?}", start.elapsed());
    assert!(start.elapsed() < Duration::from_millis(400), "{:?}", start.elapsed());
}
