//! `other-agency`: another body's name where the report's own belongs.
//!
//! Only the title and the sentences that say who drew the report up and whom to ask are looked at: the
//! texts name many bodies, and rightly.

use std::{collections::BTreeSet, ops::Range};

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{
            OVERVIEW, PREFACE, PROBLEMS, Said, Texts,
            names::{Own, body, body_at_end, is_government, is_own_body},
            place_names::places,
            scan::{has_any, is_han, sentences, tail, years},
        },
    },
    finding::{Finding, MediumWords, Message, Rule, Severity},
    report::{AgencyKind, fields},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "写成了别的单位",
    demands: "标题、“本报告由……编制”和联系方式里的单位是本单位（简称、内设机构都可以）。文中提到别的单位不算。",
    source: "各地审核年报的通行做法",
    mend: "改成本单位的名称；多半是套用了别的单位的文稿。",
    check: Some(Check { turn: 110, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// How many characters before 编制 or 联系 a name begins at most.
const NEAR: usize = 60;

/// What a report is called in its title.
const REPORT: [&str; 4] = ["政府信息公开", "政务公开", "信息公开", "年度报告"];

/// How reports are drawn up.
const DRAWN_UP: [&str; 7] = ["编制", "编写", "制作", "撰写", "起草", "汇编", "编报"];

/// On what a report is based: 本报告是某局依据….
const BASED: [&str; 5] = ["依据", "根据", "按照", "依照", "遵照"];

/// What whoever is to be asked stands behind.
const ASKED: [&str; 8] = [
    "联系单位：",
    "联系部门：",
    "联系机构：",
    "受理机构：",
    "编制单位：",
    "报告单位：",
    "请联系：",
    "请联系",
];

/// What a report says its own body did, right behind the body's name.
const DEEDS: [&str; 26] = [
    "明确",
    "高度重视",
    "成立",
    "认真",
    "严格",
    "坚持",
    "加强",
    "持续",
    "积极",
    "进一步",
    "切实",
    "全面",
    "主动公开",
    "共主动公开",
    "共公开",
    "收到",
    "未收到",
    "没有收到",
    "新收",
    "共收到",
    "始终",
    "不断",
    "按照",
    "扎实",
    "深入",
    "健全",
];

/// What leads up to a name.
const LEADS: [&str; 16] = [
    "现将",
    "现公布",
    "公布",
    "现编制",
    "特编制",
    "编制形成",
    "编制完成",
    "编制了",
    "编制",
    "形成了",
    "形成",
    "制作",
    "特",
    "现",
    "由",
    "向社会",
];

pub(super) fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let agency = &texts.file.report.agency;
    if agency.name.is_empty() {
        return Vec::new();
    }
    let region = agency.details.get("region").map_or("", |region| region);
    let own = Own::new(&agency.name, region, agency.kind == Some(AgencyKind::Government));
    let mut findings: Vec<Finding> = title(texts, &own).into_iter().collect();
    for said in texts.said.iter().filter(|said| said.key != PROBLEMS) {
        for sentence in sentences(&said.text) {
            let text = said.part(sentence.clone());
            let others = named(said, text)
                .into_iter()
                .filter(|name| !own.is_named(name) && !is_part_of_town(texts, name));
            let acting = acting(texts, text).filter(|name| !own.is_named(name));
            let others: BTreeSet<&str> = others.chain(address(text, &own)).chain(acting).collect();
            for name in others {
                let Some(at) = text.find(name) else { continue };
                let start = sentence.start + at;
                findings.push(other(texts, said, start..start + name.len()));
            }
        }
    }
    findings
}

fn other(texts: &Texts<'_>, said: &Said, part: Range<usize>) -> Finding {
    let message =
        format!("这里写的是“{}”，报告单位是“{}”", said.part(part.clone()), texts.file.report.agency.name);
    texts
        .warn(said, part, Rule::OtherAgency, message)
        .hint("多半是套用别的单位的文稿没有改：请改成本单位的名称")
}

/// The title names another body.
fn title(texts: &Texts<'_>, own: &Own<'_>) -> Option<Finding> {
    let title = texts.file.report.title.as_ref()?.replace(['\n', ' ', '　'], "");
    let end = REPORT.iter().filter_map(|word| title.find(word)).min()?;
    let mut name = title[..end].to_owned();
    for year in years(&title[..end]).iter().rev() {
        name.replace_range(year.range.clone(), "");
    }
    let name = name.trim_matches(|c: char| !is_han(c) || c == '度').trim_start_matches("关于");
    if name.chars().nth(1).is_none() || own.is_named(name) {
        return None;
    }
    let message = format!("标题写的是“{name}”，报告单位是“{}”", texts.file.report.agency.name);
    let hint = Message::from("请改正标题，或改正").field(fields::name("agency.name"));
    let hint = hint.words(MediumWords::new(
        "；不写 title 时标题按单位名称和年度生成",
        "；不填标题时标题按单位名称和年度生成",
    ));
    Some(texts.at("title", Rule::OtherAgency, Severity::Warning, message).hint(hint))
}

/// The bodies of their own that a sentence says drew the report up, or are to be asked.
fn named<'t>(said: &Said, text: &'t str) -> Vec<&'t str> {
    let mut names = Vec::new();
    if has_any(text, &["报告", "年报"]) {
        names.extend(drawn_up(text));
    }
    if said.key == PREFACE || said.key == OVERVIEW && said.number == 1 {
        names.extend(own_report(text));
    }
    if has_any(text, &["疑问", "意见", "建议", "电话", "地址", "邮编", "咨询"]) {
        names.extend(asked(text));
    }
    names.retain(|name| is_own_body(name));
    names
}

