//! Reads the sheets 注释 and 审核, which are lists of rows.

use super::{Draft, Form, Found, Pos, Value, figures, text};
use crate::workbook::{
    YES, json_text,
    layout::{CorrectionColumn, List, ListKind, correction_columns},
    names::{self, plain},
};
use gongbao_core::{
    finding::Rule,
    form::Record,
    report::{
        extra_record,
        fields::{ACCEPTED, CHANGES, CORRECTIONS, FieldKind, MEMBERS, PUBLISHED},
    },
    syntax::{Key, Node},
    text::SheetCell,
};

/// A row of a list: its present row number, and the values of its columns.
pub(super) type Row = (u32, Vec<Value>);

/// Returns the filled rows of a list: from its headings down to the next label.
pub(super) fn rows_of(found: &Found<'_>, list: &List) -> Vec<Row> {
    let Some(first) = found.at(list.at) else { return Vec::new() };
    let below = found
        .sheet
        .labels
        .iter()
        .map(|label| label.at.row)
        .filter(|row| *row > list.at.row + if list.kind == ListKind::TableNotes { list.rows } else { 0 });
    let end = below.min().and_then(|row| found.at(Pos::new(row, list.at.column))).map(|at| at.row);
    let columns = first.column..first.column.saturating_add(list.columns);
    let mut rows: Vec<Row> = Vec::new();
    let from = Pos::new(first.row + 1, 0);
    for (at, content) in found.page.cells.range(from..) {
        if end.is_some_and(|end| at.row >= end) {
            break;
        }
        if content.value == Value::Null || !columns.contains(&at.column) {
            continue;
        }
        if rows.last().is_none_or(|(row, _)| *row != at.row) {
            rows.push((at.row, vec![Value::Null; usize::from(list.columns)]));
        }
        if let Some(value) =
            rows.last_mut().and_then(|(_, values)| values.get_mut(usize::from(at.column - first.column)))
        {
            *value = content.value.clone();
        }
    }
    rows
}

/// Returns the trimmed text of a value; `None` if it is empty.
fn words(value: Option<&Value>) -> Option<String> {
    match value {
        Some(Value::Text(words) | Value::Number(words) | Value::Date(words)) => {
            Some(words.trim().to_owned()).filter(|words| !words.is_empty())
        }
        _ => None,
    }
}

/// Returns the cell of a column in a row.
fn cell(found: &Found<'_>, list: &List, row: u32, column: u16) -> SheetCell {
    let first = found.at(list.at).unwrap_or(list.at);
    Pos::new(row, first.column + column).in_sheet(&found.page.name)
}

/// Notes and units of figures.
#[derive(Debug, Default)]
pub(super) struct CellNotes {
    notes: Vec<(String, CellNote)>,
    pub(super) unplaced: Vec<Unplaced>,
}

/// Note and unit of a figure, each with its cell.
#[derive(Debug, Default)]
pub(super) struct CellNote {
    pub(super) note: Option<(String, SheetCell)>,
    pub(super) unit: Option<(String, SheetCell)>,
}

/// A row of the sheet that names no known figure.
#[derive(Debug)]
pub(super) struct Unplaced {
    pub(super) at: SheetCell,
    pub(super) message: String,
    pub(super) hint: &'static str,
}

impl CellNotes {
    pub(super) fn of(&self, path: &str) -> Option<&CellNote> {
        self.notes.iter().find(|(known, _)| known == path).map(|(_, note)| note)
    }
}

