//! `deadline`: published later than 条例 article 49 allows. And a filing copy without its date.

use jiff::civil::date;

use crate::{
    check::{
        registry::{Check, CheckFn, RuleInfo},
        texts::{Texts, names::is_government},
    },
    finding::{Finding, Message, Remedy, Rule, Severity},
    report::{self, AgencyKind},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Warning,
    title: "公布晚于法定期限",
    demands: "县级以上政府部门在次年1月31日前公布，县级以上地方人民政府在次年3月31日前公布；按公布日期（published）算，还没有公布的按成文日期（date）。",
    source: "条例第四十九条；乡镇、街道和垂直管理单位参照政府部门",
    mend: "已经晚了的无法补救，可用 [[accepted]] 说明原因；日期写错的改正。",
    check: Some(Check { turn: 170, run: CheckFn::Report(|texts| late(texts).into_iter().collect()) }),
    ..RuleInfo::DEFAULT
};

/// Published, or dated, after 31 January of the next year, a government's report after 31 March.
fn late(texts: &Texts<'_>) -> Option<Finding> {
    let report = &texts.file.report;
    // Before it is published, a report that is dated too late will be.
    let (published, path, what) = match (&report.published, report.date) {
        (Some(published), _) => (published.date, "published.date", "公布"),
        (None, Some(date)) => (date, "date", "成文"),
        (None, None) => return None,
    };
    let next = i16::try_from(report.year).ok()?.checked_add(1)?;
    let is_government = match report.agency.kind {
        Some(kind) => kind == AgencyKind::Government,
        None => is_government(&report.agency.name),
    };
    let (deadline, who) = if is_government {
        (date(next, 3, 31), "县级以上地方人民政府的年度报告")
    } else {
        (date(next, 1, 31), "政府部门和其他单位的年度报告")
    };
    if published <= deadline {
        return None;
    }
    let days = published.since(deadline).ok()?.get_days();
    let message =
        format!("{}{what}，比公布的期限（{}）晚了{days}天", report::day(published), report::day(deadline));
    let hint = format!("条例第四十九条：{who}应在{}前公布；确有原因的，", report::day(deadline));
    let hint = Message::from(hint).remedy(Remedy::Accept { names_file: false });
    Some(texts.at(path, Rule::Deadline, Severity::Warning, message).hint(hint))
}
