//! Marked pages (花脸稿): the new report with deleted words struck out and inserted words underlined.

use std::{collections::BTreeMap, ops::Range};

use serde_json::{Value, json};

use super::{Aligned, Difference, DifferenceKind, Visible, align, diff::plain_differences, excerpt};
use crate::{
    document::{ChapterData, ParagraphData, Run, document, runs, title_ranges},
    form::{AFTER, BEFORE, CellKind, Grid, GridError, Position},
    report::{Edit, Piece, ReportFile, WITHDRAWN, pieces, place_in_words, printed_value},
    typeface::GlyphCoverage,
};

/// Template data of the marked pages (`docs/template-data.md`).
///
/// # Errors
/// An extra row is to follow a row that the form does not have.
pub fn marked(
    old: &ReportFile,
    new: &ReportFile,
    coverage: &dyn GlyphCoverage,
    fonts: Value,
) -> Result<Value, GridError> {
    let before = document(old, coverage)?.document;
    let after = document(new, coverage)?.document;
    let mut data = serde_json::to_value(&after).unwrap_or_default();
    let mut differences = plain_differences(old, &Visible::of(old), new, &Visible::of(new));
    let withdrawn = |path: &str, words: &str| new.report.is_withdrawn(path, &words.into());
    for difference in &mut differences {
        if new.report.is_withdrawn(&difference.path, &difference.old) {
            difference.old = Value::Null;
        }
    }
    if let Some(title) = differences.iter().find(|difference| difference.path == "title") {
        data["title"] = title_in_lines(&title.pieces(), &new.report.agency.name, coverage).into();
    }
    data["preface"] = paragraphs("preface", &before.preface, &after.preface, &withdrawn).into();
    let texts = new.form.chapters.iter().zip(before.chapters.iter().zip(&after.chapters)).enumerate();
    for (index, (chapter, (was, is))) in texts {
        if let (Some(key), Some(was), Some(is)) = (&chapter.text, &was.paragraphs, &is.paragraphs) {
            data["chapters"][index]["paragraphs"] = paragraphs(key, was, is, &withdrawn).into();
        }
        let Some(key) = &chapter.table else { continue };
        mark_passages(&mut data["chapters"][index], key, [old, new], [was, is], &withdrawn);
        let note = differences.iter().find(|difference| difference.path == format!("{key}.note"));
        if let Some(note) = note {
            data["chapters"][index]["notes"] = json!([runs_of(&old_and_new(note))]);
        }
        let paths: Vec<&Difference> =
            differences.iter().filter(|d| d.kind == DifferenceKind::Figure).collect();
        if let Some(table) = new.form.tables.get(key) {
            let extras = new.report.extras.get(key).map(Vec::as_slice).unwrap_or_default();
            let places = places(key, &table.grid(extras)?);
            mark_cells(&mut data["chapters"][index]["table"], &places, &paths);
        }
    }
    // Deleted words may need typefaces that the new report does not need.
    data["fonts"] = fonts;
    data["marked"] = sign_off_rows(&differences);
    Ok(data)
}

/// The lines of a changed title, with what was deleted.
fn title_in_lines(pieces: &[Piece], agency: &str, coverage: &dyn GlyphCoverage) -> Vec<Value> {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let line = |range: Range<usize>| {
        let mut at = 0;
        let mut within = Vec::new();
        for piece in pieces {
            let (start, end) = (at.max(range.start), (at + piece.text.len()).min(range.end));
            if let Some(words) = text.get(start..end).filter(|words| !words.is_empty()) {
                within.push(Piece { edit: piece.edit, text: words.to_owned() });
            }
            at += piece.text.len();
        }
        Value::from(runs_of(&within))
    };
    title_ranges(&text, agency, coverage).into_iter().map(line).collect()
}

/// The pieces of a difference; a withdrawn value is replaced by a mark.
fn old_and_new(difference: &Difference) -> Vec<Piece> {
    if !difference.is_withdrawn() {
        return difference.pieces();
    }
    vec![
        Piece { edit: Edit::Deleted, text: format!("［{WITHDRAWN}］") },
        Piece { edit: Edit::Inserted, text: printed_value(&difference.new) },
    ]
}

/// Rows of the sign-off sheet, one for each change.
fn sign_off_rows(differences: &[Difference]) -> Value {
    let rows: Vec<Value> = differences
        .iter()
        .map(|difference| {
            let [old, new] = excerpt(&old_and_new(difference));
            json!({ "place": place_in_words(&difference.place), "old": runs_of(&old), "new": runs_of(&new) })
        })
        .collect();
    json!({ "rows": rows })
}

/// The words of a paragraph.
fn words_of(paragraph: &ParagraphData) -> String {
    let words = |run: &Run| match run {
        Run::Text { text } => text.clone(),
        Run::Link { pieces, .. } | Run::Word { pieces } => pieces.concat(),
    };
    paragraph.heading.iter().flatten().chain(&paragraph.runs).map(words).collect()
}