/// Reads the notes and units of figures.
pub(super) fn cell_notes(form: &Form, found: &Found<'_>) -> CellNotes {
    let mut notes = CellNotes::default();
    let Some(list) = found.sheet.list(ListKind::CellNotes) else { return notes };
    let mut records = form.records().to_vec();
    records.extend(extras(form, found).into_iter().filter_map(|extra| extra.record));
    let known = names::rows(&records);
    for (row, values) in rows_of(found, list) {
        let at = |column| cell(found, list, row, column);
        let name = words(values.first()).unwrap_or_default();
        let record = known
            .iter()
            .zip(&records)
            .find(|((known, path), _)| plain(known) == plain(&name) || *path == name)
            .map(|(_, record)| record);
        let Some(record) = record else {
            let message = format!("没有“{name}”这一行");
            notes.unplaced.push(Unplaced { at: at(0), message, hint: "请从下拉框里选" });
            continue;
        };
        let column = words(values.get(1)).unwrap_or_default();
        let address = record.figures.iter().find(|address| {
            plain(address.label()) == plain(&column) || record.figures.len() == 1 && column.is_empty()
        });
        let Some(address) = address else {
            let message = format!("“{name}”这一行没有“{column}”这一列");
            notes
                .unplaced
                .push(Unplaced { at: at(1), message, hint: "请从下拉框里选这一行有的列" });
            continue;
        };
        let unit = words(values.get(2)).map(|words| (words, at(2)));
        let note = words(values.get(3)).map(|words| (words, at(3)));
        if notes.of(&address.path).is_some() {
            let message = format!("“{}”的说明写了不止一行", address.place);
            notes
                .unplaced
                .push(Unplaced { at: at(0), message, hint: "一格只能有一处说明，请合成一行" });
            continue;
        }
        notes.notes.push((address.path.clone(), CellNote { note, unit }));
    }
    notes
}

/// A row that a locality added, as on the sheet.
struct ExtraRow {
    row: u32,
    section: String,
    after: String,
    values: Vec<Value>,
    /// The row of figures; `None` if the row it follows is unknown.
    record: Option<Record>,
}

/// Returns the rows that a locality added, numbered within each section.
fn extras(form: &Form, found: &Found<'_>) -> Vec<ExtraRow> {
    let Some(list) = found.sheet.list(ListKind::Extras) else { return Vec::new() };
    let after = names::after(form);
    let records = form.records();
    let mut rows: Vec<ExtraRow> = Vec::new();
    for (row, values) in rows_of(found, list) {
        let name = words(values.first()).unwrap_or_default();
        let known = after.iter().find(|(known, _, path)| plain(known) == plain(&name) || *path == name);
        let section = known.map(|(_, section, _)| section.clone());
        let Some(section) = section.or_else(|| after.first().map(|(_, section, _)| section.clone())) else {
            continue;
        };
        let number = rows.iter().filter(|row| row.section == section).count() + 1;
        let label = words(values.get(1)).unwrap_or_default();
        let record = known.and_then(|(_, section, path)| {
            let path = format!("{section}.{path}");
            let after = records.iter().find(|record| record.path == path)?;
            Some(extra_record(after, section, number, &label))
        });
        let after = known.map_or(name, |(_, _, path)| path.clone());
        rows.push(ExtraRow { row, section, after, values, record });
    }
    rows
}

/// Reads the notes under tables and the rows that a locality added.
pub(super) fn notes(draft: &mut Draft, found: &Found<'_>, form: &Form, cell_notes: &CellNotes) {
    if let Some(list) = found.sheet.list(ListKind::TableNotes) {
        for (row, values) in rows_of(found, list) {
            let name = words(values.first()).unwrap_or_default();
            let Some(note) = words(values.get(1)) else { continue };
            let table = form.tables().find(|(_, table)| plain(&table.name) == plain(&name));
            let at = cell(found, list, row, 1);
            match table {
                Some((key, _)) => draft.put(&format!("{key}.note"), text(note), at),
                None => {
                    draft.complain(at, Rule::Shape, format!("没有“{name}”这张表"), "请写在各表自己的一行")
                }
            }
        }
    }
    let Some(list) = found.sheet.list(ListKind::Extras) else { return };
    let mut sections: Vec<(String, Vec<Node>)> = Vec::new();
    for extra in extras(form, found) {
        let node = extra_node(draft, found, list, &extra, cell_notes);
        match sections.iter_mut().find(|(section, _)| *section == extra.section) {
            Some((_, nodes)) => nodes.push(node),
            None => sections.push((extra.section.clone(), vec![node])),
        }
    }
    for (section, nodes) in sections {
        let span = nodes.first().map_or(0..0, |node| node.span.clone());
        draft.insert(&format!("{section}.extra"), Node { value: Value::List(nodes), span });
    }
}

