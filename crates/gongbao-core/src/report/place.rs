//! Where people find a path: its words, and its place in the file.

use super::{ReportFile, fields};
use crate::finding::{Finding, Place, PlacePart};

impl ReportFile {
    /// A path as people say it: 表三 › 一、本年新收政府信息公开申请数量 › 总计, 一、总体情况 › 第2段.
    pub fn place(&self, path: &str) -> Place {
        if path.is_empty() {
            return Place::default();
        }
        let records = self.report.records(&self.form);
        for record in records.iter() {
            if record.path == path {
                return record.place.clone();
            }
            if let Some(figure) = record.figures.iter().find(|figure| figure.path == path) {
                return figure.place.clone();
            }
        }
        let (key, rest) = path.find(['.', '[']).map_or((path, ""), |at| path.split_at(at));
        if let Some(number) = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            return match number.parse() {
                Ok(number) => Place::from(self.text_name(key)).with(PlacePart::Paragraph(number)),
                Err(_) => fields::place(path),
            };
        }
        if let Some(table) = self.form.tables.get(key) {
            return match rest {
                ".note" => Place::from(table.name.as_str()).with(PlacePart::Note),
                _ => table.name.as_str().into(),
            };
        }
        if self.form.heading(key).is_some() || key == "preface" {
            return self.text_name(key).into();
        }
        fields::place(path)
    }

    /// What people call a text.
    fn text_name<'a>(&'a self, key: &'a str) -> &'a str {
        self.form.heading(key).unwrap_or(if key == "preface" { "前言" } else { key })
    }

    /// A finding with the words of its path and its place in the file; where it is about a character, the
    /// character's own place.
    pub fn locate(&self, mut finding: Finding, character: Option<char>) -> Finding {
        finding.place = self.place(&finding.path);
        finding.file.clone_from(&self.source.name);
        let Some(mut span) = self.span(&finding.path) else { return finding };
        let at = character.and_then(|c| Some((c, self.source.text.get(span.clone())?.find(c)?)));
        if let Some((c, at)) = at {
            span = span.start + at..span.start + at + c.len_utf8();
        }
        finding.at(&self.source, span)
    }
}
