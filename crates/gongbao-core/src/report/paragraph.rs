//! Paragraphs of the texts as they are printed: placeholders replaced, level and run-in heading known, each with
//! the way back to the file.

use std::{borrow::Cow, cell::OnceCell, ops::Range};

use super::{Placeholders, Problem, Report, ReportFile, TextMap, level};
use crate::form::Form;

/// A paragraph of a report as it is printed.
///
/// The checks, the printed document, the workbook and the browser page all take paragraphs from this type, so that
/// placeholders are expanded and levels are recognised in one way.
#[derive(Debug, Clone)]
pub struct Paragraph<'a> {
    /// Key of the text: `overview`.
    pub key: &'a str,
    /// Number of the paragraph within the text, from 1.
    pub number: usize,
    /// The paragraph as the report has it, with placeholders.
    pub raw: &'a str,
    /// The printed paragraph, with figures in place of placeholders. A placeholder without a value is left as typed.
    pub text: Cow<'a, str>,
    /// 2 for `（一）`, 3 for `1.`, 4 for `（1）`, 0 without an ordinal ([`level::level`]).
    pub level: u8,
    /// Placeholders without a value.
    pub problems: Vec<Problem>,
    /// Length of the run-in heading in bytes of `text`; 0 without a heading.
    heading: usize,
    /// Leads from `text` to `raw`; `None` where they are equal.
    map: Option<TextMap>,
}

impl Paragraph<'_> {
    /// Path of the paragraph: `overview[2]`.
    pub fn path(&self) -> String {
        format!("{}[{}]", self.key, self.number)
    }

    /// The run-in heading, ordinal and full stop included: the whole of a second-level paragraph, or its first
    /// sentence where the paragraph goes on after it. Other levels have no heading.
    pub fn heading(&self) -> Option<&str> {
        self.text.get(..self.heading).filter(|heading| !heading.is_empty())
    }

    /// The text after the heading, or the whole paragraph where there is no heading.
    pub fn body(&self) -> &str {
        self.text.get(self.heading..).unwrap_or_default()
    }

    /// The heading as a bookmark shows it, without its full stop.
    pub fn bookmark(&self) -> Option<&str> {
        self.heading().map(|heading| heading.trim_end_matches('。'))
    }

    /// Whether the whole paragraph is a heading.
    pub fn is_heading(&self) -> bool {
        self.heading > 0 && self.heading == self.text.len()
    }

    /// The words at these bytes of `text`.
    pub fn part(&self, part: Range<usize>) -> &str {
        self.text.get(part).unwrap_or_default()
    }

    /// The bytes of `raw` from which these bytes of `text` come.
    pub fn raw_range(&self, part: Range<usize>) -> Range<usize> {
        self.map.as_ref().map_or(part.clone(), |map| map.range(part))
    }

    /// Whether a placeholder put these bytes of `text` in.
    pub fn is_from_placeholder(&self, part: Range<usize>) -> bool {
        self.map.is_some() && self.raw.get(self.raw_range(part)).is_some_and(|raw| raw.contains("{{"))
    }
}

/// The paragraphs of a report's texts.
///
/// ```no_run
/// # let file: gongbao_core::report::ReportFile = unimplemented!();
/// for paragraph in file.report.paragraphs(&file.form).all() {
///     println!("{} {}", paragraph.path(), paragraph.text);
/// }
/// ```
#[derive(Debug)]
pub struct Paragraphs<'a> {
    report: &'a Report,
    form: &'a Form,
    /// Built for the first paragraph with a placeholder: few reports have any, and a form has many paths.
    placeholders: OnceCell<Placeholders<'a>>,
}

impl<'a> Paragraphs<'a> {
    /// All paragraphs in the order of print, preface first.
    pub fn all(&self) -> impl Iterator<Item = Paragraph<'a>> {
        self.form.all_text_keys().flat_map(|key| self.of(key))
    }

    /// The paragraphs of one text.
    pub fn of(&self, key: &str) -> impl Iterator<Item = Paragraph<'a>> {
        let text = self.report.texts.get_key_value(key);
        let paragraphs = text.into_iter().flat_map(|(key, paragraphs)| {
            paragraphs.iter().enumerate().map(move |(index, raw)| (key.as_str(), index + 1, raw.as_str()))
        });
        paragraphs.map(|(key, number, raw)| self.paragraph(key, number, raw))
    }

    fn paragraph(&self, key: &'a str, number: usize, raw: &'a str) -> Paragraph<'a> {
        let (text, problems, map) = if raw.contains("{{") {
            let placeholders = self.placeholders.get_or_init(|| Placeholders::new(self.report, self.form));
            let expansion = placeholders.expand(raw);
            (Cow::Owned(expansion.text), expansion.problems, Some(expansion.map))
        } else {
            (Cow::Borrowed(raw), Vec::new(), None)
        };
        let level = level::level(&text);
        let heading = if level == 2 { level::first_sentence(&text) } else { 0 };
        Paragraph { key, number, raw, text, level, problems, heading, map }
    }
}

impl Report {
    /// The paragraphs of the report's texts as they are printed on this form.
    pub fn paragraphs<'a>(&'a self, form: &'a Form) -> Paragraphs<'a> {
        Paragraphs { report: self, form, placeholders: OnceCell::new() }
    }
}

impl ReportFile {
    /// The bytes of the file from which these bytes of a paragraph's `text` come; the whole paragraph where that is
    /// not known.
    pub fn span_in_paragraph(&self, paragraph: &Paragraph<'_>, part: Range<usize>) -> Option<Range<usize>> {
        self.span_in(&paragraph.path(), paragraph.raw_range(part))
    }

    /// The bytes of the paragraph at `path`, as it is in [`Report::texts`], that come from these bytes of the file;
    /// `None` where that is the whole paragraph, or is not known. The paragraph is returned with them.
    pub fn part_at(&self, path: &str, span: &Range<usize>) -> Option<(&str, Range<usize>)> {
        let map = self.maps.get(path)?;
        let (key, number) = path.strip_suffix(']')?.split_once('[')?;
        let text = self.report.texts.get(key)?.get(number.parse::<usize>().ok()?.checked_sub(1)?)?;
        let characters = text.char_indices().map(|(at, c)| at..at + c.len_utf8());
        let mut inside = characters.filter(|range| {
            let origin = map.range(range.clone());
            origin.start < span.end && origin.end > span.start
        });
        let first = inside.next()?;
        let part = first.start..inside.next_back().map_or(first.end, |last| last.end);
        (part.start > 0 || part.end < text.len()).then_some((text.as_str(), part))
    }
}
