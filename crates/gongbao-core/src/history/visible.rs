//! Visible content of a report and its digest, as defined in `docs/publication.md`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    digest::sha256,
    report::{
        ReportFile,
        fields::{self, FieldScope, FieldTable},
        printed_value,
    },
};

/// Visible content of a report: head, figures, notes and extra rows by path, and the texts.
///
/// It does not depend on how the file is written: computed and given figures are equal if they print the same.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Visible {
    /// Value at each path in the data format: `applications.new.total`, `title`, `agency.name`, `applications.note`. Values
    /// that print blank are left out.
    pub entries: BTreeMap<String, Value>,
    /// Paragraphs of each text, with placeholders replaced.
    pub texts: BTreeMap<String, Vec<String>>,
}

impl Visible {
    /// Collects the visible content of a report.
    pub fn of(file: &ReportFile) -> Self {
        let report = &file.report;
        let mut visible = Self::default();
        visible.set_table(&fields::HEAD, report);
        visible.set_table(&fields::AGENCY, &report.agency);
        // Form and title count as they are used and printed, whether or not the file states them.
        visible.set("form", file.form.id.clone().into());
        visible.set("title", report.title().into());
        for (section, note) in &report.notes {
            visible.set(&format!("{section}.note"), note.clone().into());
        }
        for (section, extras) in &report.extras {
            for (index, extra) in extras.iter().enumerate() {
                let path = format!("{section}.extra[{}]", index + 1);
                visible.set(&format!("{path}.after"), extra.after.clone().into());
                visible.set(&path, extra.label.clone().into());
            }
        }
        for figure in report.records(&file.form).iter().flat_map(|record| &record.figures) {
            visible.set(&figure.path, report.shown(&figure.path));
        }
        let paragraphs = report.paragraphs(&file.form);
        for key in report.texts.keys() {
            let texts = paragraphs.of(key).map(|paragraph| paragraph.text.into_owned());
            visible.texts.insert(key.clone(), texts.collect());
        }
        visible
    }

    /// Puts the keys of a table that a reader can see.
    fn set_table<T>(&mut self, table: &'static FieldTable<T>, owner: &T) {
        let visible = table.fields.iter().filter(|field| field.spec.scope == FieldScope::Visible);
        for field in visible {
            let path = format!("{}.{}", table.spec.key, field.spec.key);
            if let Some(value) = field.to_json(owner) {
                self.set(path.trim_start_matches('.'), value);
            }
        }
    }

    /// Value at a path; `""` where there is none.
    pub fn get(&self, path: &str) -> Value {
        self.entries.get(path).cloned().unwrap_or_else(|| "".into())
    }

    /// Sets the value at a path; a value that prints blank is removed.
    pub(super) fn set(&mut self, path: &str, value: Value) {
        if printed_value(&value).is_empty() {
            self.entries.remove(path);
        } else {
            self.entries.insert(path.to_owned(), value);
        }
    }

    /// Canonical JSON from which the digest is computed.
    pub fn canonical(&self) -> String {
        let entries: BTreeMap<&String, String> =
            self.entries.iter().map(|(path, value)| (path, printed_value(value))).collect();
        let texts: BTreeMap<_, _> = self.texts.iter().filter(|(_, text)| !text.is_empty()).collect();
        json!({ "entries": entries, "texts": texts }).to_string()
    }

    /// SHA-256 digest of the canonical JSON, after `sha256:`.
    pub fn digest(&self) -> String {
        sha256(self.canonical().as_bytes())
    }
}
