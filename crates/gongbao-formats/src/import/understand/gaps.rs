//! Texts of chapters whose headings were not recognised, in the texts before them.

use std::collections::BTreeMap;

use super::Unplaced;
use gongbao_core::{
    form::{Form, PREFACE},
    report::fields::text_label,
};

/// Number of paragraphs of a preface without a chapter's text in it; more are listed if the chapter after it is missing.
const PREFACE_LENGTH: usize = 2;
/// Length of a note's line in characters from which on it may be a paragraph of another chapter.
const LONG_NOTE: usize = 60;

/// Lists what probably belongs to a chapter that has no text: the end of the preface, or long notes of the table before it.
pub(super) fn displaced(
    form: &Form,
    texts: &BTreeMap<String, Vec<String>>,
    notes: &BTreeMap<String, String>,
) -> Vec<Unplaced> {
    let mut found = Vec::new();
    for (index, chapter) in form.chapters.iter().enumerate() {
        let Some(key) = &chapter.text else { continue };
        if texts.contains_key(key) {
            continue;
        }
        let before = index.checked_sub(1).and_then(|before| form.chapters.get(before));
        let (place, lines): (String, Vec<&str>) = match before {
            None => {
                let preface = texts.get(PREFACE).map(Vec::as_slice).unwrap_or_default();
                let lines = preface.iter().skip(1).map(String::as_str).collect();
                if preface.len() <= PREFACE_LENGTH {
                    continue;
                }
                (text_label(form, PREFACE).to_owned(), lines)
            }
            Some(before) => {
                let Some(table) = &before.table else { continue };
                let note = notes.get(table).map(String::as_str).unwrap_or_default();
                let lines = note.lines().filter(|line| line.chars().count() >= LONG_NOTE).collect();
                (format!("“{}”的注", before.heading), lines)
            }
        };
        found.extend(lines.into_iter().map(|line| Unplaced {
            place: place.clone(),
            row: String::new(),
            column: String::new(),
            text: line.to_owned(),
            why: format!("没有认出“{}”的标题，这一段可能是那一部分的，现在放在{place}里", chapter.heading),
        }));
    }
    found
}
