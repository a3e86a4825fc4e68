//! Differences between two reports as a reader sees them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Aligned, Visible, align};
use crate::finding::{Place, PlacePart};
use crate::form::Position;
use crate::report::{Piece, ReportFile, paragraph, pieces, printed_value};

/// A difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Path as in `[[corrections]]`: `applications.new.total`. A paragraph has its number in the new text, a removed one
    /// its number in the old text.
    pub path: String,
    /// Place in words.
    pub place: Place,
    /// DifferenceKind of the field.
    pub kind: DifferenceKind,
    /// Old value in the data format; `""` where there was none, null where it was withdrawn.
    pub old: Value,
    /// New value; `""` where there is none.
    pub new: Value,
}

/// DifferenceKind of a field that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DifferenceKind {
    /// A field of the head: title, date, agency.
    Head,
    /// A figure.
    Figure,
    /// A paragraph, a note, or the label of an extra row.
    Text,
}

impl Difference {
    /// The change in words.
    pub fn pieces(&self) -> Vec<Piece> {
        pieces(&printed_value(&self.old), &printed_value(&self.new))
    }

    /// Whether the old value was withdrawn.
    pub fn is_withdrawn(&self) -> bool {
        self.old.is_null()
    }
}

/// All differences in the order of print: head, then chapter by chapter. Values withdrawn by corrections of the new
/// report are left out.
pub fn differences(old: &ReportFile, new: &ReportFile) -> Vec<Difference> {
    let mut all = plain_differences(old, &Visible::of(old), new, &Visible::of(new));
    for difference in &mut all {
        if new.report.is_withdrawn(&difference.path, &difference.old) {
            difference.old = Value::Null;
        }
    }
    all
}

/// As [`differences`], withdrawn values included, between two states; `old` and `new` give the words for places.
pub(super) fn plain_differences(
    old: &ReportFile,
    before: &Visible,
    new: &ReportFile,
    after: &Visible,
) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut paths: Vec<&String> = before.entries.keys().chain(after.entries.keys()).collect();
    let order = Order::of(new);
    paths.sort_by_key(|path| (order.of_path(path), path.as_str()));
    paths.dedup();
    for path in paths {
        let (was, is) = (before.get(path), after.get(path));
        if printed_value(&was) == printed_value(&is) {
            continue;
        }
        let place = if after.entries.contains_key(path) { new.place(path) } else { old.place(path) };
        let kind = match path.split_once('.') {
            None => DifferenceKind::Head,
            Some(("agency", _)) => DifferenceKind::Head,
            Some((_, rest)) if rest == "note" || rest.ends_with(']') || rest.ends_with(".after") => {
                DifferenceKind::Text
            }
            Some(_) => DifferenceKind::Figure,
        };
        differences.push(Difference { path: path.clone(), place, kind, old: was, new: is });
    }
    let none = Vec::new();
    let mut keys: Vec<&String> = before.texts.keys().chain(after.texts.keys()).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let was = before.texts.get(key).unwrap_or(&none);
        let is = after.texts.get(key).unwrap_or(&none);
        for aligned in align(was, is) {
            let (number, old_text, new_text) = match aligned {
                Aligned::Same(..) => continue,
                Aligned::Changed(o, n) => (n, was[o].as_str(), is[n].as_str()),
                Aligned::Removed(o) => (o, was[o].as_str(), ""),
                Aligned::Inserted(n) => (n, "", is[n].as_str()),
            };
            let path = format!("{key}[{}]", number + 1);
            let place = new.place(&path);
            let place = match aligned {
                Aligned::Removed(_) => place.parent().with(PlacePart::FormerParagraph(number + 1)),
                _ => place,
            };
            differences.push(Difference {
                path,
                place,
                kind: DifferenceKind::Text,
                old: old_text.into(),
                new: new_text.into(),
            });
        }
    }
    // The sort is stable: paragraphs of one text stay in order.
    differences.sort_by_key(|difference| order.of_path(&difference.path));
    differences
}

/// Order of print.
struct Order {
    sections: BTreeMap<String, usize>,
    rows: BTreeMap<String, usize>,
}

impl Order {
    fn of(file: &ReportFile) -> Self {
        let keys = file.form.chapters.iter().flat_map(|chapter| chapter.text.iter().chain(&chapter.table));
        let sections = keys.enumerate().map(|(at, key)| (key.clone(), at + 2)).collect();
        let records = file.report.records(&file.form);
        let figures = records.iter().flat_map(|record| &record.figures);
        // Odd numbers are left for the texts before a table and between its blocks.
        let mut rows: BTreeMap<String, usize> =
            figures.enumerate().map(|(at, figure)| (figure.path.clone(), 2 * at + 2)).collect();
        for passage in file.form.tables().flat_map(|(key, _)| file.form.passages(key)) {
            let block = match passage.position {
                Position::Before => 0,
                Position::Between(block) => block,
                Position::After => {
                    rows.insert(passage.key.clone(), usize::MAX);
                    continue;
                }
            };
            let first = file.form.records_of(&passage.table).iter().find(|record| record.block == block);
            let at = first.and_then(|record| rows.get(&record.figures.first()?.path)).copied();
            rows.insert(passage.key.clone(), at.unwrap_or_default().saturating_sub(1));
        }
        Self { sections, rows }
    }

    /// Chapter, then position of the figure or text in its table; head and preface come first.
    fn of_path(&self, path: &str) -> (usize, usize) {
        let section = path.split(['.', '[']).next().unwrap_or_default();
        let chapter = match section {
            "preface" => 1,
            _ => self.sections.get(section).copied().unwrap_or_default(),
        };
        let key = paragraph(path).map_or(path, |(text, _)| text);
        // A note and the labels of extra rows come after the figures and before the text after the table.
        (chapter, self.rows.get(key).copied().unwrap_or(usize::MAX - 1))
    }
}
