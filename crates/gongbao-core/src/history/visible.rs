//! What a reader of a report can see, and the digest of it. `docs/publication.md` defines both.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    digest::sha256,
    report::{Agency, ReportFile, printed_value},
};

/// What a reader can see of a report: head, figures, notes and extra rows by path, and the texts.
///
/// It does not tell how the file says it: what is computed or given, blank or missing, counts as what is printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Visible {
    /// What stands at each path, as the data format writes it: `applications.new.total`, `title`, `agency.name`,
    /// `applications.note`. What prints blank is not there.
    pub entries: BTreeMap<String, Value>,
    /// The paragraphs of each text, figures filled in.
    pub texts: BTreeMap<String, Vec<String>>,
}

impl Visible {
    /// What a reader can see of a report.
    pub fn of(file: &ReportFile) -> Self {
        let report = &file.report;
        let mut visible = Self::default();
        visible.set("form", file.form.id.clone().into());
        visible.set("year", report.year.into());
        visible.set("title", report.title().into());
        if let Some(date) = report.date {
            visible.set("date", date.to_string().into());
        }
        visible.set("agency.name", report.agency.name.clone().into());
        for key in Agency::DETAILS {
            if let Some(words) = report.agency.details.get(key) {
                visible.set(&format!("agency.{key}"), words.clone().into());
            }
        }
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

    /// What stands at a path; `""` where nothing does.
    pub fn get(&self, path: &str) -> Value {
        self.entries.get(path).cloned().unwrap_or_else(|| "".into())
    }

    /// Puts something at a path; what prints blank is taken away.
    pub(super) fn set(&mut self, path: &str, value: Value) {
        if printed_value(&value).is_empty() {
            self.entries.remove(path);
        } else {
            self.entries.insert(path.to_owned(), value);
        }
    }

    /// The canonical JSON that the digest is of.
    pub fn canonical(&self) -> String {
        let entries: BTreeMap<&String, String> =
            self.entries.iter().map(|(path, value)| (path, printed_value(value))).collect();
        let texts: BTreeMap<_, _> = self.texts.iter().filter(|(_, text)| !text.is_empty()).collect();
        json!({ "entries": entries, "texts": texts }).to_string()
    }

    /// `sha256:` and the digest of the canonical JSON.
    pub fn digest(&self) -> String {
        sha256(self.canonical().as_bytes())
    }
}