fn extra_node(
    draft: &mut Draft,
    found: &Found<'_>,
    list: &List,
    extra: &ExtraRow,
    notes: &CellNotes,
) -> Node {
    let at = |column| cell(found, list, extra.row, column);
    let after = if extra.after.is_empty() { Value::Null } else { text(extra.after.clone()) };
    let after = draft.node(after, at(0));
    let span = after.span.clone();
    let label = words(extra.values.get(1)).map_or(Value::Null, text);
    let label = draft.node(label, at(1));
    let key = |name: &str, node: &Node| Key { name: name.to_owned(), span: node.span.clone() };
    let mut entries = vec![(key("after", &after), after), (key("label", &label), label)];
    if let Some(record) = &extra.record {
        draft.position(&record.path, span.clone());
        let mut figures = Vec::new();
        for (column, address) in (2..).zip(&record.figures) {
            let sheet_cell = at(column);
            let first = found.at(list.at).unwrap_or(list.at);
            let value = figures::plain_value(found, Pos::new(extra.row, first.column + column));
            let node = figures::node(draft, address, value, sheet_cell, notes);
            draft.position(&address.path, node.span.clone());
            figures.push(node);
        }
        let node = Node { value: Value::List(figures), span: span.clone() };
        entries.push((key("figures", &node), node));
    }
    Node { value: Value::Table(entries), span }
}

/// Reads accepted findings, members, publication and corrections.
pub(super) fn review(draft: &mut Draft, found: &Found<'_>) {
    let nodes = list_nodes(draft, found, ListKind::Accepted, &ACCEPTED.keys());
    put_list(draft, ACCEPTED.spec.key, nodes);
    let nodes = list_nodes(draft, found, ListKind::Members, &MEMBERS.keys());
    put_list(draft, MEMBERS.spec.key, nodes);
    if let Some(node) = list_nodes(draft, found, ListKind::Published, &PUBLISHED.keys()).into_iter().next() {
        draft.position(PUBLISHED.spec.key, node.span.clone());
        draft.insert(PUBLISHED.spec.key, node);
    }
    if let Some(list) = found.sheet.list(ListKind::Corrections) {
        corrections(draft, found, list);
    }
}

/// Returns the rows of a list as tables, one column for each key.
fn list_nodes(draft: &mut Draft, found: &Found<'_>, kind: ListKind, keys: &[&str]) -> Vec<Node> {
    let Some(list) = found.sheet.list(kind) else { return Vec::new() };
    // A report is published once: one row.
    let most = if kind == ListKind::Published { 1 } else { usize::MAX };
    let rows = rows_of(found, list).into_iter().take(most);
    rows.map(|(row, values)| {
        let entries = keys.iter().zip(&values).zip(0..).map(|((key, value), column)| {
            (*key, words(Some(value)).map_or(Value::Null, text), cell(found, list, row, column))
        });
        table(draft, entries.collect())
    })
    .collect()
}

/// Reads the corrections; rows with equal numbers are one correction.
fn corrections(draft: &mut Draft, found: &Found<'_>, list: &List) {
    let mut grouped: Vec<(String, Vec<Row>)> = Vec::new();
    for (row, values) in rows_of(found, list) {
        let number = words(values.first()).unwrap_or_default();
        match grouped.last_mut() {
            Some((known, rows)) if *known == number => rows.push((row, values)),
            _ => grouped.push((number, vec![(row, values)])),
        }
    }
    let nodes = grouped.iter().filter_map(|(_, rows)| correction(draft, found, list, rows));
    let nodes: Vec<Node> = nodes.collect();
    put_list(draft, CORRECTIONS.spec.key, nodes);
}

