//! `aspects`: chapter 一 covers its five aspects, chapter 五 both problems and improvements.

use super::p10;
use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{
            OVERVIEW, PROBLEMS, Texts,
            scan::{first_of, has_any, head, sentences},
        },
    },
    finding::{Finding, Rule, Severity},
    report::{AgencyKind, level},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "第一、第五部分内容齐全",
    demands: "第一部分写明主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面，政府的报告还写工作考核、社会评议和责任追究结果；第五部分既写问题也写改进。",
    source: "格式（国办公开办函〔2021〕30号）一、（一）；条例第五十条第一款第四项",
    mend: "补上没有写的方面；没有发生的也写一句。",
    check: Some(Check { turn: 80, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// Beyond this many characters a heading is a sentence that tells, not names.
const HEADING: usize = 30;

/// What a sentence is about stands within its first characters.
const OPENING: usize = 12;

/// Chapter 一 with headings for so many aspects is ordered by them.
const ORDERED: usize = 3;

/// Something that chapter 一 must cover.
struct Aspect {
    name: &'static str,
    /// Words that name it.
    names: &'static [&'static str],
    /// Words that tell of it where the chapter has no headings, or a heading uses other words.
    signs: &'static [&'static str],
}

/// The five aspects of 国办公开办函〔2021〕30号, 一（一）.
const ASPECTS: [Aspect; 5] = [
    Aspect {
        name: "主动公开",
        names: &["主动公开", "主动发布", "法定公开"],
        signs: &["公开政府信息", "发布信息", "发布各类", "公开各类", "公开信息", "信息公开内容", "公示"],
    },
    Aspect {
        name: "依申请公开", names: &["依申请", "申请公开", "公开申请"], signs: &["信息申请"]
    },
    Aspect {
        name: "政府信息管理",
        names: &["信息管理", "信息资源管理", "信息资源规范化", "信息规范化管理"],
        signs: &[
            "动态调整",
            "规范性文件",
            "保密审查",
            "属性",
            "三审",
            "审核",
            "审查",
            "管理制度",
            "管理机制",
            "发布流程",
            "发布制度",
            "信息管控",
        ],
    },
    Aspect {
        name: "政府信息公开平台建设",
        names: &["平台建设", "公开平台", "信息平台", "载体建设", "网站建设", "渠道建设", "平台管理"],
        signs: &["平台", "网站", "新媒体", "公众号", "公开专区", "公开专栏", "政府公报", "载体", "渠道"],
    },
    Aspect {
        name: "监督保障",
        names: &["监督保障", "保障监督", "监督与保障", "监督和保障", "监督检查", "监督考核"],
        signs: &[
            "监督",
            "保障措施",
            "组织保障",
            "工作保障",
            "考核",
            "评议",
            "培训",
            "责任追究",
            "组织领导",
            "领导小组",
            "督查",
            "督导",
        ],
    },
];

/// What a government's 监督保障 covers besides: 条例 article 50, first paragraph, (4).
const GOVERNMENT: [Aspect; 3] = [
    Aspect { name: "工作考核", names: &["考核"], signs: &[] },
    Aspect {
        name: "社会评议", names: &["评议", "社会评价", "满意度", "第三方评估"], signs: &[]
    },
    Aspect { name: "责任追究", names: &["责任追究", "追责", "问责", "追究责任"], signs: &[] },
];

/// Words that own up to a problem.
const PROBLEM: [&str; 22] = [
    "问题",
    "不足",
    "短板",
    "差距",
    "薄弱",
    "欠缺",
    "不够",
    "有待",
    "仍需",
    "仍有",
    "还需",
    "尚需",
    "尚未",
    "困难",
    "不全面",
    "不及时",
    "不高",
    "不强",
    "滞后",
    "单一",
    "弱项",
    "不到位",
];

/// Words that say there is none.
const NO_PROBLEM: [&str; 8] = [
    "不存在问题",
    "不存在主要问题",
    "不存在任何问题",
    "无存在问题",
    "没有问题",
    "没有存在问题",
    "暂无问题",
    "未发现问题",
];

/// Words between 不存在 and 问题 that change nothing.
const DEGREES: [&str; 8] = ["明显", "突出", "重大", "较大", "严重", "大", "普遍", "其他"];

/// Words that tell what was or will be done about it.
const IMPROVEMENT: [&str; 28] = [
    "改进",
    "整改",
    "下一步",
    "下步",
    "下阶段",
    "下一阶段",
    "今后",
    "接下来",
    "措施",
    "举措",
    "对策",
    "打算",
    "计划",
    "努力方向",
    "针对",
    "将进一步",
    "将继续",
    "将从",
    "将以",
    "将加",
    "将不断",
    "将持续",
    "将严格",
    "将认真",
    "将着力",
    "将按",
    "将围绕",
    "力争",
];

