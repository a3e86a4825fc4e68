//! Reads the figures of all tables, in each notation of their rows.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    cell, extras, passages,
    reader::{Lines, Reader, TABLE},
    row,
    spot::Spot,
    tree::Tree,
};
use crate::{
    finding::{Finding, MediumWords, Message, PlacePart, Remedy, Rule, Severity},
    form::{Address, Form, Record, Table, section},
    report::{Cell, Figure, Number, Report, fields},
    syntax::{Entries, Node, StrictReader, Value},
};

/// Key of the note under a table.
const NOTE: &str = "note";
/// Key of the rows that a locality adds.
pub(super) const EXTRA: &str = "extra";

/// State of reading the section of one table.
pub(super) struct Section<'a, 's> {
    pub(super) reader: &'a mut Reader<'s>,
    pub(super) form: &'a Form,
    pub(super) key: &'a str,
    pub(super) table: &'a Table,
    /// Whether the file has `blanks = "zero"`.
    zero: bool,
    figures: &'a mut BTreeMap<String, Cell>,
    /// Paths of figures that the file leaves out and that are computed later.
    left_out: &'a mut BTreeSet<String>,
    /// Keys of the section that are neither rows nor columns.
    others: Vec<&'static str>,
    missing: Vec<(Spot, Option<Range<usize>>)>,
    /// Rows with cells left blank on purpose.
    blank: Vec<BlankRow>,
}

/// Reads all tables; returns the paths of the figures that are to be computed.
pub(super) fn read(
    reader: &mut Reader<'_>,
    head: Entries<'_>,
    form: &Form,
    report: &mut Report,
) -> BTreeSet<String> {
    let mut left_out = BTreeSet::new();
    for (key, table) in form.tables() {
        let records = form.records_of(key);
        let tree = Tree::of(key, table, records);
        let mut section = Section {
            reader,
            form,
            key,
            table,
            zero: report.blanks_are_zero,
            figures: &mut report.figures,
            left_out: &mut left_out,
            others: passages::keys(form, key),
            missing: Vec::new(),
            blank: Vec::new(),
        };
        let node = head.get(key);
        section.branch(&tree, node, head.key_span(key), None);
        if let Some(Node { value: Value::Table(entries), .. }) = node {
            let entries = Entries::new(entries);
            if let Some(note) = section.note(entries, &tree) {
                report.notes.insert(key.to_owned(), note);
            }
            let extras = extras::read(&mut section, entries, records);
            if !extras.is_empty() {
                report.extras.insert(key.to_owned(), extras);
            }
            report.texts.extend(passages::read(section.reader, form, key, entries));
        }
        section.finish();
    }
    left_out
}

impl Section<'_, '_> {
    /// Reads a key of the form and the keys below it; returns whether the file has any figure there.
    ///
    /// `span` is the place of the key, `above` the place of the table that should hold it.
    fn branch(
        &mut self,
        tree: &Tree<'_>,
        node: Option<&Node>,
        span: Option<Range<usize>>,
        above: Option<&Range<usize>>,
    ) -> bool {
        if let Some(span) = &span {
            self.reader.origins.insert(tree.spot.path().to_owned(), span.clone());
        }
        let is_blank = |node: &&Node| matches!(&node.value, Value::Text(text) if text.trim().is_empty());
        // `blanks = "zero"` applies to blank rows as well as to blank cells.
        let Some(node) = node.filter(|node| !(self.zero && is_blank(node))) else {
            self.absent(tree, span.or(above.cloned()));
            return false;
        };
        let is_section = tree.spot.path() == self.key;
        if let (Some(record), true) = (tree.record, tree.children.is_empty() && !is_section) {
            self.reader.origins.insert(record.path.clone(), node.span.clone());
            let Some(cells) = row::cells(self.reader, node, record) else { return true };
            let there = self.row(record, &cells, &node.span);
            if !there {
                self.absent(tree, Some(node.span.clone()));
            }
            return there;
        }
        let Value::Table(entries) = &node.value else {
            let keys: Vec<&str> = known_keys(tree);
            let hint = MediumWords::of_file(format!("下面要写的键有：{}", keys.join("、")));
            self.reader.wrong_kind(node, &tree.spot, TABLE, hint);
            return true;
        };
        let entries = Entries::new(entries);
        let mut known = known_keys(tree);
        if is_section {
            known.push(NOTE);
            if self.table.extra_rows {
                known.push(EXTRA);
            }
            known.extend(&self.others);
        }
        self.reader.unknown_keys(entries, &tree.spot, &known);
        let here = span.unwrap_or(node.span.clone());
        let before = self.missing.len();
        let mut there = false;
        if let Some(record) = tree.record {
            let cells = row::by_column(entries, record);
            let has_cells = self.row(record, &cells, &here);
            if !has_cells {
                self.absent_row(record, Some(here.clone()));
            }
            there |= has_cells;
        }
        for child in &tree.children {
            there |= self.branch(child, entries.get(child.key), entries.key_span(child.key), Some(&here));
        }
        if !there && self.missing.len() > before {
            self.missing.truncate(before);
            self.missing.push((tree.spot.clone(), Some(here)));
        }
        there
    }

