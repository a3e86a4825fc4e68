//! Structure of a form's sums: which figures each rule compares, and which figures each total adds up.
//!
//! Everything here is derived from [`Form::rules`]. The arithmetic checks, computed totals, the carry-over of a
//! new year's report, the workbook's formulas and consolidated reports ask this module; none of them interprets
//! a rule on its own. Values are computed in `report::totals`.

use super::{Address, Each, Form, Record, Relation, Rule, Term, is_within};

/// A figure with its sign in a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Whether the figure is subtracted.
    pub negative: bool,
    /// Path of the figure.
    pub path: String,
}

/// A term of a rule with the figures it stands for in one row or column.
#[derive(Debug, Clone)]
pub struct Operand<'f> {
    /// The term.
    pub term: &'f Term,
    /// Header of the term's row, group or column, without the headers above it.
    pub label: &'f str,
    /// The figures, added up: a single one, or one for each row of a group.
    pub figures: Vec<&'f Address>,
}

impl Operand<'_> {
    /// The figures with the sign of the term.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        self.figures.iter().map(|figure| Part { negative: self.term.negative, path: figure.path.clone() })
    }
}

/// All figures of one side of an equation, each with its sign.
pub fn parts(side: &[Operand<'_>]) -> Vec<Part> {
    side.iter().flat_map(Operand::parts).collect()
}

/// One row or one column in which a rule must hold.
#[derive(Debug, Clone)]
pub struct Equation<'f> {
    /// The rule.
    pub rule: &'f Rule,
    /// Path at which a violation is reported: the computed total, or the first term of the left side.
    pub path: String,
    /// Key of the column, for a rule that holds in each column.
    pub column: Option<&'f str>,
    /// Operands of the left side.
    pub left: Vec<Operand<'f>>,
    /// Operands of the right side.
    pub right: Vec<Operand<'f>>,
}

impl Rule {
    /// The equations of the rule among `records`, the rows of its table, in the order of the form.
    ///
    /// A row that lacks one of the rule's columns has no equation, nor has a column that one of the rule's rows
    /// or groups lacks.
    pub fn equations<'f>(&'f self, records: &'f [Record]) -> Vec<Equation<'f>> {
        match self.each {
            Each::Row => self.row_equations(records),
            Each::Column => self.column_equations(records),
        }
    }

    fn row_equations<'f>(&'f self, records: &'f [Record]) -> Vec<Equation<'f>> {
        let equation = |record: &'f Record| {
            let left = operands(&self.left, |term| in_row(record, term))?;
            let right = operands(&self.right, |term| in_row(record, term))?;
            let path = format!("{}.{}", record.path, self.reported_term()?.key);
            Some(Equation { rule: self, path, column: None, left, right })
        };
        records.iter().filter(|record| self.applies_to(record)).filter_map(equation).collect()
    }

    fn column_equations<'f>(&'f self, records: &'f [Record]) -> Vec<Equation<'f>> {
        let mut columns: Vec<&str> = Vec::new();
        for figure in records.iter().flat_map(|record| &record.figures) {
            if !columns.contains(&figure.column.as_str()) {
                columns.push(&figure.column);
            }
        }
        let equation = |column: &'f str| {
            let operand = |term| in_column(records, &self.table, term, column);
            let left = operands(&self.left, operand)?;
            let right = operands(&self.right, operand)?;
            let path = format!("{}.{}.{column}", self.table, self.reported_term()?.key);
            Some(Equation { rule: self, path, column: Some(column), left, right })
        };
        columns.into_iter().filter_map(equation).collect()
    }

    /// The term at whose figure a violation is reported.
    fn reported_term(&self) -> Option<&Term> {
        if self.fills { self.right.first() } else { self.left.first() }
    }

    /// Whether the rule, one that holds in each row, is meant for this row.
    fn applies_to(&self, record: &Record) -> bool {
        let row = row_key(record);
        self.rows.is_empty() || self.rows.iter().any(|group| is_within(row, group))
    }

    /// Key of the single term that the rule computes; `None` for a rule that computes nothing.
    fn computed_key(&self) -> Option<&str> {
        match self.right.as_slice() {
            [term] if self.fills && self.relation == Relation::Equal && !self.needs_last_year() => {
                Some(&term.key)
            }
            _ => None,
        }
    }
}

