//! Values of sums: totals that a file leaves out are computed, and parts of a sum are added up.
//!
//! Which figures a total consists of is known by the form ([`Form::parts_of`]).

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Figure, Number, Report};
use crate::form::{Form, Part, Record};

impl Figure {
    /// The number that the cell adds to a sum: zero where it holds none.
    pub fn amount(self) -> Number {
        match self {
            Self::Number(number) => number,
            Self::NotApplicable | Self::Blank => Number::ZERO,
        }
    }
}

impl Report {
    /// The number that a figure adds to a sum: zero where there is none.
    pub fn amount(&self, path: &str) -> Number {
        self.figures.get(path).map_or(Number::ZERO, |cell| cell.figure.amount())
    }

    /// Adds up the parts of a sum; `None` where a part is missing or there is none.
    ///
    /// A sum of blank cells is blank, and a sum of cells that do not apply does not apply.
    pub fn sum(&self, parts: &[Part]) -> Option<Figure> {
        let figures: Option<Vec<Figure>> =
            parts.iter().map(|part| self.figures.get(&part.path).map(|cell| cell.figure)).collect();
        let figures = figures.filter(|figures| !figures.is_empty())?;
        for all in [Figure::Blank, Figure::NotApplicable] {
            if figures.iter().all(|figure| *figure == all) {
                return Some(all);
            }
        }
        let amounts = parts.iter().zip(figures).map(|(part, figure)| {
            let amount = figure.amount();
            if part.negative { -amount } else { amount }
        });
        Some(Figure::Number(amounts.sum()))
    }

    /// Figure of a row's column; a total that is blank is replaced by the sum of the cells of its row that are
    /// there. `None` where the figure is missing.
    pub(crate) fn figure_or_sum(&self, form: &Form, record: &Record, column: &str) -> Option<Figure> {
        let figure = self.figures.get(&format!("{}.{column}", record.path))?.figure;
        if figure != Figure::Blank || form.total_column(record) != Some(column) {
            return Some(figure);
        }
        let mut parts = form.parts(&[], record, column);
        parts.retain(|part| self.figures.contains_key(&part.path));
        Some(self.sum(&parts).unwrap_or(Figure::Blank))
    }

    /// Computes the totals at the paths `left_out`, as far as all their parts are there.
    pub(crate) fn fill_totals(&mut self, form: &Form, left_out: &BTreeSet<String>) {
        let records = self.records(form);
        let mut open: BTreeMap<&str, Vec<Part>> = BTreeMap::new();
        for record in records.iter() {
            for figure in record.figures.iter().filter(|figure| left_out.contains(&figure.path)) {
                open.insert(&figure.path, form.parts(&records, record, &figure.column));
            }
        }
        // A total may depend on another one. Each round computes at least one total, or none is left that can be.
        loop {
            let computed: Vec<(&str, Figure)> =
                open.iter().filter_map(|(path, parts)| Some((*path, self.sum(parts)?))).collect();
            if computed.is_empty() {
                return;
            }
            for (path, figure) in computed {
                open.remove(path);
                self.figures.insert(path.to_owned(), Cell { figure, note: None, unit: None, computed: true });
            }
        }
    }
}
