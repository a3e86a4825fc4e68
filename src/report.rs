//! A filled form: who reports, its texts, its figures, and what became of it.

mod number;

pub use number::{Number, NumberError};

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use jiff::civil::Date;

use crate::{
    finding::Finding,
    form::{Extra, Form},
    source::Source,
};

/// A report as it was read: what it says, the form it follows, and where each part stood.
#[derive(Debug, Clone)]
pub struct ReportFile {
    /// What it says.
    pub report: Report,
    /// The form it follows.
    pub form: Arc<Form>,
    /// The file it was read from.
    pub source: Arc<Source>,
    /// Where in the file each path stood: `applications.new.total`, `overview[2]`, `agency.name`.
    pub origins: Origins,
    /// What reading put right, in the order of the file.
    pub changes: Vec<Change>,
}

/// Byte ranges in the source's text by path.
pub type Origins = BTreeMap<String, Range<usize>>;

/// Something that reading put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where: `overview[2]`.
    pub path: String,
    /// What stood there.
    pub old: String,
    /// What it became.
    pub new: String,
    /// Why, in Chinese: 汉字与数字之间的空格.
    pub why: &'static str,
}

/// What a report file says.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The form as the file names it; `None` where it follows from the year.
    pub form: Option<String>,
    /// The year reported on.
    pub year: u16,
    /// The title, if it is not the usual one; a line break is a wanted one.
    pub title: Option<String>,
    /// 成文日期.
    pub date: Option<Date>,
    /// `blanks = "zero"`: what is blank or missing counts and prints as 0.
    pub blanks_are_zero: bool,
    /// Who reports.
    pub agency: Agency,
    /// The texts by key (`preface`, `overview`, …): normalised, placeholders as in the file, paragraphs
    /// one a string.
    pub texts: BTreeMap<String, Vec<String>>,
    /// The figures by path. One that is missing is not there; one that was left out and computed is.
    pub figures: BTreeMap<String, Cell>,
    /// The notes under the tables, by section key.
    pub notes: BTreeMap<String, String>,
    /// A locality's extra rows, by section key; their figures are among `figures`.
    pub extras: BTreeMap<String, Vec<Extra>>,
    /// The sign-off sheet of the paper copy. Goes into no public output.
    pub filing: Option<Filing>,
    /// Findings that a reviewer lets stand. Goes into no public output.
    pub accepted: Vec<Accepted>,
    /// When it was published, and the digest of what was.
    pub published: Option<Published>,
    /// What was corrected since, oldest first.
    pub corrections: Vec<Correction>,
}

/// Who reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agency {
    /// The full name.
    pub name: String,
    /// What kind of body it is.
    pub kind: Option<AgencyKind>,
    /// The other keys that are given (`region`, `code`, `address`, `postcode`, `phone`, `fax`, `email`,
    /// `website`), by key.
    pub details: BTreeMap<String, String>,
}

/// What kind of body reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgencyKind {
    /// 一级政府.
    Government,
    /// 政府办公厅（室）.
    Office,
    /// 政府部门.
    Department,
    /// 乡镇人民政府、街道办事处.
    Town,
    /// 垂直管理部门.
    Vertical,
}

/// A figure's cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it.
    pub figure: Figure,
    /// Printed in brackets after the figure.
    pub note: Option<String>,
    /// Printed right after the figure.
    pub unit: Option<String>,
    /// Whether the file left it out and it was computed.
    pub computed: bool,
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// A number.
    Number(Number),
    /// `/`: not applicable. Prints as such, adds as zero.
    NotApplicable,
    /// Left blank on purpose. Prints blank, adds as zero.
    Blank,
}

/// The paper copy's sign-off sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// To whom the report is submitted.
    pub recipient: String,
    /// Who signs, a line each.
    pub roles: Vec<String>,
    /// The phone number of whoever filled it in.
    pub phone: String,
    /// Whether signature and date are set for the seal.
    pub seal: bool,
}

/// A finding that a reviewer lets stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The rule's code.
    pub rule: String,
    /// The path it is about; any where it is not given.
    pub path: Option<String>,
    /// Why it may stand.
    pub reason: String,
    /// Who said so.
    pub by: String,
}

/// When a report was published, and the digest of what was.
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
    /// Why.
    pub reason: String,
    /// What changed.
    pub changes: Vec<CorrectionChange>,
}

/// One change of a correction.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrectionChange {
    /// The path: `applications.new.total`, `overview[2]`.
    pub path: String,
    /// The old value as the data format writes it.
    pub old: serde_json::Value,
    /// The new value.
    pub new: serde_json::Value,
    /// Whether the old value must not be shown any more.
    pub redact: bool,
}

impl Report {
    /// The title: the one given, else the usual one; a line break is a wanted one.
    pub fn title(&self) -> String {
        self.title
            .clone()
            .unwrap_or_else(|| format!("{}{}年政府信息公开工作年度报告", self.agency.name, self.year))
    }

    /// What a figure adds to a sum: its number, or zero where there is none.
    pub fn amount(&self, path: &str) -> Number {
        match self.figures.get(path).map(|cell| cell.figure) {
            Some(Figure::Number(number)) => number,
            _ => Number::ZERO,
        }
    }
}

/// What came of reading a file: the report as far as it could be understood, and all that is wrong with it.
#[derive(Debug)]
pub struct Reading {
    /// The report; `None` where not even form, year and agency could be told.
    pub file: Option<ReportFile>,
    /// All complaints, in the order of the file.
    pub findings: Vec<Finding>,
}