impl Form {
    /// Column of a row that is the sum of the row's other columns; `None` where the form has no such rule.
    pub fn total_column(&self, record: &Record) -> Option<&str> {
        self.row_rule(record).and_then(Rule::computed_key)
    }

    /// The figure that a whole row stands for: its total, or its only figure.
    pub fn row_total<'r>(&self, record: &'r Record) -> Option<&'r Address> {
        if let [only] = record.figures.as_slice() {
            return Some(only);
        }
        let column = self.total_column(record)?;
        record.figures.iter().find(|figure| figure.column == column)
    }

    /// Whether a row is the sum of other rows, column by column.
    pub fn is_total_row(&self, record: &Record) -> bool {
        self.column_rule(record).is_some()
    }

    /// Whether a figure is the sum of other figures.
    pub fn is_total(&self, record: &Record, figure: &Address) -> bool {
        self.is_total_row(record) || self.total_column(record) == Some(figure.column.as_str())
    }

    /// Keys of the columns of a table that are sums of other columns.
    pub(crate) fn total_columns(&self, table: &str) -> Vec<&str> {
        let rules = self.rules.iter().filter(|rule| rule.table == table && rule.each == Each::Row);
        rules.filter_map(Rule::computed_key).collect()
    }

    /// The rows of a group without those that are sums of other rows.
    pub(crate) fn items<'r>(&self, records: &'r [Record], group: &str) -> Vec<&'r Record> {
        let is_item = |record: &&Record| is_within(&record.path, group) && !self.is_total_row(record);
        records.iter().filter(is_item).collect()
    }

    /// The figures that the figure at `path` is the sum of; empty where it is no total. `records` are the rows of
    /// the report, extra rows included.
    ///
    /// The cells of the total's own row take precedence over the rows above it: they give the right total even
    /// where the totals of those rows are blank.
    pub fn parts_of(&self, records: &[Record], path: &str) -> Vec<Part> {
        let record = path.rsplit_once('.').and_then(|(row, column)| {
            records.iter().find(|record| record.path == row).map(|record| (record, column))
        });
        record.map_or_else(Vec::new, |(record, column)| self.parts(records, record, column))
    }

    /// As [`Form::parts_of`], where the row is already known.
    pub(crate) fn parts(&self, records: &[Record], record: &Record, column: &str) -> Vec<Part> {
        if let Some(rule) = self.row_rule(record).filter(|rule| rule.computed_key() == Some(column)) {
            return operands(&rule.left, |term| in_row(record, term))
                .map_or_else(Vec::new, |left| parts(&left));
        }
        let Some(rule) = self.column_rule(record) else { return Vec::new() };
        let operands = rule.left.iter().filter_map(|term| in_column(records, &rule.table, term, column));
        let parts = operands.flat_map(|operand| operand.parts().collect::<Vec<_>>());
        parts.filter(|part| record.figures.iter().all(|own| own.path != part.path)).collect()
    }

    /// The rule that computes one column of a row from the row's other columns.
    fn row_rule(&self, record: &Record) -> Option<&Rule> {
        self.computing(record, Each::Row).find(|rule| {
            rule.applies_to(record) && rule.left.iter().chain(&rule.right).all(|term| has(record, term))
        })
    }

    /// The rule that computes a whole row from other rows.
    fn column_rule(&self, record: &Record) -> Option<&Rule> {
        self.computing(record, Each::Column).find(|rule| rule.computed_key() == Some(row_key(record)))
    }

    /// The rules of a row's table that compute a total.
    fn computing(&self, record: &Record, each: Each) -> impl Iterator<Item = &Rule> {
        let table = section(&record.path).to_owned();
        self.rules
            .iter()
            .filter(move |rule| rule.each == each && rule.table == table && rule.computed_key().is_some())
    }
}

