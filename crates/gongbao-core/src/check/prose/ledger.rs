//! Values of the figures that the vocabulary refers to, by path.

use std::collections::HashMap;

use super::vocabulary::Vocabulary;
use crate::{
    finding::Place,
    form::{Address, Form, Record, section},
    report::{Number, Report},
};

/// The value of each path of the vocabulary in a report.
#[derive(Debug)]
pub(super) struct Ledger<'v> {
    entries: HashMap<&'v str, Result<Entry, Lack>>,
}

/// A report with its form.
struct Figures<'a> {
    report: &'a Report,
    form: &'a Form,
    records: &'a [Record],
}

/// The value of a path.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) amount: Number,
    /// Path of the figure, or of the first figure that is added up.
    pub(super) figure: String,
    /// Its place in words.
    pub(super) place: Place,
    /// Whether the cell or its table has a note, which may say that the figure is counted differently.
    pub(super) noted: bool,
}

/// Reason why a path has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lack {
    /// The form has no such figure.
    Unknown,
    /// The figure is missing in the report.
    Missing,
}

impl<'v> Ledger<'v> {
    pub(super) fn new(report: &Report, form: &Form, vocabulary: &'v Vocabulary) -> Self {
        let figures = Figures { report, form, records: form.records() };
        Self { entries: vocabulary.paths().map(|path| (path, figures.entry(path))).collect() }
    }

    /// The value of a path.
    pub(super) fn entry(&self, path: &str) -> Result<&Entry, Lack> {
        self.entries.get(path).map_or(Err(Lack::Unknown), |entry| entry.as_ref().map_err(|lack| *lack))
    }
}

impl Figures<'_> {
    /// The value of a figure, of a row (its total) or of a group (the sum of its rows' totals).
    fn entry(&self, path: &str) -> Result<Entry, Lack> {
        for record in self.records {
            if let Some(figure) = record.figures.iter().find(|figure| figure.path == path) {
                return Ok(self.new_entry(self.amount(record, figure)?, figure, figure.place.clone()));
            }
        }
        let rows = match self.records.iter().find(|record| record.path == path) {
            Some(row) => vec![row],
            None => self.form.items(self.records, path),
        };
        let first = rows.first().ok_or(Lack::Unknown)?;
        let mut amount = Number::ZERO;
        for record in &rows {
            amount = amount + self.amount(record, self.form.row_total(record).ok_or(Lack::Unknown)?)?;
        }
        let figure = self.form.row_total(first).ok_or(Lack::Unknown)?;
        // A path has as many keys as its place has words.
        let place = if first.path == path {
            figure.place.clone()
        } else {
            first.place_of_group(path.split('.').count())
        };
        Ok(self.new_entry(amount, figure, place))
    }

    fn new_entry(&self, amount: Number, figure: &Address, place: Place) -> Entry {
        Entry { amount, figure: figure.path.clone(), place, noted: self.is_noted(&figure.path) }
    }

    fn is_noted(&self, figure: &str) -> bool {
        let cell = self.report.figures.get(figure).is_some_and(|cell| cell.note.is_some());
        cell || self.report.notes.contains_key(section(figure))
    }

    /// The number that a figure adds; a blank total is replaced by the sum of the cells of its row.
    fn amount(&self, record: &Record, figure: &Address) -> Result<Number, Lack> {
        match self.report.figure_or_sum(self.form, record, &figure.column) {
            Some(figure) => Ok(figure.amount()),
            None if self.report.blanks_are_zero => Ok(Number::ZERO),
            None => Err(Lack::Missing),
        }
    }
}
