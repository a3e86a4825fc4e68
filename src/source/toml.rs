//! TOML into nodes.

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
    fullwidth::FullWidth,
    syntax::{settle, unreadable},
};
use crate::finding::Finding;

/// Beyond this many bytes only the first error is told: the parser keeps each error in memory, and a file
/// that is wrong all through has millions.
const MANY_ERRORS: usize = 1 << 20;

/// Reads a TOML document.
///
/// # Errors
/// What is wrong with its writing.
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
        return Err(settle(errors.iter().map(|error| finding(source, error)).collect()));
    }
    let entries = entries(source, table.get_ref(), 0).map_err(|finding| vec![*finding])?;
    Ok(Node { value: Value::Table(entries), span: 0..text.len() })
}

/// The entries of a table, in the order they were written.
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

/// One value, which stands within `level` others.
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

/// What stands there, as it was written.
fn written(source: &Source, span: &Range<usize>) -> String {
    source.text.get(span.clone()).unwrap_or_default().to_owned()
}

/// One of the parser's errors in plain words.
fn finding(source: &Arc<Source>, error: &Error) -> Finding {
    let text = source.text.as_str();
    let span = error.span().unwrap_or(0..0);
    if error.message().starts_with("cannot recurse further") {
        return depth::too_deep(source, span);
    }
    if error.message() == "duplicate key" {
        return duplicate::finding(source, span);
    }
    if let Some(mark) = FullWidth::in_line(text, span.start) {
        return unreadable(source, mark.span.clone(), mark.message()).hint(mark.hint());
    }
    let (message, hint) = wording::of(error.message());
    unreadable(source, span, message).hint(hint)
}
