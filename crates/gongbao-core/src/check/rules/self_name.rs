//! `self-name`: a body that speaks of itself as another kind of body: 我镇 in a bureau's report.

use std::collections::BTreeMap;

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::Texts,
    },
    finding::{Finding, Rule, Severity},
    report::{Agency, AgencyKind},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    varies: "县（区）的报告里自称“我市”一类，可能说的是上级地方的，为待确认",
    title: "自称与单位不符",
    demands: "自称与单位的名称一致：局不称“我镇”，镇不称“我乡”，办公室不称“我局”。",
    source: "各地审核年报的通行做法",
    mend: "改成本单位的自称；多半是套用了别的单位的文稿。",
    check: Some(Check { turn: 116, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// What bodies call themselves behind 我 or 本, and what may follow where the two characters meet by chance: 我市场.
const SELVES: [(&str, &str); 12] = [
    ("街道", ""),
    ("局", "限部面势"),
    ("委", "托员屈派"),
    ("厅", "堂"),
    ("镇", "静定江"),
    ("乡", "村土亲镇"),
    ("市", "场民容值"),
    ("县", ""),
    ("区", "域间别分块划"),
    ("州", ""),
    ("旗", "帜"),
    ("省", "略"),
];

/// The selves that are places.
const PLACES: [&str; 8] = ["街道", "镇", "乡", "市", "县", "区", "州", "旗"];

/// The places below a county.
const TOWNS: [&str; 3] = ["街道", "镇", "乡"];

fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let agency = &texts.file.report.agency;
    let Some(own) = Own::of(agency) else { return Vec::new() };
    let mut told: BTreeMap<&str, Finding> = BTreeMap::new();
    for said in &texts.said {
        for (at, _) in said.text.match_indices('我') {
            let behind = &said.text[at + '我'.len_utf8()..];
            let Some((word, chance)) = SELVES.iter().find(|(word, _)| behind.starts_with(word)) else {
                continue;
            };
            let meets = behind[word.len()..].starts_with(|c| chance.contains(c));
            // 自我, “我镇最美”.
            let is_other = said.text[..at].ends_with(['自', '你', '“', '《', '‘']);
            let Some(severity) = own.severity(word).filter(|_| !meets && !is_other) else { continue };
            told.entry(word).or_insert_with(|| {
                let message = format!("这里自称“我{word}”，报告单位是“{}”", agency.name);
                let hint = "请改成本单位的自称；多半是套用别的单位的文稿没有改全";
                let part = at..at + '我'.len_utf8() + word.len();
                texts.about(said, part, Rule::SelfName, severity, message).hint(hint)
            });
        }
    }
    told.into_values().collect()
}

/// How a body rightly speaks of itself.
enum Own<'a> {
    /// A government, a town, a zone: by its place.
    Place(&'a str),
    /// A department: by what its name holds.
    Department(&'a str),
    /// An office of a government.
    Office,
}

impl<'a> Own<'a> {
    fn of(agency: &'a Agency) -> Option<Self> {
        let name = agency.name.trim_end_matches("人民政府");
        let is_place = name.len() < agency.name.len()
            || matches!(agency.kind, Some(AgencyKind::Government | AgencyKind::Town));
        if is_place {
            let name =
                name.trim_end_matches("办事处").trim_end_matches("管理委员会").trim_end_matches("管委会");
            return PLACES.into_iter().find(|place| name.ends_with(place)).map(Self::Place);
        }
        if agency.name.ends_with("办公室") || agency.name.ends_with("办公厅") {
            return Some(Self::Office);
        }
        (!agency.name.is_empty()).then_some(Self::Department(&agency.name))
    }

    /// The severity of a body's speaking of itself by this word; `None` where it may.
    fn severity(&self, word: &str) -> Option<Severity> {
        let is_place = PLACES.contains(&word);
        match self {
            Self::Place(own) if *own == word || word == "省" => None,
            // 我办, 我处 of a street are not looked at; a zone or a street may have a 委.
            Self::Place(_) if word == "委" => None,
            // The city that a county lies in.
            Self::Place(own) if is_place && !TOWNS.contains(&word) => {
                let rank = |word: &str| PLACES.iter().position(|place| *place == word);
                let is_above = TOWNS.contains(own) || rank(word) <= rank(own);
                Some(if is_above { Severity::Unsure } else { Severity::Warning })
            }
            Self::Place(_) => Some(Severity::Warning),
            _ if TOWNS.contains(&word) => Some(Severity::Warning),
            // The place that a department belongs to.
            _ if is_place || word == "省" => None,
            Self::Department(name) if name.contains(word) => None,
            Self::Department(name) => {
                // A centre may speak of the bureau above it.
                let is_bureau = ["局", "委员会", "委", "厅"].iter().any(|ending| name.ends_with(ending));
                Some(if is_bureau { Severity::Warning } else { Severity::Unsure })
            }
            Self::Office if word == "厅" => None,
            Self::Office => Some(Severity::Warning),
        }
    }
}
