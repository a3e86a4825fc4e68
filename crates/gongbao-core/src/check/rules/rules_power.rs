//! `rules-power`: 规章 reported by a body that can make none.
//!
//! 立法法 (articles 80 and 82 in the text of 2015) gives 规章 to the ministries and to the governments of provinces, of cities
//! with districts and of 自治州. A department of a city reports what its government made
//! often enough; of a county, a town or a street nobody can.

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{
            Texts,
            place_names::{Rank, places},
        },
    },
    finding::{Finding, Rule, Severity},
    report::{Agency, AgencyKind, Figure, Number},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "没有规章制定权的单位填了规章",
    demands: "县级政府及其部门、乡镇、街道的规章各格填 0。只在 agency.kind 写明时检查。",
    source: "立法法（2015年修正文本第八十条、第八十二条）：规章由国务院部门，省级和设区的市、自治州的政府制定",
    mend: "多半是把行政规范性文件填到了“规章”一行，或把上级的规章算了进来：移到正确的行。",
    check: Some(Check { turn: 150, run: CheckFn::Report(check) }),
    ..RuleInfo::DEFAULT
};

/// What kind of body it is, by its name, its region and its kind, if it is one that cannot make 规章.
pub(crate) fn cannot_make_rules(agency: &Agency) -> Option<&'static str> {
    let region = agency.details.get("region").map_or("", |region| region);
    let lowest = [region, &agency.name].into_iter().flat_map(places).map(|place| place.rank).max();
    match (agency.kind, lowest) {
        (Some(AgencyKind::Town), _) | (_, Some(Rank::Town)) => Some("乡镇、街道"),
        (_, Some(Rank::County)) => Some("县级政府及其部门"),
        _ => None,
    }
}

pub(super) fn check(texts: &Texts<'_>) -> Vec<Finding> {
    let report = &texts.file.report;
    // Only a kind that is given says for sure what body it is.
    let Some(what) = cannot_make_rules(&report.agency).filter(|_| report.agency.kind.is_some()) else {
        return Vec::new();
    };
    let records = report.records(&texts.file.form);
    let figures = records.iter().filter(|record| record.of_government).flat_map(|record| &record.figures);
    let first =
        figures.map(|figure| figure.path.as_str()).find_map(|path| match report.figures.get(path)?.figure {
            Figure::Number(number) if number > Number::ZERO => Some((path, number)),
            _ => None,
        });
    let Some((path, number)) = first else { return Vec::new() };
    let message = format!("规章填了{number}件；{what}没有制定规章的权限");
    let hint =
        "规章只有国务院部门、省级政府和设区的市、自治州的政府能制定：请核对是否把行政规范性文件填到了这一行";
    vec![texts.at(path, Rule::RulesPower, Severity::Warning, message).hint(hint)]
}
