//! The texts of a report as they are printed, each paragraph with its way back to the file.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    finding::{Finding, Message, Place, PlacePart, Rule, Severity},
    report::ReportFile,
};

/// The paragraphs as every check sees them.
pub(in crate::check) use crate::{form::PREFACE, report::Paragraph as Said};

/// 一、总体情况.
pub(in crate::check) const OVERVIEW: &str = "overview";
/// 五、存在的主要问题及改进情况.
pub(in crate::check) const PROBLEMS: &str = "problems";

/// A report with its texts as they are printed.
pub(in crate::check) struct Texts<'a> {
    /// The report.
    pub(in crate::check) file: &'a ReportFile,
    /// All paragraphs, in the order in which they are printed.
    pub(in crate::check) said: Vec<Said<'a>>,
    /// What people call each text.
    names: BTreeMap<String, Place>,
}

impl<'a> Texts<'a> {
    /// The texts of a report with the figures in them.
    pub(in crate::check) fn new(file: &'a ReportFile) -> Self {
        let (report, form) = (&file.report, &file.form);
        let given = form.all_text_keys().filter(|key| report.texts.contains_key(*key));
        let names = given.map(|key| (key.to_owned(), file.place(key))).collect();
        Self { file, said: report.paragraphs(form).all().collect(), names }
    }

    /// The paragraphs of one text.
    pub(in crate::check) fn of<'s>(&'s self, key: &'s str) -> impl Iterator<Item = &'s Said<'a>> {
        self.said.iter().filter(move |said| said.key == key)
    }

    /// A finding about a part of a paragraph.
    pub(in crate::check) fn about(
        &self,
        said: &Said<'_>,
        part: Range<usize>,
        rule: Rule,
        severity: Severity,
        message: impl Into<Message>,
    ) -> Finding {
        let path = said.path();
        let chapter = self.names.get(said.key).cloned().unwrap_or_default();
        let place = chapter.with(PlacePart::Paragraph(said.number));
        let span = self.file.span_in_paragraph(said, part);
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
        said: &Said<'_>,
        part: Range<usize>,
        rule: Rule,
        message: impl Into<Message>,
    ) -> Finding {
        self.about(said, part, rule, Severity::Warning, message)
    }

    /// A finding about a path other than a paragraph.
    pub(in crate::check) fn at(
        &self,
        path: &str,
        rule: Rule,
        severity: Severity,
        message: impl Into<Message>,
    ) -> Finding {
        self.file.locate(Finding::new(rule, severity, path, message), None)
    }

    /// The year reported on.
    pub(in crate::check) fn year(&self) -> u16 {
        self.file.report.year
    }
}
