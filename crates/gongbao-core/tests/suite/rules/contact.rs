//! `contact`, `self-name`, `title`, and bodies that act in another's report.

use gongbao_core::finding::Severity::{Unsure, Warning};

use super::{Draft, caught, clean, overview, preface};

fn with(details: &str, text: &str) -> Draft {
    let agency = format!("{}\n{details}", Draft::default().agency);
    Draft { agency, ..preface(text) }
}

#[test]
fn addresses_that_cannot_be_are_reported() {
    for text in [
        "电子邮箱：pycz.nxpy.gov.cn。",
        "电子邮箱：pycz@@nxpy.gov.cn。",
        "电子版可在门户网站（www.nxpy.gov。cn）下载。",
        "电子版可在门户网站（www.nxpy.gong.cn）下载。",
        "电子版可在门户网站（http:/www.nxpy.gov.cn）下载。",
    ] {
        caught(&preface(text), "contact", Warning, "preface[1]", "不是有效的");
    }
    let draft = |details: &str| with(details, "本报告根据条例编制。");
    caught(&draft("email = \"pycz@@nxpy.gov.cn\""), "contact", Warning, "agency.email", "2个“@”");
    caught(&draft("website = \"www.nxpy.gov，cn\""), "contact", Warning, "agency.website", "半角");
    for text in [
        "电子邮箱：hazwgkc@163.com，网址：https://www.nxpy.gov.cn/zwgk/index.html。",
        "门户网站（www.nxpy.gov.cn）V2.0版、GB/T 9704-2012。",
        "联系邮箱：无。",
    ] {
        clean(&with("website = \"www.nxpy.gov.cn\"\nemail = \"a@nxpy.gov.cn\"", text), "contact");
    }
}

#[test]
fn telephone_numbers_of_text_and_head_agree() {
    let own = "phone = \"0954-7012770\"";
    caught(&with(own, "联系电话：0954-7012707。"), "contact", Warning, "preface[1]", "0954-7012707");
    caught(&with(own, "联系电话：0954-7011231。"), "contact", Unsure, "preface[1]", "0954-7011231");
    for text in [
        "联系电话：0954-7012770。",
        "联系电话：7012770。",
        "联系电话：0954-7012771、0954-7012770，传真：0954-7012779。",
        "联系电话：0954-7012770转8012，热线：12345。",
        "统一社会信用代码11640425010123456X，邮编756500。",
    ] {
        clean(&with(own, text), "contact");
    }
    clean(&preface("联系电话：0954-7011231。"), "contact");
}

fn by(name: &str, kind: &str, text: &str) -> Draft {
    let problems = "公开的内容还不够丰富。下一步将加强培训，改进工作。".to_owned();
    Draft { name: name.to_owned(), agency: format!("kind = \"{kind}\""), problems, ..overview(text) }
}

#[test]
fn bodies_speak_of_themselves_rightly() {
    for (name, kind, text) in [
        ("彭阳县财政局", "department", "我镇主动公开信息14条。"),
        ("彭阳县财政局", "department", "我委主动公开信息14条。"),
        ("彭阳县古城镇人民政府", "town", "我乡主动公开信息14条。"),
        ("彭阳县古城镇人民政府", "town", "我局主动公开信息14条。"),
        ("彭阳县人民政府办公室", "office", "我局主动公开信息14条。"),
        ("彭阳县人民政府", "government", "我镇主动公开信息14条。"),
    ] {
        caught(&by(name, kind, text), "self-name", Warning, "overview[1]", "自称");
    }
    caught(
        &by("彭阳县人民政府", "government", "我市公开信息14条。"),
        "self-name",
        Unsure,
        "overview[1]",
        "我市",
    );
    for (name, kind, text) in [
        ("彭阳县财政局", "department", "我局服务我县我市发展，自我局限不足，我市场主体多。"),
        ("彭阳县人民政府", "government", "我县公开信息14条，我省首创。"),
        ("彭阳县古城镇人民政府", "town", "我镇公开信息14条。"),
        ("彭阳县人民政府办公室", "office", "我办、我室公开信息14条，服务我县。"),
        ("彭阳县发展和改革委员会", "department", "我委公开信息14条。"),
        ("平潭综合实验区管理委员会", "government", "我区公开信息14条，我委负责。"),
        ("彭阳县财政局", "department", "开展“我镇最美”活动。"),
    ] {
        clean(&by(name, kind, text), "self-name");
    }
}

#[test]
fn another_body_does_not_act_in_a_departments_report() {
    let text = "（五）监督保障情况。彭阳县住房和城乡建设局明确1名副局长分管。";
    caught(
        &by("彭阳县财政局", "department", text),
        "other-agency",
        Warning,
        "overview[1]",
        "住房和城乡建设局",
    );
    for text in [
        "（五）监督保障情况。彭阳县财政局明确1名副局长分管。",
        "涉及彭阳县住房和城乡建设局的信息，公开前征求意见，明确责任。",
        "彭阳县住房和城乡建设局与我局联合公开信息。",
    ] {
        clean(&by("彭阳县财政局", "department", text), "other-agency");
    }
    clean(&by("彭阳县人民政府", "government", "彭阳县住房和城乡建设局高度重视信息公开。"), "other-agency");
}

#[test]
fn a_title_is_the_statutory_one() {
    let titled = |title: &str| Draft { head: format!("title = \"{title}\""), ..Draft::default() };
    // 七家子镇 2023, 西关街道 2024, 底张街道 2024.
    for title in ["彭阳县财政局2024年政府信息公开工作告年度报", "彭阳县财政局2024年政府信息工作年度报告"]
    {
        caught(&titled(title), "title", Warning, "title", "政府信息公开工作年度报告");
    }
    caught(&titled("彭阳县财政局2024年度政府信息公开工作年度报告"), "title", Unsure, "title", "写了两次");
    for title in
        ["2024年彭阳县财政局\\n政府信息公开工作年度报告", "彭阳县财政局2024年政府信息公开工作年度报告"]
    {
        clean(&titled(title), "title");
    }
    clean(&Draft::default(), "title");
}
