//! Reads the texts: normalised paragraphs, and the placeholders in them.

use std::collections::BTreeSet;

use super::{reader::Reader, spot::Spot};
use crate::{
    finding::{Finding, MediumWords, Message, Remedy, Rule, Severity},
    form::{Form, PREFACE},
    report::{Report, fields::text_label, normalise::paragraphs, opens_like_a_chapter},
    syntax::{Entries, Node, Value},
};

/// Reads `preface` and the texts of the chapters.
pub(super) fn read(reader: &mut Reader<'_>, entries: Entries<'_>, form: &Form, report: &mut Report) {
    for key in form.text_keys() {
        text(reader, entries, &spot(form, key), key != PREFACE, report);
    }
}

/// Returns the place of a text.
pub(super) fn spot(form: &Form, key: &str) -> Spot {
    match form.place_of_passage(key) {
        Some(place) => Spot::new(key, place),
        None => Spot::new(key, text_label(form, key)),
    }
}

fn text(reader: &mut Reader<'_>, entries: Entries<'_>, spot: &Spot, required: bool, report: &mut Report) {
    let key = spot.path();
    let Some(node) = entries.get(key) else {
        if required {
            let finding = reader
                .missing(spot, Message::from(format!("缺少“{}”的文字", spot.words())).path(key.to_owned()))
                .hint(Remedy::WriteText { key: key.to_owned().into(), is_there: false });
            reader.add(finding, entries.key_span(key));
        }
        return;
    };
    let Some(texts) = lines(reader, node, spot) else { return };
    if texts.is_empty() {
        if required {
            let finding = reader
                .missing(spot, Message::from(format!("“{}”没有文字", spot.words())).path(key.to_owned()))
                .hint(Remedy::WriteText { key: key.to_owned().into(), is_there: true });
            reader.add(finding, Some(node.span.clone()));
        }
        return;
    }
    report.texts.insert(key.to_owned(), texts);
}

/// Reads the paragraphs of a text; `None` if the value is no text, which is reported.
pub(super) fn lines(reader: &mut Reader<'_>, node: &Node, spot: &Spot) -> Option<Vec<String>> {
    let Value::Text(text) = &node.value else {
        let hint = MediumWords::of_file("各段写在同一对引号里，用换行隔开");
        reader.wrong_kind(node, spot, "文字", hint);
        return None;
    };
    reader.origins.insert(spot.path().to_owned(), node.span.clone());
    let literal = reader.align(node, text);
    let mut texts = Vec::new();
    for (index, line) in paragraphs(text).into_iter().enumerate() {
        let spot = spot.paragraph(index);
        reader.note_line(&line, &spot, node, literal.as_ref());
        let span = literal.as_ref().map_or(node.span.clone(), |map| map.range(line.range.clone()));
        if opens_like_a_chapter(&line.text) {
            let message = "用“一、”编号的段落：这一级是各部分的标题，部分之内不用";
            let finding = Finding::new(Rule::Numbering, Severity::Warning, spot.path(), message)
                .place(spot.place())
                .hint("部分之内依次用“（一）”“1.”“（1）”");
            reader.add(finding, Some(span.clone()));
        }
        if let Some(literal) = &literal {
            reader.maps.insert(spot.path().to_owned(), line.map.through(literal));
        }
        reader.origins.insert(spot.path().to_owned(), span);
        texts.push(line.text);
    }
    Some(texts)
}

/// Reports placeholders without a figure. A total that could not be computed is passed over: its parts have been
/// reported.
pub(super) fn placeholders(
    reader: &mut Reader<'_>,
    report: &Report,
    form: &Form,
    left_out: &BTreeSet<String>,
) {
    let paragraphs = report.paragraphs(form);
    for key in report.texts.keys() {
        for paragraph in paragraphs.of(key).filter(|paragraph| !paragraph.problems.is_empty()) {
            let spot = spot(form, key).paragraph(paragraph.number - 1);
            for problem in paragraph.problems {
                if problem
                    .cell
                    .as_ref()
                    .is_some_and(|cell| left_out.contains(cell) && !report.figures.contains_key(cell))
                {
                    continue;
                }
                let finding = reader.error(Rule::Placeholder, &spot, problem.message).hint(problem.hint);
                let span = match reader.maps.get(spot.path()) {
                    Some(map) => Some(map.range(problem.range)),
                    None => reader.origins.get(spot.path()).cloned(),
                };
                reader.add(finding, span);
            }
        }
    }
}
