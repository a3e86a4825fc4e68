//! The notes of all reports, each with its source.

use std::collections::BTreeMap;

use super::Contribution;
use crate::{finding::PlacePart, form::Form, report::ReportFile};

/// A note for each table whose members have notes, on cells or under it.
pub(super) fn notes(contributions: &[Contribution], form: &Form) -> BTreeMap<String, String> {
    let mut notes = BTreeMap::new();
    for (section, _) in form.tables() {
        let all: Vec<String> = contributions.iter().filter_map(|one| of(&one.file, section)).collect();
        if !all.is_empty() {
            notes.insert(section.to_owned(), format!("注：{}。", all.join("；")));
        }
    }
    notes
}

/// What a report says about its figures in a table.
fn of(file: &ReportFile, section: &str) -> Option<String> {
    let report = &file.report;
    let records = report.records(&file.form);
    let figures = records
        .iter()
        .filter(|record| crate::form::section(&record.path) == section)
        .flat_map(|record| &record.figures);
    let mut said: Vec<String> = figures
        .filter_map(|address| {
            let note = report.figures.get(&address.path)?.note.as_ref()?;
            // The table is known from where the note stands.
            let place: Vec<&str> = address.place.parts().iter().skip(1).map(PlacePart::words).collect();
            Some(format!("“{}”{note}", place.join(" ")))
        })
        .collect();
    if let Some(note) = report.notes.get(section) {
        let lines = note.lines().map(|line| {
            let line = line.trim();
            let line = line.strip_prefix("注：").or_else(|| line.strip_prefix("注:")).unwrap_or(line);
            line.trim_end_matches(['。', '；']).to_owned()
        });
        said.extend(lines.filter(|line| !line.is_empty()));
    }
    (!said.is_empty()).then(|| format!("{}：{}", report.agency.name, said.join("，")))
}
