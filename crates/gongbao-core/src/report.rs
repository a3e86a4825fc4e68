//! A filled form: agency, texts, figures, and the record of publication and corrections.

mod agency_kind;
mod characters;
mod correction;
mod day;
pub mod fields;
mod fresh;
mod level;
mod literal;
mod normalise;
mod number;
pub mod ordinal;
mod paragraph;
mod place;
mod placeholder;
mod printed;
mod read;
mod schema;
mod text_scope;
mod textmap;
mod totals;
mod verbatim;
mod words;
mod write;

pub use agency_kind::AgencyKind;
pub use characters::{forbidden, is_variation_selector};
pub use correction::WITHDRAWN;
pub use correction::{Step, paragraph};
pub use day::day;
pub use fresh::{Begun, DRAFT_MARK, begun, fresh};
pub use level::{level, opens_like_a_chapter};
pub use normalise::normalised;
pub use number::{Number, NumberError};
pub use paragraph::{Paragraph, Paragraphs};
pub use place::place_in_words;
pub use placeholder::{Expansion, Placeholders, Problem, expand};
pub use printed::printed_value;
pub use read::parse_date;
pub use read::{is_report, read};
pub use schema::json_schema;
pub use text_scope::TextScope;
pub use textmap::TextMap;
pub use words::{Edit, Piece, pieces};
pub use write::toml_paragraphs;
pub use write::{Scope, to_json, to_outline, to_text, to_toml, to_yaml};

use std::{borrow::Cow, collections::BTreeMap, ops::Range, sync::Arc};

use jiff::civil::Date;

use crate::{
    finding::{Finding, PlacePart},
    form::{Address, Extra, Form, Record},
    text::Source,
};

/// A report with its form, its source, and the place of each part in the source.
#[derive(Debug, Clone)]
pub struct ReportFile {
    /// The contents.
    pub report: Report,
    /// The form.
    pub form: Arc<Form>,
    /// The file that the report was read from.
    pub source: Arc<Source>,
    /// Bytes of each path in the file: `applications.new.total`, `overview[2]`, `agency.name`.
    pub origins: Origins,
    /// For paragraphs (`overview[2]`), the bytes of their characters in the file.
    pub maps: BTreeMap<String, TextMap>,
    /// Normalisations made by reading, in the order of the file.
    pub changes: Vec<Change>,
}

/// Byte ranges in the source's text by path.
pub type Origins = BTreeMap<String, Range<usize>>;

/// A normalisation made by reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The path: `overview[2]`.
    pub path: String,
    /// The text before.
    pub old: String,
    /// The text after.
    pub new: String,
    /// Why, in Chinese: 汉字与数字之间的空格.
    pub why: &'static str,
}

/// The contents of a report file.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The form as the file names it; `None` where it follows from the year.
    pub form: Option<String>,
    /// The year of the report.
    pub year: u16,
    /// The title, if it is not the usual one; a line break is a wanted one.
    pub title: Option<String>,
    /// 成文日期.
    pub date: Option<Date>,
    /// `blanks = "zero"`: what is blank or missing counts and prints as 0.
    pub blanks_are_zero: bool,
    /// Whose figures a paragraph states, by path, where the file says so. Goes into no public output.
    pub scopes: BTreeMap<String, TextScope>,
    /// The agency that reports.
    pub agency: Agency,
    /// The texts by key (`preface`, `overview`, …): one string for each normalised paragraph, with placeholders as in
    /// the file.
    pub texts: BTreeMap<String, Vec<String>>,
    /// The figures by path, including totals that the file leaves out and that were computed.
    pub figures: BTreeMap<String, Cell>,
    /// The notes under the tables, by section key.
    pub notes: BTreeMap<String, String>,
    /// A locality's extra rows, by section key; their figures are among `figures`.
    pub extras: BTreeMap<String, Vec<Extra>>,
    /// The sign-off sheet of the paper copy; part of no public output.
    pub filing: Option<Filing>,
    /// Findings that a reviewer has accepted; part of no public output.
    pub accepted: Vec<Accepted>,
    /// The reports that a consolidated report sums up; part of no public output.
    pub members: Vec<Member>,
    /// Date of publication and digest of the published report.
    pub published: Option<Published>,
    /// Corrections after publication, oldest first.
    pub corrections: Vec<Correction>,
}

/// The agency that reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agency {
    /// The full name.
    pub name: String,
    /// The kind of agency.
    pub kind: Option<AgencyKind>,
    /// The other keys of [`fields::AGENCY`] that are given, by key.
    pub details: BTreeMap<String, String>,
}

/// A figure's cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The value.
    pub figure: Figure,
    /// Note printed in brackets after the figure.
    pub note: Option<String>,
    /// Unit printed right after the figure.
    pub unit: Option<String>,
    /// Whether the file leaves it out and it was computed.
    pub computed: bool,
}

