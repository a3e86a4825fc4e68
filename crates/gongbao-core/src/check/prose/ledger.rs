//! The figures of a report by the paths that the vocabulary speaks in.

use std::collections::HashMap;

use super::vocabulary::Vocabulary;
use crate::{
    form::{Each, Form, Record, Rule, is_within},
    report::{Figure, Number, Report},
};

/// What each path of the vocabulary comes to in a report.
#[derive(Debug)]
pub(super) struct Ledger<'v> {
    entries: HashMap<&'v str, Result<Entry, Lack>>,
}

/// The figures of a report.
struct Figures<'a> {
    report: &'a Report,
    form: &'a Form,
    records: &'a [Record],
}

/// What a path comes to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) amount: Number,
    /// The path of its figure, or the first of those that are added up.
    pub(super) figure: String,
    /// What people call it.
    pub(super) place: String,
    /// Whether a note in the cell or under its table says that it is counted in a way of its own.
    pub(super) noted: bool,
}

/// Why a path gives no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lack {
    /// The form has no such figure.
    Unknown,
    /// The report has none there.
    Missing,
}

impl<'v> Ledger<'v> {
    pub(super) fn new(report: &Report, form: &Form, vocabulary: &'v Vocabulary) -> Self {
        let figures = Figures { report, form, records: form.records() };
        Self { entries: vocabulary.paths().map(|path| (path, figures.entry(path))).collect() }
    }

    /// What a path comes to.
    pub(super) fn entry(&self, path: &str) -> Result<&Entry, Lack> {
        self.entries.get(path).map_or(Err(Lack::Unknown), |entry| entry.as_ref().map_err(|lack| *lack))
    }
}

impl<'a> Figures<'a> {
    /// What a figure, a row (its total) or a group (the sum of its rows' totals) comes to.
    fn entry(&self, path: &str) -> Result<Entry, Lack> {
        for record in self.records {
            if let Some(figure) = record.figures.iter().find(|figure| figure.path == path) {
                let amount = self.amount(record, &figure.column).ok_or(Lack::Missing)?;
                return Ok(Entry {
                    amount,
                    figure: figure.path.clone(),
                    place: figure.place.clone(),
                    noted: self.is_noted(&figure.path),
                });
            }
        }
        let rows = || self.records.iter().filter(|record| is_within(&record.path, path));
        let first = rows().next().ok_or(Lack::Unknown)?;
        let mut amount = Number::ZERO;
        for record in rows() {
            let column = self.total(record).ok_or(Lack::Unknown)?;
            amount = amount + self.amount(record, column).ok_or(Lack::Missing)?;
        }
        // The words of a path go as deep as its keys.
        let depth = path.split('.').count();
        let place: Vec<&str> = first.place.split(" › ").take(depth).collect();
        let total = self.total(first).ok_or(Lack::Unknown)?;
        let figure = first.figures.iter().find(|figure| figure.column == total).ok_or(Lack::Unknown)?;
        let place = if first.path == path { figure.place.clone() } else { place.join(" › ") };
        Ok(Entry { amount, noted: self.is_noted(&figure.path), figure: figure.path.clone(), place })
    }

    fn is_noted(&self, figure: &str) -> bool {
        let cell = self.report.figures.get(figure).is_some_and(|cell| cell.note.is_some());
        let table = figure.split('.').next().is_some_and(|table| self.report.notes.contains_key(table));
        cell || table
    }

    /// The column that sums up a row, or its only one.
    fn total<'s>(&'s self, record: &'s Record) -> Option<&'s str> {
        match record.figures.as_slice() {
            [only] => Some(&only.column),
            _ => Some(&self.rule(record)?.right.first()?.key),
        }
    }

    /// The rule that sums up a row.
    fn rule(&self, record: &Record) -> Option<&'a Rule> {
        self.form.rules.iter().find(|rule| {
            rule.each == Each::Row
                && rule.fills
                && is_within(&record.path, &rule.table)
                && rule
                    .left
                    .iter()
                    .chain(&rule.right)
                    .all(|term| record.figures.iter().any(|figure| figure.column == term.key))
        })
    }

    /// What a cell adds. Where a row's total is blank, its cells take its place, as in the rules.
    fn amount(&self, record: &Record, column: &str) -> Option<Number> {
        let path = format!("{}.{column}", record.path);
        match self.report.figures.get(&path).map(|cell| cell.figure) {
            Some(Figure::Number(number)) => Some(number),
            Some(Figure::NotApplicable) => Some(Number::ZERO),
            Some(Figure::Blank) => {
                let rule = self.rule(record).filter(|rule| rule.right.iter().any(|term| term.key == column));
                let cells = rule.map(|rule| rule.left.as_slice()).unwrap_or_default();
                Some(
                    cells
                        .iter()
                        .map(|term| self.report.amount(&format!("{}.{}", record.path, term.key)))
                        .sum(),
                )
            }
            None if self.report.blanks_are_zero => Some(Number::ZERO),
            None => None,
        }
    }
}
