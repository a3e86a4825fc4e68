//! The sums, cell by cell.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Contribution,
    gather::{Gathered, about},
};
use crate::{
    finding::{Finding, Severity},
    form::{Address, Extra, Form, Record},
    report::{AgencyKind, Cell, Figure, Number, Report, ReportFile},
};

/// What a body contributes to a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The body.
    pub name: String,
    /// The path of the figure in its own report; extra rows are numbered differently in each.
    pub path: String,
    /// Its figure; `None` where it does not count.
    pub amount: Option<Number>,
}

/// Extra rows of all reports; rows of one name after the same row are one.
pub(super) fn extras(contributions: &[Contribution], form: &Form) -> BTreeMap<String, Vec<Extra>> {
    let mut extras: BTreeMap<String, Vec<Extra>> = BTreeMap::new();
    for (section, _) in form.tables() {
        for extra in contributions.iter().flat_map(|one| one.file.report.extras.get(section)).flatten() {
            let rows = extras.entry(section.to_owned()).or_default();
            if !rows.iter().any(|row| same(row, extra)) {
                rows.push(extra.clone());
            }
        }
    }
    extras.retain(|_, rows| !rows.is_empty());
    extras
}

fn same(one: &Extra, other: &Extra) -> bool {
    one.after == other.after && one.label == other.label
}

