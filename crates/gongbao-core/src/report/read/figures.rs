//! The tables: each figure of the form looked for, in whatever notation its row has.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    cell, extras,
    fields::Fields,
    reader::{Lines, Reader, kind},
    row::{self, column_words},
    spot::Spot,
    tree::Tree,
};
use crate::{
    finding::{Finding, Rule, Severity},
    form::{Address, Form, Record, Table, section},
    report::{Cell, Figure, Number, Report},
    syntax::{Node, Value},
};

/// Under a table.
const NOTE: &str = "note";
/// A locality's rows.
pub(super) const EXTRA: &str = "extra";

/// What a section of the file is read into.
pub(super) struct Section<'a, 's> {
    pub(super) reader: &'a mut Reader<'s>,
    pub(super) form: &'a Form,
    pub(super) key: &'a str,
    pub(super) table: &'a Table,
    /// `blanks = "zero"`.
    zero: bool,
    figures: &'a mut BTreeMap<String, Cell>,
    /// Figures that the file leaves out and that are to be computed.
    left_out: &'a mut BTreeSet<String>,
    missing: Vec<(Spot, Option<Range<usize>>)>,
    /// Cells left blank on purpose: row, column, place in the file.
    blank: Vec<(String, String, Range<usize>)>,
}

/// Reads all tables; gives the paths of the figures that are to be computed.
pub(super) fn read(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
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
            missing: Vec::new(),
            blank: Vec::new(),
        };
        let node = fields.get(key);
        section.branch(&tree, node, fields.key_span(key), None);
        if let Some(Node { value: Value::Table(entries), .. }) = node {
            let entries = Fields::new(entries);
            if let Some(note) = section.note(&entries, &tree) {
                report.notes.insert(key.to_owned(), note);
            }
            let extras = extras::read(&mut section, &entries, records);
            if !extras.is_empty() {
                report.extras.insert(key.to_owned(), extras);
            }
        }
        section.finish();
    }
    left_out
}

impl Section<'_, '_> {
    /// Reads what stands at a key of the form and under it; whether there is any figure at all.
    ///
    /// `span` is where the key stands, `above` where the table stands that should hold it.
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
        // `blanks = "zero"` takes in rows that are blank, not only cells.
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
            let message = format!("“{}”应当是一组键和值，这里写的是{}", tree.spot.words(), kind(&node.value));
            let finding =
                self.reader.shape(&tree.spot, message, &format!("下面要写的键有：{}", keys.join("、")));
            self.reader.add(finding, Some(node.span.clone()));
            return true;
        };
        let fields = Fields::new(entries);
        let mut known = known_keys(tree);
        if is_section {
            known.push(NOTE);
            if self.table.extra_rows {
                known.push(EXTRA);
            }
        }
        self.reader.unknown_keys(&fields, &tree.spot, Some(&known));
        let here = span.unwrap_or(node.span.clone());
        let before = self.missing.len();
        let mut there = false;
        if let Some(record) = tree.record {
            let cells = row::by_column(&fields, record);
            let has_cells = self.row(record, &cells, &here);
            if !has_cells {
                self.absent_row(record, Some(here.clone()));
            }
            there |= has_cells;
        }
        for child in &tree.children {
            there |= self.branch(child, fields.get(child.key), fields.key_span(child.key), Some(&here));
        }
        if !there && self.missing.len() > before {
            self.missing.truncate(before);
            self.missing.push((tree.spot.clone(), Some(here)));
        }
        there
    }

    /// Reads the cells of a row; whether there is any.
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
                let row = record.place.strip_prefix(&self.table.name).unwrap_or(&record.place);
                let row = row.trim_start_matches(" › ").to_owned();
                self.blank.push((row, column_words(address, record).to_owned(), node.span.clone()));
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

    /// What becomes of all rows at and under a key that is not there.
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

    /// What becomes of a row that is not there.
    pub(super) fn absent_row(&mut self, record: &Record, span: Option<Range<usize>>) {
        let is_computed = self.form.is_total_row(record);
        if !is_computed && !self.zero {
            self.missing.push((Spot::new(record.path.as_str(), record.place.as_str()), span));
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

    /// What becomes of a cell that is not there, in a row that is.
    fn absent_cell(&mut self, record: &Record, address: &Address, span: &Range<usize>) {
        let is_row_total = self.form.total_column(record) == Some(address.column.as_str());
        if is_row_total || (self.zero && self.form.is_total(record, address)) {
            self.left_out.insert(address.path.clone());
        } else if self.zero {
            self.insert_zero(address);
        } else {
            self.missing.push((Spot::new(address.path.as_str(), address.place.as_str()), Some(span.clone())));
        }
    }

    fn insert_zero(&mut self, address: &Address) {
        let cell = Cell { figure: Figure::Number(Number::ZERO), note: None, unit: None, computed: false };
        self.figures.insert(address.path.clone(), cell);
    }

    fn note(&mut self, fields: &Fields<'_>, tree: &Tree<'_>) -> Option<String> {
        // A row of that name goes before.
        if known_keys(tree).contains(&NOTE) {
            return None;
        }
        self.reader.optional(fields, &tree.spot, NOTE, Lines::Many)
    }

    /// Adds what is missing, and how much is blank.
    fn finish(self) {
        for (spot, span) in self.missing {
            let finding = self
                .reader
                .missing(&spot, format!("缺少“{}”（{}）", spot.words(), spot.path()))
                .hint("没有发生的填 0；凡是没写的都算作 0 的，在报告头写 blanks = \"zero\"");
            self.reader.add(finding, span);
        }
        let Some((_, _, span)) = self.blank.first() else { return };
        let span = span.clone();
        let mut rows: Vec<(&str, Vec<&str>)> = Vec::new();
        for (row, column, _) in &self.blank {
            match rows.last_mut() {
                Some((last, columns)) if last == row => columns.push(column),
                _ => rows.push((row, vec![column])),
            }
        }
        let rows: Vec<String> =
            rows.iter().map(|(row, columns)| format!("{row}（{}）", columns.join("、"))).collect();
        let message = format!("{}有{}格有意留空：{}", self.table.name, self.blank.len(), rows.join("；"));
        let finding = Finding::new(Rule::Blank, Severity::Warning, self.key, message)
            .place(self.table.name.as_str())
            .hint("没有发生的填 0，不适用的填 \"/\"；空格都算作 0 的，在报告头写 blanks = \"zero\"");
        self.reader.add(finding, Some(span));
    }
}

/// The keys that may stand under a key of the form.
fn known_keys<'r>(tree: &Tree<'r>) -> Vec<&'r str> {
    let columns =
        tree.record.into_iter().flat_map(|record| &record.figures).map(|address| address.column.as_str());
    columns.chain(tree.children.iter().map(|child| child.key)).collect()
}

/// Complains of computed totals that are larger than a cell of their table may be.
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
                let spot = Spot::new(address.path.as_str(), address.place.as_str());
                let message = format!("算出来的数太大：{number}，这张表里最多{}位", table.digits);
                let finding = reader.shape(&spot, message, "");
                let span = reader.origins.get(&record.path).cloned();
                reader.add(finding, span);
            }
        }
    }
}
