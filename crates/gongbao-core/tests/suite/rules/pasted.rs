//! `empty-heading`, `repeated`, and problems that are none.

use gongbao_core::finding::Severity::Warning;

use super::{Draft, caught, clean, overview, problems};

#[test]
fn a_heading_has_a_text_below_it() {
    let text = "（一）主动公开情况\n发布信息14条。\n（二）政府信息管理情况\n（三）平台建设情况\n更新栏目。";
    caught(&overview(text), "empty-heading", Warning, "overview[3]", "（二）政府信息管理情况");
    caught(
        &overview("（一）主动公开情况\n发布信息14条。\n（二）监督保障"),
        "empty-heading",
        Warning,
        "overview[3]",
        "监督保障",
    );
    for text in [
        "（一）主动公开情况\n1.公开信息。发布14条。\n（二）监督保障\n开展培训。",
        // The points of a list have no texts.
        "存在三个问题：\n（一）公开不及时\n（二）解读不深入\n（三）人员不稳定",
        "（一）主动公开情况。发布信息14条。\n（二）监督保障。开展培训。",
    ] {
        clean(&overview(text), "empty-heading");
    }
}

#[test]
fn a_sentence_stands_once_in_a_report() {
    let sentence = "各股室起草公文时同步确定公开属性，办公室复核，重要信息报分管局领导审签。";
    caught(
        &overview(&format!("（三）政府信息管理情况。{sentence}\n（四）平台建设情况。{sentence}更新栏目。")),
        "repeated",
        Warning,
        "overview[2]",
        "已经写过",
    );
    // 白驼镇 2025: the preface again in chapter one.
    let preface = "根据《中华人民共和国政府信息公开条例》有关规定，编制彭阳县财政局2024年年度报告。";
    let draft = Draft {
        preface: preface.to_owned(),
        ..overview(&format!("{preface}\n（一）主动公开情况。发布14条。"))
    };
    caught(&draft, "repeated", Warning, "overview[1]", "已经写过");
    clean(&overview("（一）主动公开。全年没有发生。\n（二）监督保障。全年没有发生。"), "repeated");
    let two = "各股室起草公文时同步确定公开属性，办公室复核{}次，重要信息报分管局领导审签。";
    clean(&overview(&format!("{}\n{}", two.replace("{}", "2"), two.replace("{}", "3"))), "repeated");
}

#[test]
fn no_obvious_problem_is_no_problem() {
    for text in [
        "我局政府信息公开工作总体良好，不存在明显问题。下一步将加强培训。",
        "工作中没有发现，不存在突出的问题。今后继续加强学习。",
    ] {
        caught(&problems(text), "aspects", Warning, "problems", "问题");
    }
    clean(&problems("公开内容还不够丰富。我局将推行会前预公开，公开会议要点。"), "aspects");
    caught(
        &problems("公开内容还不够丰富，解读即将到期，存在将军一样的问题。"),
        "aspects",
        Warning,
        "problems",
        "改进情况",
    );
}