    /// Reads the cells of a row; returns whether the file has any.
    pub(super) fn row(&mut self, record: &Record, cells: &[Option<&Node>], span: &Range<usize>) -> bool {
        let mut there = false;
        let mut absent = Vec::new();
        for (address, node) in record.figures.iter().zip(cells) {
            let Some(node) = node else {
                absent.push(address);
                continue;
            };
            there = true;
            self.reader.origins.insert(address.path.clone(), node.span.clone());
            let Some(mut cell) = cell::read(self.reader, node, address, self.table.digits) else { continue };
            if cell.figure == Figure::Blank && self.zero {
                if self.form.is_total(record, address) {
                    self.left_out.insert(address.path.clone());
                    continue;
                }
                cell.figure = Figure::Number(Number::ZERO);
            } else if cell.figure == Figure::Blank {
                self.leave_blank(record, address, &node.span);
            }
            self.figures.insert(address.path.clone(), cell);
        }
        if there {
            for address in absent {
                self.absent_cell(record, address, span);
            }
        }
        there
    }

    /// Handles a key that is not in the file: its rows are missing, computed or zero.
    fn absent(&mut self, tree: &Tree<'_>, span: Option<Range<usize>>) {
        let records = tree.records();
        let needed = records.iter().any(|record| !self.form.is_total_row(record));
        if needed && !self.zero {
            self.missing.push((tree.spot.clone(), span));
            return;
        }
        for record in records {
            self.absent_row(record, span.clone());
        }
    }

    /// Handles a row that is not in the file: it is missing, computed or zero.
    pub(super) fn absent_row(&mut self, record: &Record, span: Option<Range<usize>>) {
        let is_computed = self.form.is_total_row(record);
        if !is_computed && !self.zero {
            self.missing.push((Spot::new(record.path.as_str(), &record.place), span));
            return;
        }
        for address in &record.figures {
            if self.form.is_total(record, address) {
                self.left_out.insert(address.path.clone());
            } else {
                self.insert_zero(address);
            }
        }
    }

    /// Handles a cell that is not in the file although its row is: it is missing, computed or zero.
    fn absent_cell(&mut self, record: &Record, address: &Address, span: &Range<usize>) {
        let is_row_total = self.form.total_column(record) == Some(address.column.as_str());
        if is_row_total || (self.zero && self.form.is_total(record, address)) {
            self.left_out.insert(address.path.clone());
        } else if self.zero {
            self.insert_zero(address);
        } else {
            self.missing.push((Spot::new(address.path.as_str(), &address.place), Some(span.clone())));
        }
    }

    fn insert_zero(&mut self, address: &Address) {
        let cell = Cell { figure: Figure::Number(Number::ZERO), note: None, unit: None, computed: false };
        self.figures.insert(address.path.clone(), cell);
    }

    fn note(&mut self, entries: Entries<'_>, tree: &Tree<'_>) -> Option<String> {
        // A row of the form with that key takes precedence.
        if known_keys(tree).contains(&NOTE) {
            return None;
        }
        self.reader.optional_words(entries, &tree.spot, NOTE, Lines::Many)
    }