/// Creates the node of a correction, with a change for each row that names a path.
fn correction(draft: &mut Draft, found: &Found<'_>, list: &List, rows: &[Row]) -> Option<Node> {
    let (first, values) = rows.first()?;
    let columns = correction_columns();
    let mut entries: Vec<(&str, Node)> = Vec::new();
    for (column, at) in columns.iter().zip(0_u16..) {
        match column {
            CorrectionColumn::Correction(field) => {
                let value = words(values.get(usize::from(at)));
                if field.spec.required || value.is_some() {
                    let node = draft.node(value.map_or(Value::Null, text), cell(found, list, *first, at));
                    entries.push((field.spec.key, node));
                }
            }
            // The changes are one list, in place of the columns of their keys.
            CorrectionColumn::Change(field) if field.spec.required => {
                let named = rows.iter().filter(|(_, values)| words(values.get(usize::from(at))).is_some());
                let changes = named.map(|(row, values)| change(draft, found, list, *row, values)).collect();
                entries.push((CHANGES.spec.key, Node { value: Value::List(changes), span: 0..0 }));
            }
            CorrectionColumn::Number | CorrectionColumn::Change(_) => {}
        }
    }
    // Findings about the whole correction point at its first cell.
    let span = entries.first().map_or(0..0, |(_, node)| node.span.clone());
    let entries = entries.into_iter().map(|(key, mut node)| {
        if let Value::List(_) = node.value {
            node.span = span.clone();
        }
        (Key { name: key.to_owned(), span: span.clone() }, node)
    });
    Some(Node { value: Value::Table(entries.collect()), span: span.clone() })
}

/// Creates the node of one change.
fn change(draft: &mut Draft, found: &Found<'_>, list: &List, row: u32, values: &[Value]) -> Node {
    let mut entries = Vec::new();
    for (column, at) in correction_columns().iter().zip(0_u16..) {
        let CorrectionColumn::Change(field) = column else { continue };
        let given = values.get(usize::from(at));
        let value = match field.spec.kind {
            // Verbatim, white space included.
            FieldKind::Quoted => match given {
                Some(Value::Text(words) | Value::Number(words) | Value::Date(words)) => {
                    from_json(&json_text::read(words))
                }
                _ => from_json(&json_text::read("")),
            },
            FieldKind::Flag if words(given).is_some_and(|words| words == YES) => Value::Bool(true),
            FieldKind::Flag => continue,
            _ => words(given).map_or(Value::Null, text),
        };
        entries.push((field.spec.key, value, cell(found, list, row, at)));
    }
    table(draft, entries)
}

/// Converts JSON to a value of the tree.
fn from_json(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Number(number) => Value::Number(number.to_string()),
        serde_json::Value::String(text) => Value::Text(text.clone()),
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Object(map) => {
            let node = |value| Node { value: from_json(value), span: 0..0 };
            let entries =
                map.iter().map(|(name, value)| (Key { name: name.clone(), span: 0..0 }, node(value)));
            Value::Table(entries.collect())
        }
        other => Value::Text(other.to_string()),
    }
}

/// Creates a table of values, each with its cell; its place is that of the first one.
fn table(draft: &mut Draft, entries: Vec<(&str, Value, SheetCell)>) -> Node {
    let mut nodes = Vec::new();
    for (name, value, at) in entries {
        let node = draft.node(value, at);
        nodes.push((Key { name: name.to_owned(), span: node.span.clone() }, node));
    }
    let span = nodes.first().map_or(0..0, |(_, node)| node.span.clone());
    Node { value: Value::Table(nodes), span }
}

fn put_list(draft: &mut Draft, key: &str, nodes: Vec<Node>) {
    if let Some(first) = nodes.first() {
        let span = first.span.clone();
        draft.position(key, span.clone());
        draft.insert(key, Node { value: Value::List(nodes), span });
    }
}
