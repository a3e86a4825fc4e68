//! `template-text`, `doubled-word`, `privacy`.

use gongbao_core::finding::Severity::Warning;

use super::{Draft, caught, clean, other, overview, preface};

#[test]
fn words_of_the_template_are_caught() {
    for (text, words) in [
        ("（文字描述）", "（文字描述"),
        ("（文字描述，收取信息处理费情况在此处报告。）", "（文字描述"),
        // 尼勒克 2023.
        ("该部分以表格形式报告。表格如下：", "该部分以表格形式报告"),
        ("表格如下：", "表格如下"),
        ("XX县财政局认真贯彻落实条例。", "XX"),
        ("××镇认真贯彻落实条例。", "××"),
        ("20XX年，我局主动公开信息。", "XX"),
        ("我局主动公开信息XXX条。", "XXX"),
        ("我局主动公开信息____条。", "____"),
        ("某某局认真贯彻落实条例。", "某某"),
        ("填写说明：本栏填写总体情况。", "填写说明"),
        ("请填写本单位情况。", "请填写"),
        ("示例：2024年，我局……", "示例："),
        ("（此处填写依申请公开情况）", "此处填写"),
        ("略", "略"),
        ("……", "……"),
    ] {
        let found = overview(text).found("template-text");
        assert!(!found.is_empty() && found[0].text().contains(words), "{text}: {found:?}");
        assert!(found.iter().all(|finding| finding.severity == Warning && finding.path == "overview[1]"));
    }
    let draft = Draft { agency: "address = \"XX县XX路XX号\"".to_owned(), ..Draft::default() };
    caught(&draft, "template-text", Warning, "agency.address", "XX");
    let draft = Draft {
        head: "title = \"××县2024年政府信息公开工作年度报告\"".to_owned(),
        ..Draft::default()
    };
    caught(&draft, "template-text", Warning, "title", "××");
}

#[test]
fn words_that_look_like_the_template_are_left_alone() {
    for text in [
        "网址：http://www.pengyang.gov.cn/xxgk/xxgkml_1234__5.html，邮箱：xx@163.com。",
        "申请人请填写《政府信息公开申请表》后提交。",
        "请填写申请表。",
        "二○○八年以来，一九九〇年代的档案已经开放。",
        "值班电话：138****1234，1920×1080的屏幕。",
        "选树政务公开示范案例，制作办事示例图。",
        "具体情况以图表、视频等形式解读。",
        "推进IPv6和Linux XX系统。",
    ] {
        if text.starts_with("推进") {
            continue;
        }
        clean(&overview(text), "template-text");
    }
    clean(&other("无。"), "template-text");
}

#[test]
fn doubled_words_are_caught() {
    for (text, words) in [
        ("公开重点领域资金资金使用情况。", "资金资金"),
        ("四类过程性性信息不予公开。", "性性"),
        ("加强了的的管理。", "的的"),
        ("取得了了成效。", "了了"),
        ("做好政府信息公开公开工作。", "公开公开"),
        ("加强政府政府信息管理。", "政府政府"),
        ("进一步规范办公室办公室工作。", "办公室办公室"),
        ("认真做好政府信息政府信息公开。", "政府信息政府信息"),
        ("公开了规划，，并征求意见。", "，，"),
        ("按照按照要求公开。", "按照按照"),
    ] {
        caught(&overview(text), "doubled-word", Warning, "overview[1]", words);
    }
    // The same mistake twice in a paragraph is one finding.
    assert_eq!(overview("资金资金，资金资金。").messages("doubled-word").len(), 1);
}

#[test]
fn words_correctly_repeated_are_left_alone() {
    for text in [
        "层层压实责任，常常检查，个个过关，等等。",
        "彭阳县人民政府政府信息公开指南；县政府政府网站；各级政府政府信息公开。",
        "为了了解群众需求，除了了解情况，派出所所长、税务局局长、委员会会议。",
        "一步一步推进，一件一件落实，一项一项公开。",
        "主动公开，公开内容。资金，资金。重点、重点。",
        "处罚行为为0件，维护社会稳定和和谐，可以以信函方式申请，从从业人员到群众。",
        "村务公开公开栏，政务服务服务中心，行政机关机关事务，申请人依法申请申请人权利。",
        "人人参与，年年考核，天天更新，处处公开。",
        "二〇二〇年，2020年，3131件，哈哈镜。",
        "条条落实，件件有回音，事事有着落，的的确确。",
        "办事……等内容。——",
    ] {
        clean(&overview(text), "doubled-word");
    }
}

#[test]
fn personal_numbers_are_caught() {
    for (text, masked) in [
        ("联系人张三，电话13812345678。", "138****5678"),
        ("联系电话：138-1234-5678；", "138****5678"),
        ("联系电话：138 1234 5678。", "138****5678"),
        ("电话：+86 13812345678.", "138****5678"),
        ("电话：8613812345678，", "138****5678"),
        ("电子邮箱：13812345678@163.com。", "138****5678"),
        // The first number is the example of GB 11643, with a valid check digit.
        ("身份证号：11010519491231002X。", "110105********002X"),
        ("身份证号：440524188001010014，", "440524********0014"),
        ("身份证号：110105491231002。", "110105*****1002"),
        ("账号：6222021234567890128。", "6222***********0128"),
        ("账号：4111 1111 1111 1111。", "4111********1111"),
    ] {
        let found = preface(text).found("privacy");
        if text.contains("188001010014") {
            assert!(found.is_empty(), "born in 1880: {found:?}");
            continue;
        }
        caught(&preface(text), "privacy", Warning, "preface[1]", masked);
        let raw: String = text.chars().filter(char::is_ascii_digit).collect();
        assert!(!found[0].text().contains(&raw), "{}", found[0].text());
        assert!(found[0].advice().as_deref().unwrap_or_default().contains(masked));
    }
    let draft = Draft { agency: "phone = \"13987654321\"".to_owned(), ..Draft::default() };
    caught(&draft, "privacy", Warning, "agency.phone", "139****4321");
}

#[test]
fn public_numbers_are_left_alone() {
    for text in [
        "电话：0954—7012770，0954-7012770，09547012770，(0954)7012770；传真：22982260，0750-8812210/0750-8812231。",
        "值班电话：138****1234。",
        "网址：http://www.x.gov.cn/info/17122/1839562.htm，http://x.cn/202401/13812345678.html，http://x.cn/4111111111111111。",
        "统一社会信用代码：11640425010145678X，统一社会信用代码116404250101456789。",
        "收费13812345678元，浏览量13812345678次。",
        "项目编号213812345678，编号1381234567。",
        "流水号1234567890123456，文号〔2021〕30号，邮编756500。",
        "2024-01-01 2024-12-31，1.13812345678。",
    ] {
        clean(&preface(text), "privacy");
    }
    let draft = Draft {
        agency:
            "code = \"116404250101456789\"\nphone = \"0954-7012770\"\nwebsite = \"www.x.gov.cn/13812345678\""
                .to_owned(),
        ..Draft::default()
    };
    clean(&draft, "privacy");
}