pub(super) fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    overview(texts, &mut findings);
    problems(texts, &mut findings);
    findings
}

/// Whether a text says what will be done: 我办将推行…. 将来, 即将 and the like say nothing.
fn plans(text: &str) -> bool {
    text.match_indices('将').any(|(at, word)| {
        let behind = &text[at + word.len()..];
        !behind.starts_with(['来', '近', '军', '其', '要', '至', '于'])
            && !text[..at].ends_with(['即', '大', '主', '健'])
    })
}

fn overview(texts: &Texts<'_>, findings: &mut Vec<Finding>) {
    let paragraphs: Vec<&str> = texts.of(OVERVIEW).map(|said| &*said.text).collect();
    if paragraphs.is_empty() {
        return;
    }
    let headings: Vec<&str> = paragraphs.iter().filter_map(|paragraph| heading(paragraph)).collect();
    let named = |aspect: &Aspect| headings.iter().any(|heading| has_any(heading, aspect.names));
    let is_ordered = ASPECTS.iter().filter(|aspect| named(aspect)).count() >= ORDERED;
    let says = |words: &[&str]| paragraphs.iter().any(|paragraph| has_any(paragraph, words));
    let covers = |aspect: &Aspect| {
        // Where headings name the aspects, the paragraphs under them speak of the others in passing.
        if is_ordered {
            named(aspect)
                || paragraphs.iter().any(|paragraph| opens_with(paragraph, aspect.names))
                || headings.iter().any(|heading| {
                    has_any(heading, aspect.signs)
                        && !ASPECTS.iter().any(|other| has_any(heading, other.names))
                })
        } else {
            says(aspect.names) || says(aspect.signs)
        }
    };
    let mut left: Vec<&str> =
        ASPECTS.iter().filter(|aspect| !covers(aspect)).map(|aspect| aspect.name).collect();
    if texts.file.report.agency.kind == Some(AgencyKind::Government) {
        left.extend(GOVERNMENT.iter().filter(|aspect| !says(aspect.names)).map(|aspect| aspect.name));
    }
    if left.is_empty() {
        return;
    }
    let heading = texts.file.place(OVERVIEW);
    let message = format!("“{heading}”没有写到：{}", left.join("、"));
    let hint = "这一部分应写明主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面；\
                政府的报告还应写工作考核、社会评议和责任追究结果";
    findings.push(texts.at(OVERVIEW, Rule::Aspects, Severity::Warning, message).hint(hint));
}

/// Whether a sentence of a paragraph begins with one of the words: 在监督保障方面，….
fn opens_with(paragraph: &str, words: &[&str]) -> bool {
    sentences(paragraph).into_iter().any(|sentence| has_any(head(&paragraph[sentence], OPENING), words))
}

/// The heading of a paragraph, or what it opens with in place of one.
fn heading(paragraph: &str) -> Option<&str> {
    let level = level(paragraph);
    // A line without a full stop is a heading that somebody left unnumbered.
    let is_line = !paragraph.contains('。') && paragraph.chars().count() <= HEADING;
    if level == 0 && !is_line && !paragraph.starts_with(|c| "一二三四五六七".contains(c)) {
        return None;
    }
    let paragraph = head(paragraph, HEADING);
    Some(first_of(paragraph, &["。", "：", "，", "；"]).map_or(paragraph, |(at, _)| &paragraph[..at]))
}

fn problems(texts: &Texts<'_>, findings: &mut Vec<Finding>) {
    let mut text: String = texts.of(PROBLEMS).map(|said| &*said.text).collect();
    if text.is_empty() || p10::characters(texts) < p10::LEAST {
        return;
    }
    let heading = texts.file.place(PROBLEMS);
    for degree in DEGREES {
        text = text.replace(&format!("{degree}问题"), "问题").replace(&format!("{degree}的问题"), "问题");
    }
    for none in NO_PROBLEM {
        text = text.replace(none, "");
    }
    let improves = has_any(&text, &IMPROVEMENT) || plans(&text);
    let left = match (has_any(&text, &PROBLEM), improves) {
        (true, true) => return,
        (false, true) => "存在的问题",
        (true, false) => "改进情况",
        (false, false) => "存在的问题，也没有写改进情况",
    };
    let message = format!("“{heading}”没有写{left}");
    let hint = "问题和改进都要写：先写存在什么问题，再写已经或准备怎样改进";
    findings.push(texts.at(PROBLEMS, Rule::Aspects, Severity::Warning, message).hint(hint));
}
