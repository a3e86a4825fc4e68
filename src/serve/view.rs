//! The view of a report: chapters and tables of the form, contents of the file, findings.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{head::head, values};
use gongbao_core::{
    check::{PreviousReport, text_length},
    finding::{Finding, Medium, Severity},
    form::{Cell, CellKind, Extra, Form, Passage, Record, Table},
    report::{Placeholders, Report, ReportFile, fields::PREFACE_SPEC},
};

/// The part of the view that depends on the form and the extra rows.
#[derive(Debug, Serialize)]
pub(super) struct LayoutView {
    form: Value,
    chapters: Vec<Value>,
    tables: Map<String, Value>,
}

/// Returns the chapters and tables of the form.
pub(super) fn layout(file: &ReportFile) -> LayoutView {
    let (form, report) = (&*file.form, &file.report);
    let mut chapters = vec![json!({
        "key": PREFACE_SPEC.key, "number": "", "heading": PREFACE_SPEC.label, "kind": "text",
        "hint": PREFACE_SPEC.note, "optional": true,
    })];
    for chapter in &form.chapters {
        let (number, heading) = chapter.heading.split_once('、').unwrap_or(("", &chapter.heading));
        let key = chapter.text.as_ref().or(chapter.table.as_ref());
        let mut entry = json!({
            "key": key, "number": number, "title": heading, "heading": chapter.heading,
            "kind": if chapter.table.is_some() { "table" } else { "text" },
        });
        if let Some(key) = &chapter.table {
            entry["tables"] = json!([key]);
            entry["note"] = json!(report.notes.get(key));
            let passage = |passage: &Passage| {
                let place = form.place_of_passage(&passage.key).unwrap_or_default();
                json!({"key": passage.key, "heading": place, "label": passage.label})
            };
            entry["passages"] = form.passages(key).map(passage).collect();
        }
        chapters.push(entry);
    }
    let tables: Map<String, Value> = form
        .tables()
        .filter_map(|(key, table)| Some((key.to_owned(), grid(form, report, key, table)?)))
        .collect();
    let form = json!({"id": form.id, "name": form.name, "source": form.source, "year": report.year});
    LayoutView { form, chapters, tables }
}

/// Returns a table: its cells in the order of the grid.
fn grid(form: &Form, report: &Report, key: &str, table: &Table) -> Option<Value> {
    let extras = report.extras.get(key).map(Vec::as_slice).unwrap_or_default();
    let grid = table.grid(extras).ok()?;
    let records = report.records(form);
    // Cells that a rule of the form computes are totals, shown in grey.
    let totals: BTreeSet<&str> = records
        .iter()
        .flat_map(|record| &record.figures)
        .map(|figure| figure.path.as_str())
        .filter(|path| !form.parts_of(&records, path).is_empty())
        .collect();
    let header: usize = grid.blocks.first().map_or(0, |block| block.header.len());
    let rows: usize = grid.blocks.iter().map(|block| block.header.len() + block.rows.len()).sum();
    let cells: Vec<Value> = grid.cells().map(|cell| one(key, cell, &totals, form)).collect();
    Some(json!({
        "key": key, "name": table.name, "title": form.heading(key), "summary": table.summary,
        "columns": table.widths, "rows": rows, "header_rows": header, "cells": cells,
        "extra_rows": table.extra_rows, "rows_known": rows_known(&records, key, table),
    }))
}

/// Returns the rows that a further row can follow: path within the table, and label.
fn rows_known(records: &[Record], key: &str, table: &Table) -> Vec<Value> {
    if !table.extra_rows {
        return Vec::new();
    }
    let prefix = format!("{key}.");
    let known = records.iter().filter_map(|record| {
        let after = record.path.strip_prefix(&prefix)?;
        let probe = Extra { after: after.to_owned(), label: String::new() };
        let label = record.place.to_string();
        let label = label.split_once(" › ").map_or(label.as_str(), |(_, label)| label).to_owned();
        table.grid(&[probe]).ok().map(|_| json!({"path": after, "label": label}))
    });
    known.collect()
}

/// Returns one cell.
fn one(key: &str, cell: &Cell, totals: &BTreeSet<&str>, form: &Form) -> Value {
    let mut value = json!({
        "x": cell.x, "y": cell.y, "colspan": cell.colspan, "rowspan": cell.rowspan, "align": cell.align,
    });
    let lines = |label: &str| label.split('\n').map(str::to_owned).collect::<Vec<_>>();
    let mut said = |kind: &str, label: &str, remark: &str, level: usize| {
        value["kind"] = kind.into();
        value["lines"] = json!(lines(label));
        if !remark.is_empty() {
            value["remark"] = remark.into();
        }
        if level > 0 {
            value["level"] = level.into();
        }
        if let Some(meaning) = form.meanings.get(&label.replace('\n', "")) {
            value["hint"] = meaning.clone().into();
        }
    };
    match &cell.kind {
        CellKind::Band(label) => said("band", label, "", 0),
        CellKind::Note(label) => said("blank", label, "", 0),
        CellKind::Column { label, remark, level } => said("column", label, remark, *level),
        CellKind::Row { label, remark, level } => said("row", label, remark, *level),
        CellKind::Figure { path, kind } => {
            let path = format!("{key}.{path}");
            value["kind"] = "figure".into();
            value["figure"] = format!("{kind:?}").to_lowercase().into();
            value["total"] = totals.contains(path.as_str()).into();
            value["path"] = path.into();
        }
    }
    value
}

