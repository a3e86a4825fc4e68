//! Bounds of everything in a report that can grow. A report at all bounds is read, checked and typeset in seconds;
//! `docs/reliability.md` has the figures.

use std::ops::Range;

use super::{reader::Reader, spot::Spot};
use crate::syntax::{Key, Node, Value};

/// Most entries of a list by its key, wherever it stands. A county has a hundred bodies, a province some thousand.
const LISTS: [(&str, usize); 6] = [
    ("members", 5000),
    ("accepted", 500),
    ("corrections", 100),
    ("changes", 1000),
    ("extra", 200),
    ("roles", 50),
];

/// Most entries of all lists together.
const ALL: usize = 20_000;

/// Most paragraphs of all texts together; a long report has two hundred.
const PARAGRAPHS: usize = 3000;

/// Reports the first list that is longer than any report's; whether there is one. Such a file is not read further.
pub(super) fn are_exceeded(reader: &mut Reader<'_>, entries: &[(Key, Node)]) -> bool {
    let mut count = Count::default();
    let exceeded = entries.iter().find_map(|(key, node)| count.node(&key.name, node));
    let Some(Exceeded { key, most, what, span }) = exceeded else { return false };
    let message = format!("“{key}”太多：最多{most}{what}，任何一份报告都用不了这么多");
    let finding = reader.shape(&Spot::new(key, ""), message, "请检查是否选错了文件，或者重复粘贴了内容");
    reader.add(finding, Some(span));
    true
}

/// What is too long.
struct Exceeded {
    key: String,
    most: usize,
    what: &'static str,
    span: Range<usize>,
}

/// What was counted so far.
#[derive(Default)]
struct Count {
    entries: usize,
    paragraphs: usize,
}

impl Count {
    fn node(&mut self, key: &str, node: &Node) -> Option<Exceeded> {
        let exceeded =
            |most, what| Some(Exceeded { key: key.to_owned(), most, what, span: node.span.clone() });
        match &node.value {
            Value::Text(text) => {
                self.paragraphs +=
                    text.lines().filter(|line| !line.trim().is_empty()).count().saturating_sub(1);
                if self.paragraphs > PARAGRAPHS { exceeded(PARAGRAPHS, "段文字") } else { None }
            }
            Value::List(items) => {
                self.entries += items.len();
                let most = LISTS.iter().find(|(list, _)| *list == key).map_or(ALL, |(_, most)| *most);
                if items.len() > most {
                    return exceeded(most, "项");
                }
                if self.entries > ALL {
                    return exceeded(ALL, "项");
                }
                items.iter().find_map(|item| self.node(key, item))
            }
            Value::Table(entries) => entries.iter().find_map(|(key, node)| self.node(&key.name, node)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Date(_) => None,
        }
    }
}
