//! TOML parser.

mod duplicate;
mod scan;
mod wording;

use std::{ops::Range, sync::Arc};

use ::toml::{
    Spanned,
    de::{DeTable, DeValue, Error},
};

use super::{
    Key, Node, Source, Value, depth,
    error::{ordered, unreadable},
};
use crate::finding::Finding;

/// Files larger than this are parsed up to the first error only: the parser keeps all errors in memory, and a hostile
/// file can have millions.
const MANY_ERRORS: usize = 1 << 18;

/// Parses a TOML document.
///
/// # Errors
/// The syntax errors.
pub(super) fn parse(source: &Arc<Source>) -> Result<Node, Vec<Finding>> {
    let text = source.text.as_str();
    if let Some(span) = scan::too_deep(text) {
        return Err(vec![depth::too_deep(source, span)]);
    }
    let (table, errors) = if text.len() > MANY_ERRORS {
        match DeTable::parse(text) {
            Ok(table) => (table, Vec::new()),
            Err(error) => (Spanned::new(0..0, DeTable::new()), vec![error]),
        }
    } else {
        DeTable::parse_recoverable(text)
    };
    if !errors.is_empty() {
        let errors = without_followups(&errors);
        let start = |error: &&Error| error.span().map_or(0, |span| span.start);
        return Err(ordered(source, errors, start, |error| finding(source, error)));
    }
    let entries = entries(source, table.get_ref(), 1).map_err(|finding| vec![*finding])?;
    Ok(Node { value: Value::Table(entries), span: 0..text.len() })
}

/// Drops errors that follow from an unclosed bracket: the parser takes each line below it for an item without a comma.
fn without_followups(errors: &[Error]) -> Vec<&Error> {
    let mut kept: Vec<&Error> = Vec::with_capacity(errors.len());
    let mut last = "";
    for error in errors {
        if !(error.message() == last && last.starts_with("missing comma")) {
            kept.push(error);
        }
        last = error.message();
    }
    kept
}

/// Entries of a table in the order of the file.
fn entries(
    source: &Arc<Source>,
    table: &DeTable<'_>,
    level: usize,
) -> Result<Vec<(Key, Node)>, Box<Finding>> {
    let mut entries = Vec::with_capacity(table.len());
    for (key, value) in table {
        let key = Key { name: key.get_ref().to_string(), span: key.span() };
        entries.push((key, node(source, value, level)?));
    }
    entries.sort_by_key(|(key, _)| key.span.start);
    Ok(entries)
}

/// Converts one value at nesting depth `level`.
fn node(source: &Arc<Source>, value: &Spanned<DeValue<'_>>, level: usize) -> Result<Node, Box<Finding>> {
    let span = value.span();
    let level = level + usize::from(matches!(value.get_ref(), DeValue::Array(_) | DeValue::Table(_)));
    if level > depth::LIMIT {
        return Err(Box::new(depth::too_deep(source, span)));
    }
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(_) | DeValue::Float(_) => Value::Number(written(source, &span)),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(_) => Value::Date(written(source, &span)),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| node(source, item, level)).collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => Value::Table(entries(source, table, level)?),
    };
    Ok(Node { value, span })
}

/// The source text at `span`.
fn written(source: &Source, span: &Range<usize>) -> String {
    source.text.get(span.clone()).unwrap_or_default().to_owned()
}

/// Finding for an error of the parser.
fn finding(source: &Arc<Source>, error: &Error) -> Finding {
    let text = source.text.as_str();
    let span = error.span().unwrap_or(0..0);
    match error.message() {
        message if message.starts_with("cannot recurse further") => depth::too_deep(source, span),
        "duplicate key" => {
            let key = text.get(span.clone()).unwrap_or_default();
            super::duplicate::finding(source, key, span.clone(), duplicate::first(text, &span))
        }
        message => {
            let wording = wording::of(message, text, &span);
            unreadable(source, wording.span.unwrap_or(span), wording.message).hint(wording.hint)
        }
    }
}