/// The section key that a path begins with.
pub fn section(path: &str) -> &str {
    path.split_once('.').map_or(path, |(section, _)| section)
}

/// Path of a row within its section.
fn row_key(record: &Record) -> &str {
    record.path.split_once('.').map_or("", |(_, row)| row)
}

fn has(record: &Record, term: &Term) -> bool {
    record.figures.iter().any(|figure| figure.column == term.key)
}

/// The operands of a side; `None` where one of them has no figure.
fn operands<'f>(
    terms: &'f [Term],
    operand: impl Fn(&'f Term) -> Option<Operand<'f>>,
) -> Option<Vec<Operand<'f>>> {
    terms.iter().map(operand).collect()
}

/// A term as a column of a row.
fn in_row<'f>(record: &'f Record, term: &'f Term) -> Option<Operand<'f>> {
    let figure = record.figures.iter().find(|figure| figure.column == term.key)?;
    Some(Operand { term, label: figure.label(), figures: vec![figure] })
}

/// A term as one column of a row, or of each row of a group.
fn in_column<'f>(records: &'f [Record], table: &str, term: &'f Term, column: &str) -> Option<Operand<'f>> {
    let group = format!("{table}.{}", term.key);
    let mut rows = records.iter().filter(|record| is_within(&record.path, &group)).peekable();
    let label = rows.peek()?.label_at(term.key.split('.').count());
    let figures: Vec<&Address> =
        rows.flat_map(|row| &row.figures).filter(|figure| figure.column == column).collect();
    (!figures.is_empty()).then_some(Operand { term, label, figures })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> &'static Form {
        crate::form::by_id("2021").expect("a form").expect("the form of 2021")
    }

    #[test]
    fn a_rule_for_each_row_has_an_equation_in_each_row_with_its_columns() {
        let form = form();
        let rule = form.rules.iter().find(|rule| rule.code == crate::finding::Rule::S3).expect("S3");
        let records = form.records_of("applications");
        let equations = rule.equations(records);
        assert_eq!(equations.len(), records.len());
        assert_eq!(equations[0].path, "applications.new.total");
        let labels: Vec<&str> = equations[0].left.iter().map(|operand| operand.label).collect();
        assert_eq!(labels[..2], ["自然人", "商业企业"]);
        assert!(rule.equations(form.records_of("appeals")).is_empty());
    }

    #[test]
    fn a_group_in_a_rule_for_each_column_stands_for_its_rows() {
        let form = form();
        let rule = form.rules.iter().find(|rule| rule.code == crate::finding::Rule::S2).expect("S2");
        let equations = rule.equations(form.records_of("applications"));
        assert_eq!(equations.len(), 7);
        assert_eq!(equations[0].path, "applications.handled.total.natural");
        let refused = equations[0].left.iter().find(|operand| operand.term.key == "handled.refused");
        assert!(refused.expect("handled.refused").figures.len() > 1);
        assert_eq!(equations[0].right[0].figures[0].path, "applications.handled.total.natural");
    }

    #[test]
    fn a_total_adds_up_the_cells_of_its_row_before_the_rows_above_it() {
        let form = form();
        let parts = form.parts_of(form.records(), "applications.handled.total.total");
        assert!(parts.iter().all(|part| part.path.starts_with("applications.handled.total.")));
        let parts = form.parts_of(form.records(), "applications.handled.total.natural");
        assert!(parts.len() > 6 && parts.iter().all(|part| part.path.ends_with(".natural")));
        assert!(form.parts_of(form.records(), "applications.new.natural").is_empty());
        assert!(form.parts_of(form.records(), "applications.unknown").is_empty());
    }

    #[test]
    fn the_items_of_a_group_leave_its_total_row_out() {
        let form = form();
        let items = form.items(form.records(), "applications.handled");
        assert!(items.iter().all(|record| record.path != "applications.handled.total"));
        assert!(items.len() > 6);
    }
}
