//! Reads a row of figures in each of its notations.

use super::{cell, reader::Reader, spot::Spot};
use crate::{
    form::Record,
    report::Number,
    syntax::{Entries, Node, StrictReader, Value},
};

/// Returns the cells of a row in the order of the form, `None` for each that is left out. Returns no row if the value
/// is none, which is reported.
pub(super) fn cells<'n>(
    reader: &mut Reader<'_>,
    node: &'n Node,
    record: &Record,
) -> Option<Vec<Option<&'n Node>>> {
    let spot = Spot::new(record.path.as_str(), &record.place);
    let single = record.figures.len() == 1;
    match &node.value {
        Value::List(items) => {
            if let Some(extra) = items.get(record.figures.len()) {
                let finding = reader.shape(
                    &spot,
                    format!(
                        "“{}”这一行有{}格，格式里只有{}格",
                        spot.words(),
                        items.len(),
                        record.figures.len()
                    ),
                    format!("依次是：{}", columns(record)),
                );
                reader.add(finding, Some(extra.span.clone()));
            }
            Some(
                (0..record.figures.len())
                    .map(|at| items.get(at).filter(|item| item.value != Value::Null))
                    .collect(),
            )
        }
        Value::Table(entries) if single && is_cell(entries, record) => Some(vec![Some(node)]),
        Value::Table(entries) => {
            let known: Vec<&str> = record.figures.iter().map(|address| address.column.as_str()).collect();
            let entries = Entries::new(entries);
            reader.unknown_keys(entries, &spot, &known);
            Some(by_column(entries, record))
        }
        _ if single || is_zero(&node.value) => Some(vec![Some(node); record.figures.len()]),
        _ => {
            let wanted = format!("{}格的数组", record.figures.len());
            let hint = format!("依次写：{}；整行都是 0 的，可以只写 0", columns(record));
            reader.wrong_kind(node, &spot, wanted, hint);
            None
        }
    }
}

/// Returns the cells of a table keyed by column, in the order of the form.
pub(super) fn by_column<'n>(entries: Entries<'n>, record: &Record) -> Vec<Option<&'n Node>> {
    record.figures.iter().map(|address| entries.get(&address.column)).collect()
}

fn columns(record: &Record) -> String {
    let words: Vec<&str> = record.figures.iter().map(|address| address.label()).collect();
    words.join("、")
}

/// Whether a table in a row of one figure is that figure's cell rather than a table keyed by column.
fn is_cell(entries: &[(crate::syntax::Key, Node)], record: &Record) -> bool {
    let has = |name: &str| entries.iter().any(|(key, _)| key.name == name);
    cell::KEYS.iter().any(|key| has(key)) && !record.figures.iter().any(|address| has(&address.column))
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::Number(text) | Value::Text(text) => Number::parse(text) == Ok(Number::ZERO),
        _ => false,
    }
}