/// The value of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// A number.
    Number(Number),
    /// `/`: not applicable. Prints as such, adds as zero.
    NotApplicable,
    /// Left blank on purpose. Prints blank, adds as zero.
    Blank,
}

/// The sign-off sheet of the paper copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// Recipient of the report.
    pub recipient: String,
    /// Signatories, one line each.
    pub roles: Vec<String>,
    /// Phone number of the person who filled in the report.
    pub phone: String,
    /// Whether signature and date are laid out for the seal.
    pub seal: bool,
}

/// A finding that a reviewer has accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The rule's code.
    pub rule: String,
    /// The path of the finding; all paths if `None`.
    pub path: Option<String>,
    /// The reason.
    pub reason: String,
    /// The reviewer.
    pub by: String,
}

/// A report that a consolidated report sums up, as it was at that time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Name of the agency.
    pub name: String,
    /// Path of its report, relative to the folder of the consolidated report.
    pub file: String,
    /// `sha256:` and the digest of the visible contents.
    pub digest: String,
}

/// Publication of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// `sha256:` and 64 hexadecimal digits.
    pub digest: String,
}

/// A correction after publication.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// The day.
    pub date: Date,
    /// The reason.
    pub reason: String,
    /// Digest of the report before the correction; `None` if it was withdrawn or never written.
    pub replaces: Option<String>,
    /// The changes.
    pub changes: Vec<CorrectionChange>,
}

/// One change of a correction.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrectionChange {
    /// The path: `applications.new.total`, `overview[2]`.
    pub path: String,
    /// The old value in the data format; null if it was withdrawn.
    pub old: serde_json::Value,
    /// The new value; null if it was withdrawn later.
    pub new: serde_json::Value,
    /// Whether the old value is withdrawn from all public outputs.
    pub redact: bool,
}

impl ReportFile {
    /// Bytes of a path in the file; for a path that is left out, those of the table that should hold it.
    pub fn span(&self, path: &str) -> Option<Range<usize>> {
        let mut path = path;
        loop {
            if let Some(span) = self.origins.get(path) {
                return Some(span.clone());
            }
            path = &path[..path.rfind(['.', '['])?];
        }
    }

    /// Bytes in the file of a part of a paragraph (`overview[2]`, bytes of the paragraph in [`Report::texts`]); those of
    /// the whole paragraph if the part cannot be mapped.
    pub fn span_in(&self, path: &str, part: Range<usize>) -> Option<Range<usize>> {
        match self.maps.get(path) {
            Some(map) => Some(map.range(part)),
            None => self.span(path),
        }
    }
}

impl Default for Filing {
    /// The sign-off sheet of an empty `[filing]`.
    fn default() -> Self {
        Self {
            recipient: String::new(),
            roles: ["单位负责人", "审核人", "保密审查人", "填报人"].map(str::to_owned).to_vec(),
            phone: String::new(),
            seal: true,
        }
    }
}

impl Report {
    /// All rows of figures in the order of print: rows of the form, each followed by its extra rows.
    pub fn records<'f>(&self, form: &'f Form) -> Cow<'f, [Record]> {
        if self.extras.is_empty() {
            return form.records().into();
        }
        let mut records = form.records().to_vec();
        for (section, extras) in &self.extras {
            for (index, extra) in extras.iter().enumerate() {
                let after = format!("{section}.{}", extra.after);
                let Some(at) = records.iter().position(|record| record.path == after) else { continue };
                let record = extra_record(&records[at], section, index + 1, &extra.label);
                // Several rows after the same one stand in the order of the file.
                let prefix = format!("{section}.extra[");
                let before =
                    records[at + 1..].iter().take_while(|record| record.path.starts_with(&prefix)).count();
                records.insert(at + 1 + before, record);
            }
        }
        records.into()
    }

    /// The title of the file, otherwise the usual one; its line breaks are printed.
    pub fn title(&self) -> String {
        self.title
            .clone()
            .unwrap_or_else(|| format!("{}{}年政府信息公开工作年度报告", self.agency.name, self.year))
    }
}

/// Result of reading a file: the report as far as it could be read, and all findings.
#[derive(Debug)]
pub struct Reading {
    /// The report; `None` if form, year or agency is unknown.
    pub file: Option<ReportFile>,
    /// All findings, in the order of the file.
    pub findings: Vec<Finding>,
}

/// A locality's extra row, with the columns of the row it stands after.
pub fn extra_record(after: &Record, section: &str, number: usize, label: &str) -> Record {
    let path = format!("{section}.extra[{number}]");
    // The row's own words are the last part of its place.
    let place = after.place.parent().with(PlacePart::Words(label.to_owned()));
    let figure = |address: &Address| Address {
        path: format!("{path}.{}", address.column),
        place: place.with(PlacePart::Words(address.label().to_owned())),
        ..address.clone()
    };
    Record {
        of_government: after.of_government,
        block: after.block,
        figures: after.figures.iter().map(figure).collect(),
        path: path.clone(),
        place: place.clone(),
    }
}
