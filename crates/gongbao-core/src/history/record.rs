//! Writing of `published` and `[[corrections]]` into a report's file. All other bytes are unchanged, and the result is
//! verified by reading it.

mod json;
mod toml;
mod yaml;

use std::{fmt, path::Path, sync::Arc};

use super::Visible;
use crate::{
    report::{
        self, Correction, Published, Report, ReportFile,
        fields::{self, Field, FieldKind},
    },
    syntax::{self, Format, Node, Value},
    text::{self, Splice},
};

/// The publication record to be written.
#[derive(Debug, Clone)]
pub struct PublicationRecord<'a> {
    /// Date of publication, and digest of the current version.
    pub published: Published,
    /// A correction to be added.
    pub correction: Option<&'a Correction>,
}

impl PublicationRecord<'_> {
    /// The report with the record, as it must be read from the written file.
    pub fn added_to(&self, file: &ReportFile) -> Report {
        let mut wanted = file.report.clone();
        wanted.published = Some(self.published.clone());
        wanted.corrections.extend(self.correction.cloned());
        wanted
    }
}

/// Error from writing a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordError {
    /// The format of the file does not allow writing.
    Kind,
    /// No place was found for a key, or the result did not read as expected.
    Place(&'static str),
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind => f.write_str("记录只能写进 TOML、JSON、YAML 报告文件或本程序的工作簿"),
            Self::Place(key) => write!(
                f,
                "在文件里找不到可以写入 {key} 的地方，文件没有改动。请把文件整理成通常的写法（参照数据格式说明）后再试"
            ),
        }
    }
}

impl std::error::Error for RecordError {}

/// Returns the file's bytes with a record in them. `bytes` are those from which `file` was read, `base` is its directory.
///
/// # Errors
/// The format or the layout of the file leaves no place for the record.
pub fn record(
    bytes: &[u8],
    file: &ReportFile,
    base: &Path,
    recorded: &PublicationRecord<'_>,
) -> Result<Vec<u8>, RecordError> {
    let format = Format::of_name(&file.source.name).ok_or(RecordError::Kind)?;
    let root = syntax::parse(&file.source, format).map_err(|_| RecordError::Kind)?;
    let text = file.source.text.as_str();
    let Value::Table(entries) = &root.value else { return Err(RecordError::Place("published")) };
    let place = Place { text, root: &root, entries };
    let splices = match format {
        Format::Toml => toml::splices(place, recorded),
        Format::Json => json::splices(place, recorded),
        Format::Yaml => yaml::splices(place, recorded),
    }?;
    let written = text::splice(bytes, &file.source, &splices).map_err(|_| RecordError::Place("published"))?;
    verify(&written, file, base, format, recorded).ok_or(RecordError::Place("published"))?;
    Ok(written)
}

/// The parsed file.
#[derive(Clone, Copy)]
struct Place<'a> {
    text: &'a str,
    root: &'a Node,
    entries: &'a [(syntax::Key, Node)],
}

impl<'a> Place<'a> {
    fn get(self, key: &str) -> Option<&'a Node> {
        self.entries.iter().find(|(known, _)| known.name == key).map(|(_, node)| node)
    }

    /// Replacement of the present digest; `None` where there is none.
    fn new_digest(self, digest: &str) -> Option<Splice> {
        let Value::Table(entries) = &self.get("published")?.value else { return None };
        let (_, node) = entries.iter().find(|(key, _)| key.name == "digest")?;
        Some(Splice { at: node.span.start, removed: node.span.len(), text: format!("\"{digest}\"") })
    }

    /// Indentation before a byte; `None` if anything else precedes it on its line.
    fn indentation(self, at: usize) -> Option<&'a str> {
        let start = self.text.get(..at)?.rfind('\n').map_or(0, |line| line + 1);
        self.text.get(start..at).filter(|before| before.trim().is_empty())
    }
}

/// Verifies that the written file reads as the same report with the record.
fn verify(
    written: &[u8],
    file: &ReportFile,
    base: &Path,
    format: Format,
    recorded: &PublicationRecord<'_>,
) -> Option<()> {
    let source = Arc::new(syntax::open(&file.source.name, written).ok()?);
    let root = syntax::parse(&source, format).ok()?;
    let read = report::read(&source, &root, base).ok()?.file?;
    let same = read.report == recorded.added_to(file) && source.encoding == file.source.encoding;
    (same && Visible::of(&read).digest() == recorded.published.digest).then_some(())
}

/// Entries of a correction with their values in JSON, in the order of writing, without the changes.
fn entries(correction: &Correction) -> Vec<(&'static str, serde_json::Value)> {
    let is_single = |field: &&Field<Correction>| field.spec.kind != FieldKind::Changes;
    let fields = fields::CORRECTIONS.fields.iter().filter(is_single);
    fields.filter_map(|field| Some((field.spec.key, field.to_json(correction)?))).collect()
}

/// Changes of a correction with their values in JSON.
fn changes(correction: &Correction) -> Vec<Vec<(&'static str, serde_json::Value)>> {
    let of = |change| {
        let fields = fields::CHANGES.fields.iter();
        fields.filter_map(|field| Some((field.spec.key, field.to_json(change)?))).collect()
    };
    correction.changes.iter().map(of).collect()
}

/// An object on one line, valid in JSON and YAML.
fn inline(entries: &[(&'static str, serde_json::Value)]) -> String {
    let entries: Vec<String> = entries.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
    format!("{{ {} }}", entries.join(", "))
}
