//! The sheet of a table: the form's grid as it is on paper, and beside it the sums it must keep.

use super::{FigureAt, Label, Pos, Role, Sheet, narrow, rows};
use gongbao_core::{
    form::{CellKind, Each, Form, GridError, Record, Relation, Rule, Table, Term, is_within},
    report::totals::Part,
};

/// Where the grid begins.
pub(in super::super) const GRID: Pos = Pos::new(2, 0);

/// A sum of the form, held in a cell beside or under the table.
#[derive(Debug, Clone)]
pub(in super::super) struct Check {
    /// The rule's code, and what must be equal in words.
    pub(in super::super) words: String,
    pub(in super::super) left: Vec<Part>,
    pub(in super::super) right: Vec<Part>,
    pub(in super::super) at: Pos,
}

/// The sheet of a table.
pub(super) fn sheet(form: &Form, key: &str, table: &Table, heading: &str) -> Result<Sheet, GridError> {
    let mut sheet = Sheet::new(Role::Table(key.to_owned()), &table.name, heading);
    let grid = table.grid(&[])?;
    let mut height = 0;
    for cell in grid.cells() {
        let at = Pos::new(GRID.row + rows(cell.y), GRID.column + narrow(cell.x));
        height = height.max(cell.y + cell.rowspan);
        match &cell.kind {
            CellKind::Figure { path, .. } => {
                sheet.figures.push(FigureAt { path: format!("{key}.{path}"), at });
            }
            CellKind::Band(text) | CellKind::Note(text) => sheet.labels.push(Label::new(at, text)),
            CellKind::Column { label, remark, .. } | CellKind::Row { label, remark, .. } => {
                sheet.labels.push(Label::new(at, format!("{label}{remark}")));
            }
        }
    }
    sheet.labels.sort_by_key(|label| label.at);
    checks(form, key, &mut sheet, GRID.column + narrow(grid.columns), GRID.row + rows(height));
    Ok(sheet)
}

/// Adds the sums: those of a line to its right, all others under the table.
fn checks(form: &Form, key: &str, sheet: &mut Sheet, right: u16, mut under: u32) {
    let records = form.records_of(key);
    let sums = form.rules_of(key).filter(|rule| rule.relation == Relation::Equal && !rule.needs_last_year());
    let mut right = right;
    for rule in sums {
        let held = match rule.each {
            Each::Row => by_row(rule, key, records),
            Each::Column => by_column(rule, key, records),
        };
        let at = |path: &str| sheet.figures.iter().find(|figure| figure.path == path).map(|figure| figure.at);
        let placed: Vec<(Pos, Held)> =
            held.into_iter().filter_map(|held| Some((at(&held.right.first()?.path)?, held))).collect();
        let mut lines: Vec<u32> = placed.iter().map(|(at, _)| at.row).collect();
        lines.dedup();
        // Where a line holds several sums, as in a table of one line, they stand under it.
        let beside = rule.each == Each::Row && lines.len() == placed.len();
        let words = format!("{}：{}", rule.code, words(rule, records, key));
        for (total, held) in placed {
            let at = if beside { Pos::new(total.row, right) } else { Pos::new(under, total.column) };
            let Held { left, right } = held;
            sheet.checks.push(Check { words: words.clone(), left, right, at });
        }
        if beside {
            right += 1;
        } else {
            under += 1;
        }
    }
}

/// Two sides that must be equal.
struct Held {
    left: Vec<Part>,
    right: Vec<Part>,
}

fn by_row(rule: &Rule, key: &str, records: &[Record]) -> Vec<Held> {
    let applies = |record: &&Record| {
        let row = record.path.strip_prefix(key).unwrap_or_default().trim_start_matches('.');
        let has = |term: &str| record.figures.iter().any(|address| address.column == term);
        (rule.rows.is_empty() || rule.rows.iter().any(|group| is_within(row, group)))
            && rule.left.iter().chain(&rule.right).all(|term| has(&term.key))
    };
    let side = |record: &Record, terms: &[Term]| {
        let part =
            |term: &Term| Part { negative: term.negative, path: format!("{}.{}", record.path, term.key) };
        terms.iter().map(part).collect()
    };
    records
        .iter()
        .filter(applies)
        .map(|record| Held { left: side(record, &rule.left), right: side(record, &rule.right) })
        .collect()
}

fn by_column(rule: &Rule, key: &str, records: &[Record]) -> Vec<Held> {
    let side = |terms: &[Term], column: &str| {
        let mut parts = Vec::new();
        for term in terms {
            let group = format!("{key}.{}", term.key);
            let within = records.iter().filter(|record| is_within(&record.path, &group));
            let figures = within.flat_map(|record| &record.figures).filter(|figure| figure.column == column);
            parts.extend(figures.map(|figure| Part { negative: term.negative, path: figure.path.clone() }));
        }
        parts
    };
    let mut columns: Vec<&str> = Vec::new();
    for figure in records.iter().flat_map(|record| &record.figures) {
        if !columns.contains(&figure.column.as_str()) {
            columns.push(&figure.column);
        }
    }
    columns
        .into_iter()
        .map(|column| Held { left: side(&rule.left, column), right: side(&rule.right, column) })
        .filter(|held| !held.left.is_empty() && !held.right.is_empty())
        .collect()
}

/// A rule in words: 自然人＋商业企业＝总计.
fn words(rule: &Rule, records: &[Record], key: &str) -> String {
    let name = |term: &Term| {
        let place = match rule.each {
            Each::Row => {
                let figures = records.iter().flat_map(|record| &record.figures);
                figures.clone().find(|figure| figure.column == term.key).map(|figure| figure.place.clone())
            }
            Each::Column => {
                let path = format!("{key}.{}", term.key);
                let exact = records.iter().find(|record| record.path == path).map(|r| r.place.clone());
                exact.or_else(|| {
                    let within = records.iter().find(|record| is_within(&record.path, &path))?;
                    let depth = path.split('.').count();
                    Some(within.place.split(" › ").take(depth).collect::<Vec<_>>().join(" › "))
                })
            }
        };
        let place = place.unwrap_or_else(|| term.key.clone());
        let words = place.rsplit(" › ").next().unwrap_or_default().to_owned();
        // 部分公开 without its remark.
        words
            .rsplit_once('（')
            .filter(|(before, _)| !before.is_empty())
            .map_or(words.clone(), |(b, _)| b.to_owned())
    };
    let side = |terms: &[Term]| {
        let mut told = String::new();
        for (index, term) in terms.iter().enumerate() {
            match (index, term.negative) {
                (_, true) => told.push('－'),
                (0, false) => {}
                (_, false) => told.push('＋'),
            }
            told += &name(term);
        }
        told
    };
    format!("{}＝{}", side(&rule.left), side(&rule.right))
}
