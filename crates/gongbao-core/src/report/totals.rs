//! Totals that a file leaves out: which may be, and what they come to.
//!
//! Both follow from the rules of the form that say `fills`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Figure, Number, Report};
use crate::form::{Each, Form, Record, Relation, Rule, Term, is_within};

/// The key of the section that a path begins with.
pub fn section(path: &str) -> Option<&str> {
    path.split('.').next()
}

/// The rule that computes one column of a row from its others.
pub fn row_rule<'f>(form: &'f Form, record: &Record) -> Option<&'f Rule> {
    filling(form, record, Each::Row).find(|rule| {
        let row = row_of(record);
        let applies = rule.rows.is_empty() || rule.rows.iter().any(|group| is_within(row, group));
        let has = |key: &str| record.figures.iter().any(|address| address.column == key);
        applies && rule.left.iter().chain(&rule.right).all(|term| has(&term.key))
    })
}

/// The rule that computes a whole row, column by column, from other rows.
pub fn column_rule<'f>(form: &'f Form, record: &Record) -> Option<&'f Rule> {
    filling(form, record, Each::Column).find(|rule| rule.right[0].key == row_of(record))
}

fn filling<'f>(form: &'f Form, record: &Record, each: Each) -> impl Iterator<Item = &'f Rule> {
    let table = section(&record.path).unwrap_or_default().to_owned();
    form.rules.iter().filter(move |rule| {
        let sums = rule.fills && rule.relation == Relation::Equal && rule.right.len() == 1;
        sums && rule.table == table && rule.each == each && !rule.needs_last_year()
    })
}

/// The path of a row within its section.
fn row_of(record: &Record) -> &str {
    record.path.split_once('.').map_or("", |(_, row)| row)
}

/// Computes what was left out, as far as all that it is the sum of is there.
pub fn fill(report: &mut Report, form: &Form, left_out: &BTreeSet<String>) {
    let records = report.records(form);
    let mut open: BTreeMap<&str, Vec<Part>> = BTreeMap::new();
    for record in records.iter() {
        for address in record.figures.iter().filter(|address| left_out.contains(&address.path)) {
            open.insert(&address.path, parts(form, &records, record, &address.column));
        }
    }
    // A total may rest on another; each round settles at least one, or there is nothing more to settle.
    loop {
        let settled: Vec<(&str, Figure)> =
            open.iter().filter_map(|(path, parts)| Some((*path, sum(report, parts)?))).collect();
        if settled.is_empty() {
            return;
        }
        for (path, figure) in settled {
            open.remove(path);
            report.figures.insert(path.to_owned(), Cell { figure, note: None, unit: None, computed: true });
        }
    }
}

/// What is added, or taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Whether it is taken away.
    pub negative: bool,
    /// The figure's path.
    pub path: String,
}

/// What the figure at `path` is the sum of by the form's rules; nothing where it is no total.
pub fn parts_of(form: &Form, records: &[Record], path: &str) -> Vec<Part> {
    let Some((row, column)) = path.rsplit_once('.') else { return Vec::new() };
    let record = records.iter().find(|record| record.path == row);
    record.map_or_else(Vec::new, |record| parts(form, records, record, column))
}

/// What a figure is the sum of. A row's own cells go before the rows above it: they give the right total
/// even where the totals of those rows are blank.
fn parts(form: &Form, records: &[Record], record: &Record, column: &str) -> Vec<Part> {
    if let Some(rule) = row_rule(form, record).filter(|rule| rule.right[0].key == column) {
        let part =
            |term: &Term| Part { negative: term.negative, path: format!("{}.{}", record.path, term.key) };
        return rule.left.iter().map(part).collect();
    }
    let Some(rule) = column_rule(form, record) else { return Vec::new() };
    let mut parts = Vec::new();
    for term in &rule.left {
        let group = format!("{}.{}", rule.table, term.key);
        let rows = records.iter().filter(|row| is_within(&row.path, &group) && row.path != record.path);
        let cells = rows.flat_map(|row| &row.figures).filter(|address| address.column == column);
        parts.extend(cells.map(|address| Part { negative: term.negative, path: address.path.clone() }));
    }
    parts
}

/// The sum, `None` where a part is missing. What is blank all through sums up to blank, and likewise what
/// does not apply.
pub fn sum(report: &Report, parts: &[Part]) -> Option<Figure> {
    let figures: Option<Vec<Figure>> =
        parts.iter().map(|part| report.figures.get(&part.path).map(|cell| cell.figure)).collect();
    let figures = figures.filter(|figures| !figures.is_empty())?;
    for all in [Figure::Blank, Figure::NotApplicable] {
        if figures.iter().all(|figure| *figure == all) {
            return Some(all);
        }
    }
    let sum = parts.iter().zip(figures).map(|(part, figure)| match figure {
        Figure::Number(number) if part.negative => -number,
        Figure::Number(number) => number,
        Figure::NotApplicable | Figure::Blank => Number::ZERO,
    });
    Some(Figure::Number(sum.sum()))
}