/// The part of the view with the contents of the file.
#[derive(Debug, Serialize)]
pub(super) struct ContentsView {
    head: Value,
    values: BTreeMap<String, Value>,
    texts: Value,
    notes: BTreeMap<String, String>,
    placeholders: Value,
    words: BTreeMap<String, usize>,
}

/// Returns the contents of the file: head, figures, texts, notes and placeholders.
pub(super) fn contents(file: &ReportFile) -> ContentsView {
    ContentsView {
        head: head(file),
        values: values::values(file),
        texts: texts(file),
        notes: file.report.notes.clone(),
        placeholders: placeholders(file),
        words: words(file),
    }
}

/// Returns the paragraphs of each text, the preface and the texts beside tables included.
pub(super) fn texts(file: &ReportFile) -> Value {
    let entry = |key: &str| (key.to_owned(), json!(file.report.texts.get(key).cloned().unwrap_or_default()));
    Value::Object(file.form.all_text_keys().map(entry).collect())
}

/// Returns the length of each text, as the rules count it: with the values of its placeholders.
pub(super) fn words(file: &ReportFile) -> BTreeMap<String, usize> {
    let known = Placeholders::new(&file.report, &file.form);
    let length = |text: &String| text_length(&known.expand(text).text);
    let texts = file.report.texts.iter();
    texts.map(|(key, paragraphs)| (key.clone(), paragraphs.iter().map(length).sum())).collect()
}

/// Returns the placeholders and their current values.
pub(super) fn placeholders(file: &ReportFile) -> Value {
    let known = Placeholders::new(&file.report, &file.form);
    let entry = |path: &str, label: &str| {
        let name = format!("{{{{{path}}}}}");
        let expanded = known.expand(&name);
        let value = if expanded.problems.is_empty() { json!(expanded.text) } else { Value::Null };
        json!({"name": name, "label": label, "value": value})
    };
    let mut found = Vec::new();
    for record in file.report.records(&file.form).iter() {
        // The placeholder of a row with one figure, or with a total, has the path of the row.
        if record.figures.len() > 1 {
            found.extend(record.figures.iter().map(|figure| entry(&figure.path, &figure.place.to_string())));
        } else {
            found.push(entry(&record.path, &record.place.to_string()));
        }
    }
    found.into()
}

/// The findings of a report as the page shows them.
#[derive(Debug, Serialize)]
pub(super) struct FindingsView {
    findings: Vec<Value>,
    counts: Counts,
}

/// Number of findings by severity, without accepted ones.
#[derive(Debug, Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    unsure: usize,
}

/// Returns the findings as the page shows them, with their number by severity.
pub(super) fn findings(file: &ReportFile, findings: &[Finding]) -> FindingsView {
    let of = |severity| findings.iter().filter(|f| f.severity == severity && f.accepted.is_none()).count();
    let counts =
        Counts { errors: of(Severity::Error), warnings: of(Severity::Warning), unsure: of(Severity::Unsure) };
    FindingsView { findings: findings.iter().map(|finding| shown(file, finding)).collect(), counts }
}

/// Returns a finding with the part of the paragraph that it is about.
fn shown(file: &ReportFile, finding: &Finding) -> Value {
    let worded = finding.clone().shown_in(Medium::Browser);
    let mut value = serde_json::to_value(worded).unwrap_or_default();
    let is_acceptable = finding.severity != Severity::Error && finding.concern().can_be_accepted();
    value["acceptable"] = (is_acceptable && finding.accepted.is_none()).into();
    if let Some((start, end)) = text_at(file, finding) {
        value["text_at"] = json!({"start": start, "end": end});
    }
    value
}

/// Returns the part of a paragraph that a finding is about, in UTF-16 code units as in JavaScript.
fn text_at(file: &ReportFile, finding: &Finding) -> Option<(usize, usize)> {
    let (text, part) = file.part_at(&finding.path, &finding.at.as_ref()?.span)?;
    let units = |bytes: usize| text.get(..bytes).unwrap_or_default().encode_utf16().count();
    Some((units(part.start), units(part.end)))
}

/// Returns last year's figures, `null` without a report.
pub(super) fn last_year(before: Option<&PreviousReport>) -> Value {
    let Some(before) = before else { return Value::Null };
    let report = &before.file.report;
    let figures: Map<String, Value> =
        report.figures.iter().map(|(path, cell)| (path.clone(), values::raw(cell).into())).collect();
    json!({"file": before.file.source.name, "year": report.year, "values": figures})
}
