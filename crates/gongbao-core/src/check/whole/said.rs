//! The texts of a report as they are printed, each paragraph with its way back to the file.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    finding::{Finding, Severity},
    report::{Placeholders, ReportFile, TextMap},
};

/// The keys of the texts that the data format names.
pub(in crate::check) const PREFACE: &str = "preface";
/// 一、总体情况.
pub(in crate::check) const OVERVIEW: &str = "overview";
/// 五、存在的主要问题及改进情况.
pub(in crate::check) const PROBLEMS: &str = "problems";

/// A report with its texts as they are printed.
pub(in crate::check) struct Whole<'a> {
    /// The report.
    pub(in crate::check) file: &'a ReportFile,
    /// All paragraphs, in the order in which they are printed.
    pub(in crate::check) said: Vec<Said>,
    /// What people call each text.
    names: BTreeMap<String, String>,
}

/// A paragraph as it is printed.
pub(in crate::check) struct Said {
    /// The key of its text.
    pub(in crate::check) key: String,
    /// Its number, from 1.
    pub(in crate::check) number: usize,
    /// Its words, with the figures in them.
    pub(in crate::check) text: String,
    /// Leads back to the paragraph with placeholders; none where there are no placeholders.
    map: Option<TextMap>,
}

impl Said {
    /// The path: `overview[2]`.
    pub(in crate::check) fn path(&self) -> String {
        format!("{}[{}]", self.key, self.number)
    }

    /// The words at these bytes.
    pub(in crate::check) fn part(&self, part: Range<usize>) -> &str {
        self.text.get(part).unwrap_or_default()
    }
}

impl<'a> Whole<'a> {
    /// The texts of a report with the figures in them.
    pub(in crate::check) fn new(file: &'a ReportFile) -> Self {
        let report = &file.report;
        let mut figures = None;
        let keys = std::iter::once(PREFACE).chain(file.form.texts().filter(|key| *key != PREFACE));
        let mut whole = Self { file, said: Vec::new(), names: BTreeMap::new() };
        for key in keys {
            let Some(paragraphs) = report.texts.get(key) else { continue };
            whole.names.insert(key.to_owned(), file.place(key));
            for (index, paragraph) in paragraphs.iter().enumerate() {
                let expand = || {
                    // Few reports use placeholders, and the form's paths are many.
                    figures.get_or_insert_with(|| Placeholders::new(report, &file.form)).expand(paragraph)
                };
                let expansion = paragraph.contains("{{").then(expand);
                let (text, map) = match expansion {
                    Some(expansion) => (expansion.text, Some(expansion.map)),
                    None => (paragraph.clone(), None),
                };
                whole.said.push(Said { key: key.to_owned(), number: index + 1, text, map });
            }
        }
        whole
    }

    /// The paragraphs of one text.
    pub(in crate::check) fn of<'s>(&'s self, key: &'s str) -> impl Iterator<Item = &'s Said> {
        self.said.iter().filter(move |said| said.key == key)
    }

    /// A finding about a part of a paragraph.
    pub(in crate::check) fn about(
        &self,
        said: &Said,
        part: Range<usize>,
        rule: &str,
        severity: Severity,
        message: impl Into<String>,
    ) -> Finding {
        let path = said.path();
        let place = format!("{} › 第{}段", self.names.get(&said.key).map_or("", |name| name), said.number);
        let part = said.map.as_ref().map_or(part.clone(), |map| map.range(part));
        let span = self.file.span_in(&path, part);
        let mut finding = Finding::new(rule, severity, path, message).place(place);
        finding.file.clone_from(&self.file.source.name);
        match span {
            Some(span) => finding.at(&self.file.source, span),
            None => finding,
        }
    }

    /// A warning about a part of a paragraph.
    pub(in crate::check) fn warn(
        &self,
        said: &Said,
        part: Range<usize>,
        rule: &str,
        message: impl Into<String>,
    ) -> Finding {
        self.about(said, part, rule, Severity::Warning, message)
    }

    /// A finding about a path other than a paragraph.
    pub(in crate::check) fn at(
        &self,
        path: &str,
        rule: &str,
        severity: Severity,
        message: impl Into<String>,
    ) -> Finding {
        self.file.locate(Finding::new(rule, severity, path, message), None)
    }

    /// The year reported on.
    pub(in crate::check) fn year(&self) -> u16 {
        self.file.report.year
    }
}
