//! Reads the sheets of texts.

use std::{collections::BTreeMap, ops::Range};

use super::{Draft, Form, Found, Pos, Value, lists::rows_of};
use crate::workbook::{
    layout::{List, ListKind},
    level::{self, Counter},
    names::{self, plain},
};
use gongbao_core::{
    finding::Rule,
    report::{self, normalised},
    syntax::Node,
    text::SheetCell,
};

/// A row of a list of paragraphs: level and words, and the cell of the words.
struct Line {
    level: Value,
    words: Value,
    cell: SheetCell,
}

/// Reads the paragraphs of a text; a paragraph with a chosen level but no ordinal gets the next ordinal.
pub(super) fn read(draft: &mut Draft, found: &Found<'_>, key: &str) {
    let Some(list) = found.sheet.list(ListKind::Paragraphs) else { return };
    let lines =
        rows_of(found, list).into_iter().filter_map(|(row, values)| line(found, list, row, 0, values));
    match paragraphs(draft, lines.collect(), &mut Counter::default()) {
        Some(node) => {
            draft.position(key, node.span.clone());
            draft.insert(key, node);
        }
        None => {
            let at = found.at(Pos::new(list.at.row + 1, list.at.column + 1)).unwrap_or(list.at);
            draft.put(key, Value::Null, at.in_sheet(&found.page.name));
        }
    }
}

/// Reads the texts beside the tables; a row without a place belongs to the place of the row above.
pub(super) fn passages(draft: &mut Draft, found: &Found<'_>, form: &Form) {
    let Some(list) = found.sheet.list(ListKind::Passages) else { return };
    let known = names::passages(form);
    let mut lines: BTreeMap<usize, Vec<Line>> = BTreeMap::new();
    let mut last = None;
    for (row, values) in rows_of(found, list) {
        let name = match values.first() {
            Some(Value::Text(words) | Value::Number(words)) => plain(words),
            _ => String::new(),
        };
        if !name.is_empty() {
            last = known.iter().position(|(known, key)| plain(known) == name || *key == name);
        }
        let Some(line) = line(found, list, row, 1, values) else { continue };
        match last {
            Some(at) => lines.entry(at).or_default().push(line),
            None if name.is_empty() => {
                let message = "这一段没有选放在哪里".to_owned();
                draft.complain(line.cell, Rule::Shape, message, "请在“放在哪里”一列从下拉框里选");
            }
            None => {
                let message = format!("没有“{name}”这个位置");
                draft.complain(line.cell, Rule::Shape, message, "请在“放在哪里”一列从下拉框里选");
            }
        }
    }
    // The numbers run through a chapter, which is one table with the texts beside it.
    let mut counter = (String::new(), Counter::default());
    for (at, lines) in lines {
        let Some((_, key)) = known.get(at) else { continue };
        let section = key.split('.').next().unwrap_or_default();
        if counter.0 != section {
            counter = (section.to_owned(), Counter::default());
        }
        if let Some(node) = paragraphs(draft, lines, &mut counter.1) {
            draft.position(key, node.span.clone());
            draft.insert(key, node);
        }
    }
}

/// Returns a row of a list, its level in the column `first`; `None` if it has no words.
fn line(found: &Found<'_>, list: &List, row: u32, first: u16, values: Vec<Value>) -> Option<Line> {
    let mut values = values.into_iter().skip(usize::from(first));
    let (level, words) = (values.next()?, values.next()?);
    let at = found.at(Pos::new(list.at.row, list.at.column + first + 1))?;
    let is_filled = matches!(words, Value::Text(_) | Value::Number(_) | Value::Date(_));
    is_filled.then(|| Line { level, words, cell: Pos::new(row, at.column).in_sheet(&found.page.name) })
}

/// Reads paragraphs into one text; `None` if there are none.
fn paragraphs(draft: &mut Draft, lines: Vec<Line>, counter: &mut Counter) -> Option<Node> {
    let mut whole: Option<Range<usize>> = None;
    for Line { level: chosen, words, cell } in lines {
        let chosen = match &chosen {
            Value::Text(words) | Value::Number(words) => words.trim(),
            _ => "",
        };
        let (Value::Text(words) | Value::Number(words) | Value::Date(words)) = &words else { continue };
        if plain(chosen) == level::GOES_ON && whole.is_some() {
            let span = draft.go_on(words, cell);
            whole = whole.map(|whole| whole.start..span.end);
            continue;
        }
        let own = report::level(&normalised(words.lines().next().unwrap_or_default()));
        let wanted = level::chosen(chosen);
        let words = match wanted {
            Some(wanted) if own == 0 && wanted > 0 => counter.next(wanted) + words.trim_start(),
            _ => {
                counter.see(own);
                words.clone()
            }
        };
        match wanted {
            Some(wanted) if own > 0 && wanted != own => {
                let message = format!(
                    "级别选的是“{}”，文字开头的序号却是“{}”一级",
                    level::name(wanted),
                    level::name(own)
                );
                draft.complain(cell.clone(), Rule::Numbering, message, "已经照序号排；请改正级别或者序号");
            }
            None if !chosen.is_empty() => {
                let message = format!("没有“{chosen}”这个级别");
                draft.complain(
                    cell.clone(),
                    Rule::Numbering,
                    message,
                    "请从下拉框里选，或者不选：级别照段落开头的序号",
                );
            }
            _ => {}
        }
        let span = draft.words(&words, cell);
        whole = Some(whole.map_or(span.clone(), |whole| whole.start..span.end));
    }
    let span = whole?;
    let value = Value::Text(draft.text_of(&span).to_owned());
    Some(Node { value, span })
}
