//! From a rule to its equations: one for each row, or each column, that it is held against.

use std::borrow::Cow;

use super::{Given, LastYear, Sum};
use crate::{
    form::{Each, Form, Record, Relation, Rule, Term, is_within},
    report::{Figure, Number, Report, ReportFile, totals},
};

/// One row or column held against a rule.
#[derive(Debug, Clone)]
pub(super) struct Equation<'f> {
    pub(super) rule: &'f Rule,
    /// The figure it is reported at.
    pub(super) path: String,
    /// Whether it is held against the column, or row, of totals.
    pub(super) is_total: bool,
    pub(super) left: Side,
    pub(super) right: Side,
    /// Left minus right over this year's given figures.
    pub(super) difference: Sum,
}

/// A side of an equation, as people would write it down.
#[derive(Debug, Clone)]
pub(super) struct Side {
    pub(super) sum: Number,
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

    /// What does not hold, with both sides and the difference.
    pub(super) fn told(&self) -> String {
        let difference = self.left.sum - self.right.sum;
        let amount = if difference.is_negative() { -difference } else { difference };
        match self.rule.relation {
            Relation::Equal => format!("{}，与{}不等，相差 {amount}", self.left.told(), self.right.told()),
            Relation::AtMost => format!("{}，大于{}，多出 {amount}", self.left.told(), self.right.told()),
        }
    }
}

impl Side {
    fn told(&self) -> String {
        if let [(label, value, false)] = self.terms.as_slice() {
            return format!("“{label}”{value}");
        }
        let mut told = String::new();
        for (index, (label, value, negative)) in self.terms.iter().enumerate() {
            told += match (index, negative) {
                (0, false) => "",
                (_, false) => "＋",
                (_, true) => "－",
            };
            told += &format!("“{label}”{value}");
        }
        format!("{told}＝{}", self.sum)
    }
}

/// The equations of a rule. One in which a figure is missing is not held: that it is missing has been said.
pub(super) fn equations<'f>(
    rule: &'f Rule,
    file: &'f ReportFile,
    last: Option<LastYear<'_>>,
) -> Vec<Equation<'f>> {
    let this = Figures::new(&file.report, &file.form);
    let last = last.map(|last| Figures::new(last.report, last.form));
    let maker = Maker { rule, this, last };
    let records = file.form.records_of(&rule.table);
    match rule.each {
        Each::Row => maker.rows(records),
        Each::Column => maker.columns(records),
    }
}

struct Maker<'f, 'l> {
    rule: &'f Rule,
    this: Figures<'f>,
    last: Option<Figures<'l>>,
}

