//! Evaluation of a rule's equations over the figures of a report.

use std::borrow::Cow;

use super::{Given, LastYear, Sum};
use crate::{
    form::{self, Address, Each, Form, Operand, Record, Relation, Rule},
    report::{Figure, Number, Report, ReportFile},
};

/// An equation of the form with its values in a report.
#[derive(Debug, Clone)]
pub(super) struct Equation<'f> {
    /// The rule.
    pub(super) rule: &'f Rule,
    /// Path of the figure at which a violation is reported.
    pub(super) path: String,
    /// Whether the equation is that of a column, or row, of totals.
    pub(super) is_total: bool,
    /// The left side.
    pub(super) left: Side,
    /// The right side.
    pub(super) right: Side,
    /// Left minus right over the figures that this year's file gives.
    pub(super) difference: Sum,
}

/// A side of an equation, with what is needed to write it in words.
#[derive(Debug, Clone)]
pub(super) struct Side {
    /// Its value.
    pub(super) sum: Number,
    /// Label, value and sign of each term.
    terms: Vec<(String, Number, bool)>,
}

impl Equation<'_> {
    /// Whether it holds.
    pub(super) fn holds(&self) -> bool {
        match self.rule.relation {
            Relation::Equal => self.left.sum == self.right.sum,
            Relation::AtMost => self.left.sum <= self.right.sum,
        }
    }

    /// Message of a violation: both sides and their difference.
    pub(super) fn message(&self) -> String {
        let difference = self.left.sum - self.right.sum;
        let amount = if difference.is_negative() { -difference } else { difference };
        match self.rule.relation {
            Relation::Equal => {
                format!("{}，与{}不等，相差 {amount}", self.left.in_words(), self.right.in_words())
            }
            Relation::AtMost => {
                format!("{}，大于{}，多出 {amount}", self.left.in_words(), self.right.in_words())
            }
        }
    }
}

impl Side {
    /// The side in words: “自然人”3＋“商业企业”1＝4.
    fn in_words(&self) -> String {
        if let [(label, value, false)] = self.terms.as_slice() {
            return format!("“{label}”{value}");
        }
        let mut words = String::new();
        for (index, (label, value, negative)) in self.terms.iter().enumerate() {
            words += match (index, negative) {
                (0, false) => "",
                (_, false) => "＋",
                (_, true) => "－",
            };
            words += &format!("“{label}”{value}");
        }
        format!("{words}＝{}", self.sum)
    }
}

/// Evaluates the equations of a rule. An equation with a missing figure is left out: the missing figure has been
/// reported by reading.
pub(super) fn equations<'f>(
    rule: &'f Rule,
    file: &'f ReportFile,
    last: Option<LastYear<'_>>,
) -> Vec<Equation<'f>> {
    let figures = Figures::new(&file.report, &file.form);
    let last = last.map(|last| Figures::new(last.report, last.form));
    let evaluation = Evaluation { figures, last, total_columns: file.form.total_columns(&rule.table) };
    let equations = rule.equations(file.form.records_of(&rule.table));
    equations.into_iter().filter_map(|equation| evaluation.equation(equation)).collect()
}

/// The figures of both years.
struct Evaluation<'f, 'l> {
    figures: Figures<'f>,
    last: Option<Figures<'l>>,
    total_columns: Vec<&'f str>,
}

impl<'f> Evaluation<'f, '_> {
    /// The values of an equation; `None` where there is nothing to compare.
    fn equation(&self, equation: form::Equation<'f>) -> Option<Equation<'f>> {
        let form::Equation { rule, path, column, left, right } = equation;
        // A total that is blank is not compared; other equations use the sum of its row.
        if rule.each == Each::Row && rule.fills && self.figures.is_blank(&right.first()?.figures) {
            return None;
        }
        let (left, mut difference) = self.side(&left)?;
        let (right, right_sum) = self.side(&right)?;
        difference.add(&right_sum, true);
        // Both sides are computed from the same figures: the equation holds by construction.
        if difference.cells.is_empty() && left.sum == right.sum {
            return None;
        }
        let is_total = column.is_some_and(|column| self.total_columns.contains(&column));
        Some(Equation { rule, path, is_total, left, right, difference })
    }

    /// A side with its value, in words and as a sum of given figures.
    fn side(&self, operands: &[Operand<'_>]) -> Option<(Side, Sum)> {
        let mut side = Side { sum: Number::ZERO, terms: Vec::new() };
        let mut total = Sum::default();
        for Operand { term, label, figures } in operands {
            let report = if term.last_year { self.last.as_ref()? } else { &self.figures };
            let mut sum = Sum::default();
            for figure in figures {
                sum.add(&report.sum(&figure.path)?, false);
            }
            if term.last_year {
                // Last year's figures cannot be the mistake: they are not part of this report.
                sum.cells.clear();
            }
            let year = if term.last_year { "上年" } else { "" };
            side.terms.push((format!("{year}{label}"), sum.amount, term.negative));
            total.add(&sum, term.negative);
        }
        side.sum = total.amount;
        Some((side, total))
    }
}

/// The figures of a report; a computed total is traced back to the figures it was computed from.
struct Figures<'a> {
    report: &'a Report,
    form: &'a Form,
    records: Cow<'a, [Record]>,
}

impl<'a> Figures<'a> {
    fn new(report: &'a Report, form: &'a Form) -> Self {
        Self { report, form, records: report.records(form) }
    }

    /// Whether one of the figures is blank on purpose, in a report whose blanks are not zero.
    fn is_blank(&self, figures: &[&Address]) -> bool {
        figures.iter().any(|figure| {
            self.report.figures.get(&figure.path).is_some_and(|cell| cell.figure == Figure::Blank)
                && !self.report.blanks_are_zero
        })
    }

    /// The figure at `path` as a sum of given figures; `None` where it is missing.
    fn sum(&self, path: &str) -> Option<Sum> {
        let given = |amount| Sum { amount, cells: [(path.to_owned(), Given { times: 1, amount })].into() };
        let cell = match self.report.figures.get(path) {
            Some(cell) => cell,
            None if self.report.blanks_are_zero => return Some(given(Number::ZERO)),
            None => return None,
        };
        // A total that was computed, or is blank, is replaced by its parts.
        if cell.computed || cell.figure == Figure::Blank {
            let parts = self.form.parts_of(&self.records, path);
            if !parts.is_empty() {
                let mut sum = Sum::default();
                for part in &parts {
                    sum.add(&self.sum(&part.path)?, part.negative);
                }
                return Some(sum);
            }
        }
        Some(given(cell.figure.amount()))
    }
}