/// Puts the sums into a report that has no figures yet; totals are computed from them.
///
/// # Errors
/// Amounts are in different units.
pub(super) fn fill(
    report: &mut Report,
    contributions: &[Contribution],
    gathered: &Gathered,
) -> Result<Vec<Finding>, Vec<Finding>> {
    let form = &gathered.form;
    let mut errors = Vec::new();
    let mut remarks = Vec::new();
    let mut left_out = BTreeSet::new();
    let mut figures = BTreeMap::new();
    for record in report.records(form).iter() {
        let counted = counted(report, record, contributions);
        remarks.extend(not_counted(record, contributions, &counted));
        for address in &record.figures {
            if form.is_total(record, address) {
                left_out.insert(address.path.clone());
                continue;
            }
            let cells = cells(report, address, contributions, &counted);
            match combined(&cells) {
                Ok(cell) => {
                    figures.insert(address.path.clone(), cell);
                }
                Err(odd) => errors.extend(contributions.get(odd).map(|one| {
                    let message = format!("“{}”与别的单位不同，不能相加", address.place);
                    about(one, Severity::Error, &address.path, message, "请把各单位的金额换成同一个单位")
                })),
            }
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    report.figures = figures;
    report.fill_totals(form, &left_out);
    Ok(remarks)
}

/// What each body contributes to a figure of the consolidated report, in their order; nothing where the form has no
/// such figure.
pub fn shares(report: &ReportFile, contributions: &[Contribution], path: &str) -> Vec<Share> {
    let records = report.report.records(&report.form);
    let found = records.iter().find_map(|record| {
        let figure = record.figures.iter().find(|figure| figure.path == path);
        // A row stands for its total, or for its last column where it has none.
        let total =
            || report.form.row_total(record).or(record.figures.last()).filter(|_| record.path == path);
        Some((record, figure.or_else(total)?))
    });
    let Some((record, address)) = found else { return Vec::new() };
    let counted = counted(&report.report, record, contributions);
    let share = |(index, one): (usize, &Contribution)| {
        let path = own_path(&report.report, &one.file.report, &address.path)?;
        let amount = one.file.report.amount(&path);
        let amount = counted.contains(&index).then_some(amount);
        Some(Share { name: one.file.report.agency.name.clone(), path, amount })
    };
    contributions.iter().enumerate().filter_map(share).collect()
}

/// The sum of the shares.
pub(super) fn total(shares: &[Share]) -> Number {
    shares.iter().filter_map(|share| share.amount).fold(Number::ZERO, |sum, amount| sum + amount)
}

/// Which reports count for a row, by index: all, but where only governments make what it counts, those of governments
/// (and their offices) if there are any. A department that drafted a 规章 reports it once more.
fn counted(report: &Report, record: &Record, contributions: &[Contribution]) -> Vec<usize> {
    let reports = |one: &Contribution| {
        let own = &one.file.report;
        record.figures.iter().any(|address| {
            own_path(report, own, &address.path).is_some_and(|path| own.amount(&path) != Number::ZERO)
        })
    };
    let all = || (0..contributions.len()).collect();
    if !record.of_government {
        return all();
    }
    let governments: Vec<usize> = contributions
        .iter()
        .enumerate()
        .filter(|(_, one)| {
            matches!(one.file.report.agency.kind, Some(AgencyKind::Government | AgencyKind::Office))
        })
        .filter(|(_, one)| reports(one))
        .map(|(index, _)| index)
        .collect();
    if governments.is_empty() { all() } else { governments }
}

/// Says whose figures were left out of a row that only governments make, and where the same ones may be in twice.
fn not_counted(record: &Record, contributions: &[Contribution], counted: &[usize]) -> Vec<Finding> {
    if !record.of_government {
        return Vec::new();
    }
    let reporting: Vec<(usize, &Contribution, &Address)> = contributions
        .iter()
        .enumerate()
        .filter_map(|(index, one)| {
            let has = |address: &&Address| one.file.report.amount(&address.path) != Number::ZERO;
            Some((index, one, record.figures.iter().find(has)?))
        })
        .collect();
    if counted.len() == contributions.len() && reporting.len() > 1 {
        let Some((_, first, address)) = reporting.first() else { return Vec::new() };
        let names: Vec<&str> =
            reporting.iter().map(|(_, one, _)| one.file.report.agency.name.as_str()).collect();
        let message = format!("{}都填了“{}”，汇总时相加了", names.join("、"), record.place);
        let hint = "几个单位共同起草的只能算一次：请核对后改正其中一份";
        return vec![about(first, Severity::Unsure, &address.path, message, hint)];
    }
    let left_out = reporting.into_iter().filter(|(index, ..)| !counted.contains(index));
    left_out
        .map(|(_, one, address)| {
            let name = &one.file.report.agency.name;
            let message = format!("“{name}”填的“{}”没有计入：已按政府（办公室）的报告计算", record.place);
            about(
                one,
                Severity::Warning,
                &address.path,
                message,
                "请核对政府（办公室）的报告是否已经包括它们",
            )
        })
        .collect()
}

/// The cells of a figure with the index of their reports.
fn cells<'c>(
    report: &Report,
    address: &Address,
    contributions: &'c [Contribution],
    counted: &[usize],
) -> Vec<(usize, &'c Cell)> {
    let counted = counted.iter().filter_map(|index| Some((*index, &contributions.get(*index)?.file.report)));
    counted
        .filter_map(|(index, own)| Some((index, own.figures.get(&own_path(report, own, &address.path)?)?)))
        .collect()
}

/// The cells added up; the index of a report whose unit is not that of those before it.
fn combined(cells: &[(usize, &Cell)]) -> Result<Cell, usize> {
    let mut sum = Number::ZERO;
    let mut unit: Option<&Option<String>> = None;
    for (index, cell) in cells {
        let Figure::Number(number) = cell.figure else { continue };
        // Nothing is nothing in any unit.
        if number == Number::ZERO {
            continue;
        }
        if *unit.get_or_insert(&cell.unit) != &cell.unit {
            return Err(*index);
        }
        sum = sum + number;
    }
    let applies_nowhere =
        !cells.is_empty() && cells.iter().all(|(_, cell)| cell.figure == Figure::NotApplicable);
    let figure = if applies_nowhere { Figure::NotApplicable } else { Figure::Number(sum) };
    Ok(Cell { figure, note: None, unit: unit.cloned().flatten(), computed: false })
}

/// The path of a figure in a member's own report: extra rows are found by their names.
fn own_path(report: &Report, own: &Report, path: &str) -> Option<String> {
    let Some((section, rest)) = path.split_once(".extra[") else { return Some(path.to_owned()) };
    let (number, column) = rest.split_once("].")?;
    let extra = report.extras.get(section)?.get(number.parse::<usize>().ok()?.checked_sub(1)?)?;
    let index = own.extras.get(section)?.iter().position(|row| same(row, extra))?;
    Some(format!("{section}.extra[{}].{column}", index + 1))
}
