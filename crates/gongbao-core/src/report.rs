//! A filled form: who reports, its texts, its figures, and what became of it.

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
mod textmap;
mod totals;
mod verbatim;
mod words;
mod write;

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
    /// For paragraphs (`overview[2]`), where in the file each of their characters stood.
    pub maps: BTreeMap<String, TextMap>,
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
    /// Whose figures a paragraph tells, by path, where the file says so. Goes into no public output.
    pub scopes: BTreeMap<String, TextScope>,
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
    /// The reports that a consolidated report sums up. Goes into no public output.
    pub members: Vec<Member>,
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
    /// The other keys of [`fields::AGENCY`] that are given, by key.
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

/// Whose figures a paragraph tells, compared with those of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextScope {
    /// Those of the tables.
    Whole,
    /// Those of the body's own office alone.
    Office,
    /// Those of somebody else.
    Other,
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

/// A report that goes into a consolidated one, as it was when it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The body.
    pub name: String,
    /// Its report, from the folder of the consolidated one.
    pub file: String,
    /// `sha256:` and the digest of what a reader could see of it.
    pub digest: String,
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
    /// The digest of what stood before it; `None` where it was withdrawn or never written.
    pub replaces: Option<String>,
    /// What changed.
    pub changes: Vec<CorrectionChange>,
}

/// One change of a correction.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrectionChange {
    /// The path: `applications.new.total`, `overview[2]`.
    pub path: String,
    /// The old value as the data format writes it; null where it was withdrawn.
    pub old: serde_json::Value,
    /// The new value; null where it was withdrawn later.
    pub new: serde_json::Value,
    /// Whether the old value must not be shown any more.
    pub redact: bool,
}

impl ReportFile {
    /// Where in the file a path stood; one that was left out stands where what should hold it does.
    pub fn span(&self, path: &str) -> Option<Range<usize>> {
        let mut path = path;
        loop {
            if let Some(span) = self.origins.get(path) {
                return Some(span.clone());
            }
            path = &path[..path.rfind(['.', '['])?];
        }
    }

    /// Where in the file a part of a paragraph stood (`overview[2]`, bytes of the paragraph as it is in
    /// [`Report::texts`]); the whole paragraph where that cannot be told.
    pub fn span_in(&self, path: &str, part: Range<usize>) -> Option<Range<usize>> {
        match self.maps.get(path) {
            Some(map) => Some(map.range(part)),
            None => self.span(path),
        }
    }
}

impl AgencyKind {
    /// Key and name of each kind.
    pub const OPTIONS: [(&str, &str); 5] = {
        let [a, b, c, d, e] = Self::ALL;
        [a.option(), b.option(), c.option(), d.option(), e.option()]
    };

    const fn option(self) -> (&'static str, &'static str) {
        (self.key(), self.name())
    }

    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Government, Self::Office, Self::Department, Self::Town, Self::Vertical];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Government => "政府",
            Self::Office => "政府办公厅（室）",
            Self::Department => "部门",
            Self::Town => "乡镇、街道",
            Self::Vertical => "垂直管理部门",
        }
    }

    /// What a report file calls it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Government => "government",
            Self::Office => "office",
            Self::Department => "department",
            Self::Town => "town",
            Self::Vertical => "vertical",
        }
    }
}

impl TextScope {
    /// Key and name of each scope.
    pub const OPTIONS: [(&str, &str); 3] = {
        let [a, b, c] = Self::ALL;
        [(a.key(), a.name()), (b.key(), b.name()), (c.key(), c.name())]
    };

    /// All scopes.
    pub const ALL: [Self; 3] = [Self::Whole, Self::Office, Self::Other];

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whole => "与表格同一口径",
            Self::Office => "只是本机关办公厅（室）的数",
            Self::Other => "别的单位的数",
        }
    }

    /// What a report file calls it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Office => "office",
            Self::Other => "other",
        }
    }
}

impl Default for Filing {
    /// The sign-off sheet as it is where `[filing]` says nothing.
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
    /// All rows of figures in the order in which they are printed: those of the form, and a locality's
    /// extra rows after the ones they follow.
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

    /// The title: the one given, else the usual one; a line break is a wanted one.
    pub fn title(&self) -> String {
        self.title
            .clone()
            .unwrap_or_else(|| format!("{}{}年政府信息公开工作年度报告", self.agency.name, self.year))
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
