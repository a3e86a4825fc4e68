//! Duplicate keys in a table.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{
    Key, Node, Source,
    error::{ordered, unreadable},
};
use crate::finding::Finding;

/// Finding for the second of two equal keys; it names the place of the first, if known.
pub(super) fn finding(
    source: &Arc<Source>,
    key: &str,
    second: Range<usize>,
    first: Option<usize>,
) -> Finding {
    let message = match first {
        Some(first) => format!("“{key}”重复：第{}行已经写过", source.line_column(first).0),
        None => format!("“{key}”重复：前面已经写过"),
    };
    unreadable(source, second, message).hint("同一项只能写一次，请核对后保留正确的一处，删去另一处")
}

/// A key that occurs in its table for the second time.
pub(super) struct Duplicate {
    key: Key,
    first: usize,
}

impl Duplicate {
    /// Duplicate keys among the entries of a table.
    pub(super) fn among(entries: &[(Key, Node)]) -> Vec<Self> {
        let mut first = HashMap::with_capacity(entries.len());
        let mut duplicates = Vec::new();
        for (key, _) in entries {
            match first.get(key.name.as_str()) {
                Some(at) => duplicates.push(Self { key: key.clone(), first: *at }),
                None => {
                    first.insert(key.name.as_str(), key.span.start);
                }
            }
        }
        duplicates
    }

    /// Findings for all duplicates.
    pub(super) fn findings(source: &Arc<Source>, duplicates: Vec<Self>) -> Vec<Finding> {
        let start = |duplicate: &Self| duplicate.key.span.start;
        ordered(source, duplicates, start, |Self { key, first }| {
            finding(source, &key.name, key.span, Some(first))
        })
    }
}