impl<'f> Maker<'f, '_> {
    fn rows(&self, records: &[Record]) -> Vec<Equation<'f>> {
        let wanted = |record: &&Record| {
            let rows = &self.rule.rows;
            rows.is_empty() || rows.iter().any(|row| record.path == format!("{}.{row}", self.rule.table))
        };
        records
            .iter()
            .filter(wanted)
            .filter_map(|record| {
                let label = |key: &str| {
                    let figure = record.figures.iter().find(|figure| figure.column == key);
                    figure.map(|figure| last_part(&figure.place).to_owned()).unwrap_or_default()
                };
                let cells = |key: &str| vec![format!("{}.{key}", record.path)];
                self.equation(&label, &cells, &record.path, |path, key| format!("{path}.{key}"), false)
            })
            .collect()
    }

    fn columns(&self, records: &[Record]) -> Vec<Equation<'f>> {
        let table = &self.rule.table;
        let group = |key: &str| format!("{table}.{key}");
        let within = |key: &str| {
            let group = group(key);
            records.iter().filter(move |record| is_within(&record.path, &group))
        };
        let Some(first) = self.rule.left.first().and_then(|term| within(&term.key).next()) else {
            return Vec::new();
        };
        let totals = self.this.total_columns(table);
        first
            .figures
            .iter()
            .filter_map(|figure| {
                let column = &figure.column;
                let label = |key: &str| {
                    let depth = key.split('.').count();
                    let place = within(key).next().map(|record| record.place.clone()).unwrap_or_default();
                    place.split(" › ").nth(depth).unwrap_or_default().to_owned()
                };
                let cells = |key: &str| {
                    within(key).map(|record| format!("{}.{column}", record.path)).collect::<Vec<_>>()
                };
                let is_total = totals.contains(&column.as_str());
                self.equation(
                    &label,
                    &cells,
                    column,
                    |column, key| format!("{}.{column}", group(key)),
                    is_total,
                )
            })
            .collect()
    }

    fn equation(
        &self,
        label: &dyn Fn(&str) -> String,
        cells: &dyn Fn(&str) -> Vec<String>,
        which: &str,
        path: impl Fn(&str, &str) -> String,
        is_total: bool,
    ) -> Option<Equation<'f>> {
        let rule = self.rule;
        // A total that is blank is held against nothing: the row is summed for the others.
        if rule.each == Each::Row && rule.fills && self.this.is_blank(&cells(&rule.right.first()?.key)) {
            return None;
        }
        let (left, left_cells) = self.side(&rule.left, label, cells)?;
        let (right, right_cells) = self.side(&rule.right, label, cells)?;
        let mut difference = left_cells;
        difference.add(&right_cells, true);
        // What is computed from the very same figures cannot fail.
        if difference.cells.is_empty() && left.sum == right.sum {
            return None;
        }
        let at = if rule.fills { rule.right.first()? } else { rule.left.first()? };
        Some(Equation { rule, path: path(which, &at.key), is_total, left, right, difference })
    }

    fn side(
        &self,
        terms: &[Term],
        label: &dyn Fn(&str) -> String,
        cells: &dyn Fn(&str) -> Vec<String>,
    ) -> Option<(Side, Sum)> {
        let mut side = Side { sum: Number::ZERO, terms: Vec::new() };
        let mut total = Sum::default();
        for term in terms {
            let figures = if term.last_year { self.last.as_ref()? } else { &self.this };
            let mut sum = Sum::default();
            for path in cells(&term.key) {
                sum.add(&figures.sum(&path)?, false);
            }
            if term.last_year {
                // Last year's figures are given: they are not for this report to put right.
                sum.cells.clear();
            }
            let year = if term.last_year { "上年" } else { "" };
            side.terms.push((format!("{year}{}", label(&term.key)), sum.amount, term.negative));
            total.add(&sum, term.negative);
        }
        side.sum = total.amount;
        Some((side, total))
    }
}

/// The figures of a report with what a computed one was computed from.
struct Figures<'a> {
    report: &'a Report,
    form: &'a Form,
    records: Cow<'a, [Record]>,
}

impl<'a> Figures<'a> {
    fn new(report: &'a Report, form: &'a Form) -> Self {
        Self { report, form, records: report.records(form) }
    }

    fn is_blank(&self, paths: &[String]) -> bool {
        paths.iter().any(|path| {
            self.report.figures.get(path).is_some_and(|cell| cell.figure == Figure::Blank)
                && !self.report.blanks_are_zero
        })
    }

    /// The columns that sum up a row.
    fn total_columns(&self, table: &str) -> Vec<&'a str> {
        self.form
            .rules
            .iter()
            .filter(|rule| rule.table == table && rule.each == Each::Row && rule.fills)
            .flat_map(|rule| rule.right.iter().map(|term| term.key.as_str()))
            .collect()
    }

    /// What a figure comes to; `None` where it is missing.
    fn sum(&self, path: &str) -> Option<Sum> {
        let given = |amount| Sum { amount, cells: [(path.to_owned(), Given { times: 1, amount })].into() };
        let cell = match self.report.figures.get(path) {
            Some(cell) => cell,
            None if self.report.blanks_are_zero => return Some(given(Number::ZERO)),
            None => return None,
        };
        // A total that was computed, or left blank, stands for what it sums up.
        if cell.computed || cell.figure == Figure::Blank {
            let parts = totals::parts_of(self.form, &self.records, path);
            if !parts.is_empty() {
                let mut sum = Sum::default();
                for part in &parts {
                    sum.add(&self.sum(&part.path)?, part.negative);
                }
                return Some(sum);
            }
        }
        Some(given(match cell.figure {
            Figure::Number(number) => number,
            Figure::Blank | Figure::NotApplicable => Number::ZERO,
        }))
    }
}

fn last_part(place: &str) -> &str {
    place.rsplit(" › ").next().unwrap_or(place)
}
