//! `other-agency`.

use gongbao_core::finding::Severity::Warning;

use super::{Draft, caught, clean, other, overview, preface};

#[test]
fn the_name_of_another_body_is_caught() {
    for (text, name) in [
        ("本报告由彭阳县审计局编制。", "彭阳县审计局"),
        ("本报告由西吉县财政局负责编制并公布。", "西吉县财政局"),
        (
            "本报告是西吉县财政局依据修订后的《中华人民共和国政府信息公开条例》第五十条规定制作。",
            "西吉县财政局",
        ),
        ("根据《条例》要求，彭阳县审计局编制了本报告。", "彭阳县审计局"),
        ("现将彭阳县审计局2024年政府信息公开工作年度报告公布如下。", "彭阳县审计局"),
        ("特编制彭阳县市场监督管理局2024年度政府信息公开工作年度报告。", "彭阳县市场监督管理局"),
        ("如对本报告有任何疑问，请与彭阳县审计局办公室联系（电话：0954-7012770）。", "彭阳县审计局"),
        ("如有疑问，请联系：彭阳县审计局，邮编：756500。", "彭阳县审计局"),
        ("联系单位：西吉县财政局；电话：0954-7012770。", "西吉县财政局"),
        ("如有疑问，请与县审计局联系。", "县审计局"),
        ("联系地址：浙江省永嘉县溪下乡人民政府党政综合办公室，电话：0577-67137027。", "溪下乡人民政府"),
    ] {
        caught(&preface(text), "other-agency", Warning, "preface[1]", name);
    }
    let text = "如有疑问或意见建议，可直接与彭阳县机关事务服务中心联系。地址：彭阳县行政中心112室。";
    caught(&other(text), "other-agency", Warning, "other[1]", "彭阳县机关事务服务中心");
    for title in
        ["彭阳县审计局2024年政府信息公开工作年度报告", "2024年西吉县财政局\\n政府信息公开工作年度报告"]
    {
        let draft = Draft { head: format!("title = \"{title}\""), ..Draft::default() };
        caught(&draft, "other-agency", Warning, "title", "局");
    }
    let town = |preface: &str| Draft {
        name: "天门市小板镇人民政府".to_owned(),
        agency: "kind = \"town\"\nregion = \"湖北省天门市\"".to_owned(),
        preface: preface.to_owned(),
        ..Draft::default()
    };
    caught(&town("本报告由天门市多祥镇人民政府编制。"), "other-agency", Warning, "preface[1]", "多祥镇");
    caught(
        &town("请与多祥镇党政综合办公室联系，电话0728-4572288。"),
        "other-agency",
        Warning,
        "preface[1]",
        "多祥镇",
    );
}

#[test]
fn the_bodys_own_name_in_any_form_is_left_alone() {
    for text in [
        "本报告由彭阳县财政局编制。",
        "本报告由我局编制。本报告由本机关办公室负责编制。",
        "本报告是县财政局依据《条例》制作。",
        "根据《条例》和县政府办公室要求编制本报告。",
        "按照彭阳县人民政府办公室《关于做好2024年政府信息公开工作年度报告编制公布工作的通知》要求，特编制彭阳县财政局2024年政府信息公开年度报告。",
        "本报告由总体情况、主动公开政府信息情况等六个部分组成。",
        "本报告电子版可在彭阳县人民政府门户网站查阅。如有疑问，请与彭阳县财政局办公室联系（地址：彭阳县行政中心112室；电话：0954—7012770）。",
        "如有疑问，请与本单位政府信息公开受理机构联系，地址：彭阳县人民政府，电话：0954-7012770。",
        "如对本报告有疑问，请与财政局办公室联系（电话：0954-7012770）。",
        "如有疑问，请与我局联系。加强与县审计局、县税务局联系沟通。",
        "如有疑问，请与党政综合办公室联系（电话：0954-7012770）。",
        "联系地址：彭阳县茹河街12号，邮编756500。",
    ] {
        clean(&preface(text), "other-agency");
    }
    clean(
        &overview("我局与县审计局联合编制目录，报告由县政府办公室审核，密切与市财政局联系。"),
        "other-agency",
    );
    for title in [
        "彭阳县财政局2024年政府信息公开工作年度报告",
        "2024年彭阳县财政局\\n政府信息公开工作年度报告",
        "财政局2024年度政府信息公开工作年度报告",
        "2024年政府信息公开工作年度报告",
    ] {
        clean(&Draft { head: format!("title = \"{title}\""), ..Draft::default() }, "other-agency");
    }
    let government = Draft {
        name: "彭阳县人民政府".to_owned(),
        agency: "kind = \"government\"".to_owned(),
        preface: "本报告由彭阳县人民政府办公室编制。如有疑问，请与县政务公开办公室联系，电话0954-7012770。"
            .to_owned(),
        head: "title = \"彭阳县2024年政府信息公开工作年度报告\"".to_owned(),
        ..Draft::default()
    };
    clean(&government, "other-agency");
}