    /// Notes a cell that was left blank on purpose.
    fn leave_blank(&mut self, record: &Record, address: &Address, span: &Range<usize>) {
        let name = short_name(record);
        let column = address.label().to_owned();
        match self.blank.last_mut().filter(|last| last.name == name) {
            Some(row) => row.columns.push(column),
            None => self.blank.push(BlankRow {
                name,
                columns: vec![column],
                width: record.figures.iter().filter(|figure| !self.form.is_total(record, figure)).count(),
                span: span.clone(),
            }),
        }
    }

    /// Reports what is missing, and in one finding all rows with blank cells.
    fn finish(self) {
        for (spot, span) in self.missing {
            let finding = self
                .reader
                .missing(&spot, Message::from(format!("缺少“{}”", spot.words())).path(spot.path().to_owned()))
                .hint(Remedy::FillFigures { zero: fields::name("blanks") });
            self.reader.add(finding, span);
        }
        let Some(first) = self.blank.first() else { return };
        let span = first.span.clone();
        let cells: usize = self.blank.iter().map(|row| row.columns.len()).sum();
        let mut rows: Vec<String> = self.blank.iter().take(NAMED_ROWS).map(BlankRow::in_words).collect();
        let more = self.blank.len() - rows.len();
        if more > 0 {
            rows.push(format!("另有{more}行"));
        }
        let message = format!("{}有{cells}格有意留空：{}", self.table.name, rows.join("；"));
        let finding = Finding::new(Rule::Blank, Severity::Warning, self.key, message)
            .place(self.table.name.as_str())
            .hint(Remedy::FillBlanks { zero: fields::name("blanks") });
        self.reader.add(finding, Some(span));
    }
}

/// The blank rows that a finding names; it gives the number of the others.
const NAMED_ROWS: usize = 8;

/// A row with cells that were left blank on purpose.
#[derive(Debug)]
struct BlankRow {
    name: String,
    /// The columns of the blank cells.
    columns: Vec<String>,
    /// Number of columns of the row, its total not counted.
    width: usize,
    /// Bytes of the first blank cell in the file.
    span: Range<usize>,
}

impl BlankRow {
    /// The row by its name; with its columns where only some are blank.
    fn in_words(&self) -> String {
        if self.columns.len() >= self.width && self.width > 1 {
            return format!("{}（整行）", self.name);
        }
        match self.columns.len() {
            0..=NAMED_COLUMNS => format!("{}（{}）", self.name, self.columns.join("、")),
            cells => format!("{}（{cells}格）", self.name),
        }
    }
}

/// The blank cells of a row that a finding names; it gives the number of the others.
const NAMED_COLUMNS: usize = 2;

/// The words of a row alone; with those of its group where many groups have such a row: 3.其他.
fn short_name(record: &Record) -> String {
    let words: Vec<&str> = record.place.parts().iter().skip(1).map(PlacePart::words).collect();
    let is_common = words.last().is_some_and(|last| last.ends_with("其他"));
    words[words.len().saturating_sub(if is_common { 2 } else { 1 })..].join(" ")
}

/// Returns the keys that may be written below a key of the form.
fn known_keys<'r>(tree: &Tree<'r>) -> Vec<&'r str> {
    let columns =
        tree.record.into_iter().flat_map(|record| &record.figures).map(|address| address.column.as_str());
    columns.chain(tree.children.iter().map(|child| child.key)).collect()
}

/// Reports computed totals that have more digits than a cell of their table may have.
pub(super) fn computed_too_large(reader: &mut Reader<'_>, report: &Report, form: &Form) {
    for record in report.records(form).iter() {
        let Some(table) = form.tables.get(section(&record.path)) else { continue };
        for address in &record.figures {
            let Some(Cell { figure: Figure::Number(number), computed: true, .. }) =
                report.figures.get(&address.path)
            else {
                continue;
            };
            if number.whole_part() >= 10_u64.saturating_pow(table.digits) {
                let spot = Spot::new(address.path.as_str(), &address.place);
                let message = format!("算出来的数太大：{number}，这张表里最多{}位", table.digits);
                let finding = reader.shape(&spot, message, "");
                let span = reader.origins.get(&record.path).cloned();
                reader.add(finding, span);
            }
        }
    }
}
