//! `scale`: figures that are a hundred times last year's, or a hundredth: a wrong unit, digits too many or too few.

use crate::{
    check::{
        LastYear,
        registry::{Check, CheckFn, CheckInput, RuleInfo},
    },
    finding::{Finding, Message, Remedy, Rule, Severity},
    form::{Address, FigureKind},
    report::{Figure, Number, Report},
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Unsure,
    varies: "相差一千倍以上的为提醒",
    title: "数量级与上年相差悬殊",
    demands: "表里的数与上年报告不相差几十、几百倍；收费金额以万元为单位。给了上年报告才检查。",
    source: "格式表二“本年收费金额（单位：万元）”；各地审核年报的通行做法",
    mend: "核对单位和位数；确实增减很大的，在正文里说明，或用 [[accepted]] 说明。",
    check: Some(Check { turn: 42, run: CheckFn::Context(check) }),
    ..RuleInfo::DEFAULT
};

/// Figures that differ by this factor are unlike.
const UNLIKE: f64 = 50.0;

/// No body changes that much within a year.
const IMPOSSIBLE: f64 = 1000.0;

/// Of two figures below this the one may be any number of times the other.
const LEAST: f64 = 1000.0;

fn check(input: &CheckInput<'_>) -> Vec<Finding> {
    let Some(last) = input.last_year().filter(|last| last.form.id == input.file.form.id) else {
        return Vec::new();
    };
    let report = &input.file.report;
    let records = report.records(&input.file.form);
    let rows = records.iter().filter_map(|record| {
        record.figures.iter().rev().find_map(|figure| unlike(input, report, last, figure))
    });
    rows.collect()
}

/// A figure that is unlike last year's.
fn unlike(input: &CheckInput<'_>, report: &Report, last: LastYear<'_>, address: &Address) -> Option<Finding> {
    let (now, before) = (number(report, &address.path)?, number(last.report, &address.path)?);
    let (this, that) = (float(now)?, float(before)?);
    let ratio = this.max(that) / this.min(that);
    if this <= 0.0 || that <= 0.0 || this.max(that) < LEAST || ratio < UNLIKE {
        return None;
    }
    let severity = if ratio >= IMPOSSIBLE { Severity::Warning } else { Severity::Unsure };
    let what = if this > that {
        format!("是上年的约{ratio:.0}倍")
    } else {
        format!("只有上年的约{ratio:.0}分之一")
    };
    let message = format!("“{}”是 {now}，上年是 {before}，{what}", address.place);
    let is_in_yuan = address.kind == FigureKind::Amount && this > that && ratio >= IMPOSSIBLE;
    let hint: Message = if is_in_yuan {
        "这一格以万元为单位：多半是按元填的，请除以一万".into()
    } else {
        let compare = format!("请核对单位和位数，并对照上年的报告（{}）；确实如此的，", last.name);
        Message::from(compare).remedy(Remedy::Accept { names_file: false })
    };
    let mut finding =
        input.file.locate(Finding::new(Rule::Scale, severity, &address.path, message), None).hint(hint);
    finding.left = Some(now.to_json());
    finding.right = Some(before.to_json());
    Some(finding)
}

fn number(report: &Report, path: &str) -> Option<Number> {
    match report.figures.get(path)?.figure {
        Figure::Number(number) => Some(number),
        Figure::NotApplicable | Figure::Blank => None,
    }
}

fn float(number: Number) -> Option<f64> {
    number.to_json().as_f64()
}
