//! S1–S8: the form's arithmetic, within a report and against the year before.
//!
//! Each rule becomes equations over the figures that the file gives; a total that was computed stands for
//! what it was computed from. One wrong figure breaks several equations, so that those it explains are
//! reported as one finding ([`explain`]).

mod equation;
mod exchange;
mod explain;

use std::collections::BTreeMap;

use equation::Equation;
use exchange::Exchange;

use super::registry::Arithmetic;

use crate::{
    finding::{Finding, Follower, Message, Remedy, Severity},
    form::{self, Each, Form, Relation},
    report::{Number, Report, ReportFile},
};

/// The report of the year before, for the rules that look back.
#[derive(Debug, Clone, Copy)]
pub struct LastYear<'a> {
    /// What it says.
    pub report: &'a Report,
    /// The form it follows.
    pub form: &'a Form,
    /// The file, as people find it.
    pub name: &'a str,
    /// Whether its carry-over must be met: it was named by the user, or has been published.
    pub binding: bool,
}

/// Holds the figures against each other, and against last year's where there are some.
pub fn arithmetic(file: &ReportFile, last: Option<LastYear<'_>>) -> Vec<Finding> {
    let equations: Vec<Equation<'_>> = file
        .form
        .rules
        .iter()
        .filter(|rule| applies(rule, &file.form, last))
        .flat_map(|rule| equation::equations(rule, file, last))
        .collect();
    explain::explained(&equations)
        .into_iter()
        .map(|explained| finding(file, &equations, &explained, last))
        .collect()
}

/// Whether a rule can be held: across a change of form only the carry-over has a counterpart.
fn applies(rule: &form::Rule, form: &Form, last: Option<LastYear<'_>>) -> bool {
    let compares_forms = rule.code.info().arithmetic.is_some_and(|arithmetic| arithmetic.compares_forms);
    !rule.needs_last_year() || last.is_some_and(|last| last.form.id == form.id || compares_forms)
}

fn finding(
    file: &ReportFile,
    equations: &[Equation<'_>],
    explained: &explain::Explained,
    last: Option<LastYear<'_>>,
) -> Finding {
    let first = &equations[explained.first];
    let severity = severity(first.rule, last);
    let mut finding =
        file.locate(Finding::new(first.rule.code.clone(), severity, &first.path, first.message()), None);
    finding.left = Some(first.left.sum.to_json());
    finding.right = Some(first.right.sum.to_json());
    finding.follows = explained
        .others
        .iter()
        .map(|other| &equations[*other])
        .map(|other| Follower {
            rule: other.rule.code.clone(),
            path: other.path.clone(),
            left: other.left.sum.to_json(),
            right: other.right.sum.to_json(),
        })
        .collect();
    if let Some(exchange) = &explained.exchange {
        finding = finding.hint(exchange_hint(file, exchange));
        finding.figure = Some(exchange.figures[0].0.clone());
    } else if let Some((path, should_be)) = &explained.culprit {
        let place = file.place(path);
        finding =
            finding.hint(format!("最可能填错的是“{place}”：改成 {should_be} 就全部对上。请核对原始台账"));
        finding.figure = Some(path.clone());
    } else {
        finding = finding.hint(hint(first.rule, explained.others.len(), last));
    }
    finding
}

/// Advice on two exchanged figures. Where one of them is zero, the other figure was entered in the wrong column.
fn exchange_hint(file: &ReportFile, exchange: &Exchange) -> String {
    let [(first, a), (second, b)] = &exchange.figures;
    let column =
        |path: &str| file.place(path).parts().last().map(|part| part.words().to_owned()).unwrap_or_default();
    let row = file.place(first).parent();
    let (first, second) = (column(first), column(second));
    match (*a == Number::ZERO, *b == Number::ZERO) {
        (false, true) => {
            format!("“{row}”的 {a} 很可能填错了一栏：从“{first}”移到“{second}”就全部对上。请核对原始台账")
        }
        (true, false) => {
            format!("“{row}”的 {b} 很可能填错了一栏：从“{second}”移到“{first}”就全部对上。请核对原始台账")
        }
        _ => format!(
            "“{row}”的“{first}”和“{second}”很可能填反了：对调成 {b} 和 {a} 就全部对上。请核对原始台账"
        ),
    }
}

/// The severity that the form gives a rule, otherwise the default of its code.
fn severity(rule: &form::Rule, last: Option<LastYear<'_>>) -> Severity {
    let is_binding = last.is_some_and(|last| last.binding);
    let given = rule.severity_if_binding.filter(|_| is_binding).or(rule.severity);
    given.unwrap_or_else(|| {
        let info = rule.code.info();
        match info.arithmetic {
            Some(Arithmetic { if_binding: Some(severity), .. }) if is_binding => severity,
            Some(_) => info.severity,
            None => Severity::Error,
        }
    })
}

fn hint(rule: &form::Rule, others: usize, last: Option<LastYear<'_>>) -> Message {
    if rule.relation == Relation::AtMost {
        return "请核对这两个数".into();
    }
    if rule.needs_last_year() {
        let name = last.map(|last| format!("（{}）", last.name)).unwrap_or_default();
        return Message::from(format!("请对照上一年的报告{name}；机构合并、重新统计等确有原因的，"))
            .remedy(Remedy::Accept { names_file: true });
    }
    let more = if others > 0 {
        format!("同一处错误还影响另外{others}个等式，")
    } else {
        String::new()
    };
    let what = match rule.each {
        Each::Row => "这一行",
        Each::Column => "这一列",
    };
    format!("{more}请逐个核对{what}的数").into()
}

/// A figure that the file gives, within a sum.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Given {
    /// How often it counts; negative where it is taken away.
    times: i64,
    /// What it is.
    amount: Number,
}

/// A sum of figures: what it comes to, and how often each given figure counts in it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Sum {
    amount: Number,
    /// The given figures by path.
    cells: BTreeMap<String, Given>,
}

impl Sum {
    fn add(&mut self, other: &Self, negative: bool) {
        let amount = if negative { -other.amount } else { other.amount };
        self.amount = self.amount + amount;
        for (path, given) in &other.cells {
            let times = if negative { -given.times } else { given.times };
            let mine = self.cells.entry(path.clone()).or_insert(Given { times: 0, amount: given.amount });
            mine.times += times;
        }
        self.cells.retain(|_, given| given.times != 0);
    }
}