/// Whether a name is that of a part of a town or a street, which has 党群服务中心 and the like of its own.
fn is_part_of_town(texts: &Texts<'_>, name: &str) -> bool {
    let agency = &texts.file.report.agency;
    let is_town = agency.kind == Some(AgencyKind::Town) || agency.name.ends_with("街道办事处");
    is_town
        && places(name).is_empty()
        && ["中心", "站", "大队", "中队"].iter().any(|ending| name.ends_with(ending))
}

/// Who drew the report up.
fn drawn_up(text: &str) -> Option<&str> {
    if let Some(at) = text.find("报告是").or_else(|| text.find("年报是")) {
        let rest = &text[at + "报告是".len()..];
        let end = BASED.iter().filter_map(|word| rest.find(word)).min();
        if let Some(name) = end.and_then(|end| body_at_end(&rest[..end])) {
            return Some(name);
        }
    }
    for word in DRAWN_UP {
        for (at, _) in text.match_indices(word) {
            let before =
                text[..at].trim_end_matches("负责").trim_end_matches("牵头").trim_end_matches("组织");
            let before = tail(before, NEAR);
            let by = before.rfind('由').map(|by| &before[by + '由'.len_utf8()..]);
            if let Some(name) = by.and_then(body_at_end) {
                return Some(name);
            }
            // 某局编制了本报告.
            let behind = text[at + word.len()..].trim_start_matches(['了', '并']).trim_start_matches("公布");
            if (behind.starts_with("本报告") || behind.starts_with("本年度报告"))
                && let Some(name) = body_at_end(before)
            {
                return Some(without_lead(name));
            }
        }
    }
    None
}

/// Whose report the preface says it is: 现将某局2023年政府信息公开工作年度报告公布如下.
fn own_report(text: &str) -> Option<&str> {
    for year in years(text) {
        let behind = text[year.range.end..].trim_start_matches('度');
        if !behind.starts_with("政府信息公开") || !behind.contains("报告") {
            continue;
        }
        if let Some(name) = body_at_end(&text[..year.range.start]) {
            return Some(without_lead(name));
        }
    }
    None
}

/// A name without the words that lead up to it.
fn without_lead(name: &str) -> &str {
    let lead = LEADS.iter().filter_map(|lead| name.find(lead).map(|at| at + lead.len())).max();
    lead.map_or(name, |lead| &name[lead..])
}

/// Another body that a department's report tells of as it should of its own: 县住建局高度重视…. A government's report
/// names its bodies rightly.
fn acting<'t>(texts: &Texts<'_>, text: &'t str) -> Option<&'t str> {
    let agency = &texts.file.report.agency;
    let tells_of_others = match agency.kind {
        Some(kind) => matches!(kind, AgencyKind::Government | AgencyKind::Office),
        None => {
            is_government(&agency.name)
                || agency.name.ends_with("管委会")
                || agency.name.ends_with("管理委员会")
        }
    };
    if tells_of_others {
        return None;
    }
    let opening = text.trim_start_matches(|c: char| !is_han(c) || "一二三四五六七八九十".contains(c));
    let opening = years(opening)
        .first()
        .filter(|year| year.range.start == 0)
        .map_or(opening, |year| opening[year.range.end..].trim_start_matches(['度', '，', '全', '年']));
    let opening = DEEDS.iter().filter_map(|deed| opening.find(deed)).min().map(|at| &opening[..at])?;
    // A name in full, with its place.
    body_at_end(opening).filter(|name| *name == opening && !places(name).is_empty() && is_own_body(name))
}

/// Whom a reader is to ask.
fn asked(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (at, _) in text.match_indices("联系") {
        let before = tail(&text[..at], NEAR);
        let with = before.rfind(['与', '向', '同']);
        names.extend(with.and_then(|with| body_at_end(&before[with + '与'.len_utf8()..])));
    }
    for word in ASKED {
        names.extend(text.match_indices(word).filter_map(|(at, _)| body(&text[at + word.len()..])));
    }
    names
}

/// The body that an address leads to, where it is another one and not the government above.
fn address<'t>(text: &'t str, own: &Own<'_>) -> Option<&'t str> {
    let start = text.find("地址：").map(|at| at + "地址：".len())?;
    let end = text[start..].find(['，', '；', '。', '（', '、']).map_or(text.len(), |end| start + end);
    let name = body_at_end(&text[start..end])?;
    // Many a 中心, 院 or 馆 is a building.
    let leads_to_body = has_any(name, &["局", "委员会", "政府", "办事处", "厅"]);
    let is_other = leads_to_body && is_own_body(name) && !own.is_named(name) && !own.is_below(name);
    is_other.then_some(name)
}
