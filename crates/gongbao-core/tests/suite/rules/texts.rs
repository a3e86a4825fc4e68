//! P10 and `aspects`: what chapters 一 and 五 must say; `numbering`.

use gongbao_core::finding::Severity::{Error, Warning};
use gongbao_test_support::{PENGYANG, SHANGHAI};

use super::{Draft, caught, clean, file, overview, problems};

#[test]
fn p10_catches_a_chapter_that_says_nothing() {
    for text in ["无", "无。", "暂无", "不存在问题。", "（一）无。\n（二）无。"] {
        caught(&problems(text), "P10", Error, "problems", "没有写");
        clean(&problems(text), "aspects");
    }
    clean(&problems("公开不及时，今后改进。"), "P10");
}

#[test]
fn chapter_five_needs_problems_and_improvements() {
    caught(
        &problems("一是公开的内容还不够丰富；二是业务水平有待提高，人员变动频繁。"),
        "aspects",
        Warning,
        "problems",
        "改进情况",
    );
    caught(
        &problems("下一步，我局将加强培训，健全制度，完善栏目。"),
        "aspects",
        Warning,
        "problems",
        "存在的问题",
    );
    caught(
        &problems("2024年我局政府信息公开工作不存在问题，下一步将继续保持。"),
        "aspects",
        Warning,
        "problems",
        "存在的问题",
    );
    for text in [
        "一是政府信息主动公开的意识还有待进一步提高；二是公开内容还需要丰富。我局将加大对人员的培训。针对上述情况加强学习。",
        "存在的主要问题：信息更新不及时。改进情况：已经建立台账。",
        "主要问题是内容单一。今后将丰富形式。",
    ] {
        clean(&problems(text), "aspects");
    }
}

fn without(text: &str, start: &str, end: &str) -> String {
    let (head, rest) = text.split_once(start).unwrap_or_else(|| panic!("{start}"));
    let (_, tail) = rest.split_once(end).unwrap_or_else(|| panic!("{end}"));
    format!("{head}{end}{tail}")
}

fn aspects(text: &str) -> Vec<String> {
    let findings = gongbao_core::check::check_texts(&file(text));
    findings.into_iter().filter(|f| f.rule.code() == "aspects").map(|f| f.text()).collect()
}

#[test]
fn aspects_deleted_from_the_samples_are_reported() {
    let left_out = |aspect: &str| vec![format!("“一、总体情况”没有写到：{aspect}")];
    // Each aspect is also mentioned in passing under other headings.
    for (start, end, aspect) in [
        ("（一）主动公开方面", "（二）", "主动公开"),
        ("（二）依申请公开方面", "（三）", "依申请公开"),
        ("（三）政府信息管理方面", "（四）", "政府信息管理"),
        ("（四）平台建设方面", "（五）", "政府信息公开平台建设"),
        ("（五）监督保障方面", "\"\"\"\nproblems", "监督保障"),
    ] {
        assert_eq!(aspects(&without(SHANGHAI, start, end)), left_out(aspect));
    }
    for (start, end, aspect) in [
        ("(一) 加大主动公开力度", "(二)", "主动公开"),
        ("(二) 规范依申请公开", "(三)", "依申请公开"),
        ("(三) 加强政府信息管理", "(四)", "政府信息管理"),
        ("(四) 加强平台建设", "(五)", "政府信息公开平台建设"),
        ("(五) 强化监督保障", "\"\"\"\nproblems", "监督保障"),
    ] {
        assert_eq!(aspects(&without(PENGYANG, start, end)), left_out(aspect));
    }
}

#[test]
fn aspects_are_recognised_in_the_words_of_published_reports() {
    for text in [
        // 武山县城关镇 2025, 大兴某镇, 龙游县横山镇 2023, 沙河口区审计局 2024, 闽侯县财政局 2024.
        "（一）主动公开。发布信息444条。\n（二）依申请公开。未收到。\n（三）政府信息管理。清理文件。\n（四）政府信息平台建设。\
         运维公众号。\n（五）监督保障。开展培训。",
        "（一）组织领导。健全机制。\n（二）主动公开。公开100条。\n（三）依申请公开。收到16件。\n（四）政府信息管理。加强源头管理。\n\
         （五）政府信息公开平台建设情况。优化栏目。\n（六）教育培训。参加培训。\n（七）监督保障。三级审核。",
        "1.主动公开政府信息的情况\n新增130条。\n2.依申请公开政府信息情况\n受理1件。\n3.政府信息管理\n三审三校。\n\
         4.政府信息公开平台建设\n利用网站。\n5.监督保障\n加强考核。",
        "（一）在主动公开方面，发布信息4条。\n（二）在依申请公开方面，未接收申请。\n（三）政府信息管理。建立台账。\n\
         （四）政府信息公开平台建设。依托区政府网站。\n（五）在监督保障方面，建立制度。",
        "（一）主动公开情况\n公开5条。\n（二）依申请公开情况\n收到3条。\n（三）政府信息管理及政府信息公开平台建设\n三审制。\n\
         （四）监督保障\n培训2次。",
        // Without headings.
        "2024年，我局在门户网站主动公开信息14条，收到政府信息公开申请2件，严格落实三审三校制度，开展业务培训1次。",
    ] {
        clean(&overview(text), "aspects");
    }
    caught(
        &overview("2024年，我局严格落实“三审三校”制度，累计公开政府信息189次，其中通知公告2次。"),
        "aspects",
        Warning,
        "overview",
        "依申请公开、政府信息公开平台建设、监督保障",
    );
}

