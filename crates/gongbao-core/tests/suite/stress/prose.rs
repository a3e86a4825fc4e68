//! Time that comparing a text with the tables takes.

use std::time::Duration;

use gongbao_core::check;
use gongbao_test_support::{SHANGHAI, time::within};

use crate::prose::report::{FIGURES, made, parsed};

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
fn a_megabyte_of_text_is_compared_with_the_tables_within_a_second() {
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
        // A report has 3000 paragraphs at most.
        let most = if sentence.contains('\n') { 2900 } else { usize::MAX };
        let file = made(&sentence.repeat(((1 << 20) / sentence.len()).min(most)), FIGURES);
        within(Duration::from_secs(1), sentence, || check::prose(&file, None).len());
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
fn a_hundred_reports_are_compared_within_400_milliseconds() {
    let file = parsed("shanghai.toml", SHANGHAI);
    within(Duration::from_millis(400), "100 reports", || {
        for _ in 0..100 {
            check::prose(&file, None);
        }
    });
}
