//! `deadline`: published later than 条例 article 49 allows. And a filing copy without its date.

use jiff::civil::date;

use super::{names::is_government, said::Whole};
use crate::{
    finding::{Finding, Severity},
    report::{self, AgencyKind},
};

pub(super) fn check(whole: &Whole<'_>) -> Vec<Finding> {
    late(whole).into_iter().chain(undated(whole)).collect()
}

/// Published after 31 January of the next year, a government's report after 31 March.
fn late(whole: &Whole<'_>) -> Option<Finding> {
    let report = &whole.file.report;
    let published = report.published.as_ref()?.date;
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
    let message = format!("{}公布，比期限（{}）晚了{days}天", report::day(published), report::day(deadline));
    let hint = format!(
        "条例第四十九条：{who}应在{}前公布；确有原因的，可用 [[accepted]] 说明",
        report::day(deadline)
    );
    Some(whole.at("published.date", "deadline", Severity::Warning, message).hint(hint))
}

/// With `[filing]` the paper copy is signed and sealed over a date; there must be one.
fn undated(whole: &Whole<'_>) -> Option<Finding> {
    let report = &whole.file.report;
    (report.filing.is_some() && report.date.is_none()).then(|| {
        let message = "有报送件（[filing]），但没有成文日期（date），落款处没有日期";
        let hint = format!("请在报告头写 date = {}-01-15 这样的日期", u32::from(report.year) + 1);
        whole.at("date", "missing", Severity::Warning, message).hint(hint)
    })
}