#[test]
fn a_government_must_also_report_on_assessment() {
    let government = |more: &str| Draft {
        overview: format!("{}{more}", Draft::default().overview),
        name: "彭阳县人民政府".to_owned(),
        agency: "kind = \"government\"".to_owned(),
        ..Draft::default()
    };
    caught(&government(""), "aspects", Warning, "overview", "工作考核、社会评议、责任追究");
    caught(&government("将公开纳入年度考核，开展满意度调查。"), "aspects", Warning, "overview", "责任追究");
    clean(&government("将公开纳入年度考核，开展社会评议，本年度没有责任追究情况。"), "aspects");
}

#[test]
fn numbering_that_skips_or_repeats_is_caught() {
    for (text, words) in [
        ("（一）主动公开。\n（二）依申请公开。\n（四）平台建设。", "缺“（三）”"),
        ("（一）主动公开。\n（二）依申请公开。\n（二）平台建设。", "编号“（二）”重复"),
        ("（二）主动公开。\n（三）依申请公开。", "前面没有“（一）”"),
        ("（一）主动公开。\n1.网站。\n3.新媒体。\n（二）依申请公开。", "缺“2.”"),
        ("（一）主动公开。\n（1）网站。\n（2）公报。\n（4）新媒体。", "缺“（3）”"),
        ("（一）主动公开。\n（二）依申请公开。\n3.平台建设。\n（四）监督保障。", "换了一种编号"),
        ("1.主动公开。\n2.依申请公开。\n（三）平台建设。", "换了一种编号"),
        ("1.主动公开。\n（一）网站。\n（二）公报。\n2.依申请公开。", "两套编号"),
        ("2024年，一是加强领导；三是开展培训。", "没有“二是”"),
        ("2024年，一是加强领导；二是健全制度；二是开展培训。", "“二是”重复"),
        ("2024年，二是加强领导；三是健全制度。", "没有“一是”"),
        ("一是加强领导。\n二是健全制度。\n四是开展培训。", "没有“三是”"),
    ] {
        let found = overview(text).found("numbering");
        assert!(found.iter().any(|finding| finding.text().contains(words)), "{text}: {found:#?}");
        let most = if words == "换了一种编号" { 2 } else { 1 };
        assert!(found.len() <= most, "{text}: {found:#?}");
    }
}

#[test]
fn numbering_runs_through_a_chapter_with_a_table() {
    let with = |after: &str| {
        let mut draft = Draft::default();
        let texts = format!(
            "[disclosure]\nbefore = \"（一）规章。\"\nbetween = {{ licences = \"（二）许可。\" }}\nafter = \"{after}\"\n"
        );
        draft.tables = draft.tables.replacen("[disclosure]\n", &texts, 1);
        assert!(draft.tables.contains("between"), "{}", draft.tables);
        draft.messages("numbering")
    };
    assert_eq!(with("（三）其他。\\n一是甲；二是乙。"), Vec::<String>::new());
    assert_eq!(with("（四）其他。"), ["“（二）”之后是“（四）”，缺“（三）”"]);
    assert_eq!(with("（一）其他。"), ["“（二）”之后又是“（一）”"]);
}

#[test]
fn numbering_in_order_is_left_alone() {
    for text in [
        "（一）主动公开。\n1.网站。\n2.公报。\n（二）依申请公开。\n1.受理。\n（1）网上。\n（2）信函。\n2.答复。",
        "存在的主要问题：\n（一）认识不够。\n（二）培训不足。\n改进情况：\n（一）加强学习。\n（二）加强培训。",
        "一是加强领导。\n二是健全制度。\n三是开展培训。",
        "主要问题：一是认识不够。\n二是制度不全：一是没有台账；二是没有审核。\n三是培训不足。",
        "（一）问题。一是认识不够；二是培训不足。\n（二）改进。一是加强学习；二是加强培训；三是加强考核。",
        "存在问题，一是认识不够；二是培训不足。下一步，一是加强学习；二是加强培训。",
        "依据第二十条第（一）项公开3件，第（八）项1件。这是第一是否公开、其二是否及时的问题。",
        "1.5万人关注；2024.12前完成。",
        "（十）第十项。",
    ] {
        let found = overview(text).messages("numbering");
        let expected: &[&str] = if text.starts_with("（十）") {
            &["编号从“（十）”开始，前面没有“（九）”"]
        } else {
            &[]
        };
        assert_eq!(found, expected, "{text}");
    }
}
