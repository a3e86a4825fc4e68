//! Reads the sheets of texts.

use super::{Draft, Found, Pos, Value, lists::rows_of};
use crate::workbook::{
    layout::ListKind,
    level::{self, Counter},
    names::plain,
};
use gongbao_core::{
    finding::Rule,
    report::{self, normalised},
    syntax::Node,
};

/// Reads the paragraphs of a text; a paragraph with a chosen level but no ordinal gets the next ordinal.
pub(super) fn read(draft: &mut Draft, found: &Found<'_>, key: &str) {
    let Some(list) = found.sheet.list(ListKind::Paragraphs) else { return };
    let mut counter = Counter::default();
    let mut whole: Option<std::ops::Range<usize>> = None;
    for (row, values) in rows_of(found, list) {
        let [chosen, words] = values.as_slice() else { continue };
        let chosen = match chosen {
            Value::Text(words) | Value::Number(words) => words.trim(),
            _ => "",
        };
        let (Value::Text(words) | Value::Number(words) | Value::Date(words)) = words else { continue };
        let cell = Pos::new(row, 1);
        let Some(at) = found.at(Pos::new(list.at.row, list.at.column + 1)) else { continue };
        let cell = Pos::new(cell.row, at.column).in_sheet(&found.page.name);
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
    match whole {
        Some(span) => {
            let value = Value::Text(draft.text_of(&span).to_owned());
            draft.position(key, span.clone());
            draft.insert(key, Node { value, span });
        }
        None => {
            let at = found.at(Pos::new(list.at.row + 1, list.at.column + 1)).unwrap_or(list.at);
            draft.put(key, Value::Null, at.in_sheet(&found.page.name));
        }
    }
}