fn paragraphs(
    key: &str,
    before: &[ParagraphData],
    after: &[ParagraphData],
    withdrawn: &dyn Fn(&str, &str) -> bool,
) -> Vec<Value> {
    let (was, is): (Vec<String>, Vec<String>) =
        (before.iter().map(words_of).collect(), after.iter().map(words_of).collect());
    let gone = |number: usize, text: &str| match withdrawn(&format!("{key}[{}]", number + 1), text) {
        true => format!("［{WITHDRAWN}］"),
        false => text.to_owned(),
    };
    let mut set = Vec::new();
    for aligned in align(&was, &is) {
        set.push(match aligned {
            Aligned::Same(_, n) => serde_json::to_value(&after[n]).unwrap_or_default(),
            Aligned::Removed(o) => {
                let piece = Piece { edit: Edit::Deleted, text: gone(o, &was[o]) };
                json!({ "level": 0, "runs": runs_of(&[piece]) })
            }
            Aligned::Inserted(n) => {
                marked_paragraph(&after[n], vec![Piece { edit: Edit::Inserted, text: is[n].clone() }])
            }
            Aligned::Changed(o, n) => {
                let old = gone(n, &was[o]);
                let changed = if old == was[o] {
                    pieces(&old, &is[n])
                } else {
                    vec![
                        Piece { edit: Edit::Deleted, text: old },
                        Piece { edit: Edit::Inserted, text: is[n].clone() },
                    ]
                };
                marked_paragraph(&after[n], changed)
            }
        });
    }
    set
}

/// Marks the texts beside a table.
fn mark_passages(
    data: &mut Value,
    table: &str,
    files: [&ReportFile; 2],
    [was, is]: [&ChapterData; 2],
    withdrawn: &dyn Fn(&str, &str) -> bool,
) {
    // The key that the new report uses, otherwise the old one, for the paths of the paragraphs.
    let key = |position: Position| {
        let [old, new] = files;
        let used = |file: &ReportFile| {
            let mut passages = new.form.passages(table).filter(|passage| passage.position == position);
            passages
                .find(|passage| file.report.texts.contains_key(&passage.key))
                .map(|passage| passage.key.clone())
        };
        used(new).or_else(|| used(old)).unwrap_or_default()
    };
    // A key is added only where there are paragraphs: the template expects an array.
    let mark =
        |owner: &mut Value, name: &str, position: Position, was: &[ParagraphData], is: &[ParagraphData]| {
            if let Some(owner) = owner.as_object_mut().filter(|_| !was.is_empty() || !is.is_empty()) {
                owner.insert(name.to_owned(), paragraphs(&key(position), was, is, withdrawn).into());
            }
        };
    mark(data, BEFORE, Position::Before, &was.before, &is.before);
    mark(data, AFTER, Position::After, &was.after, &is.after);
    let (Some(was), Some(is)) = (&was.table, &is.table) else { return };
    for (index, (was, is)) in was.blocks.iter().zip(&is.blocks).enumerate() {
        let block = &mut data["table"]["blocks"][index];
        mark(block, BEFORE, Position::Between(index), &was.before, &is.before);
    }
}

/// A paragraph with marks, divided into heading and runs.
fn marked_paragraph(paragraph: &ParagraphData, changed: Vec<Piece>) -> Value {
    let words = |runs: &[Run]| {
        words_of(&ParagraphData { level: 0, heading: None, bookmark: None, runs: runs.to_vec() })
    };
    let mut left = paragraph.heading.as_deref().map_or(0, |heading| words(heading).len());
    let (mut heading, mut rest) = (Vec::new(), Vec::new());
    for piece in changed {
        if left == 0 {
            rest.push(piece);
        } else if piece.edit == Edit::Deleted {
            heading.push(piece);
        } else {
            let (first, second) = piece.text.split_at(left.min(piece.text.len()));
            left -= first.len();
            heading.push(Piece { edit: piece.edit, text: first.to_owned() });
            if !second.is_empty() {
                rest.push(Piece { edit: piece.edit, text: second.to_owned() });
            }
        }
    }
    let mut value = serde_json::to_value(paragraph).unwrap_or_default();
    if paragraph.heading.is_some() {
        value["heading"] = runs_of(&heading).into();
    }
    value["runs"] = runs_of(&rest).into();
    value
}

/// Pieces as runs with marks.
fn runs_of(pieces: &[Piece]) -> Vec<Value> {
    let mut all = Vec::new();
    for piece in pieces.iter().filter(|piece| !piece.text.is_empty()) {
        for run in runs(&piece.text) {
            let mut run = serde_json::to_value(run).unwrap_or_default();
            match piece.edit {
                Edit::Kept => {}
                Edit::Deleted => run["mark"] = "deleted".into(),
                Edit::Inserted => run["mark"] = "inserted".into(),
            }
            all.push(run);
        }
    }
    all
}

/// Path of the figure at each grid position.
fn places(key: &str, grid: &Grid) -> BTreeMap<(usize, usize), String> {
    let cells = grid.blocks.iter().flat_map(|block| &block.rows).flat_map(|row| &row.cells);
    cells
        .filter_map(|cell| match &cell.kind {
            CellKind::Figure { path, .. } => Some(((cell.x, cell.y), format!("{key}.{path}"))),
            _ => None,
        })
        .collect()
}

/// Adds old values to the changed cells of a table.
fn mark_cells(table: &mut Value, places: &BTreeMap<(usize, usize), String>, differences: &[&Difference]) {
    let blocks = table["blocks"].as_array_mut().into_iter().flatten();
    for row in blocks.filter_map(|block| block["rows"].as_array_mut()).flatten() {
        for cell in row["cells"].as_array_mut().into_iter().flatten() {
            let number = |key: &str| cell[key].as_u64().and_then(|number| usize::try_from(number).ok());
            let place = number("x").zip(number("y"));
            let path = place.and_then(|place| places.get(&place));
            let difference = differences.iter().find(|difference| Some(&difference.path) == path);
            if let (Some(difference), Some(cell)) = (difference, cell.as_object_mut()) {
                let old = match difference.is_withdrawn() {
                    true => WITHDRAWN.to_owned(),
                    false => printed_value(&difference.old),
                };
                cell.insert("old".to_owned(), old.into());
                // The fast path for plain figures holds one figure only.
                cell.remove("plain");
            }
        }
    }
}
