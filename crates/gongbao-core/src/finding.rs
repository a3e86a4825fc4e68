//! What is wrong with a report, where, and what to do about it.

mod medium;
mod message;
mod place;
mod remedy;
mod render;
mod rule;

pub use medium::{BLANK_CELL, FieldName, HEAD_SHEET, Medium, MediumWords, NOTES_SHEET, REVIEW_SHEET};
pub use message::{Message, Part};
pub use place::{Place, PlacePart};
pub use remedy::Remedy;
pub use render::{RenderedFindings, render_all, summary};
pub use rule::Rule;
pub(crate) use rule::each_rule;

use std::{ops::Range, sync::Arc};

use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};

use crate::text::{SheetCell, Source};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 待确认: a reading that could go two ways.
    Unsure,
    /// 提醒: the report can go out, but somebody should look.
    Warning,
    /// 错误: the report does not go out.
    Error,
}

impl Severity {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unsure => "待确认",
            Self::Warning => "提醒",
            Self::Error => "错误",
        }
    }
}

/// Something wrong or doubtful in a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: Rule,
    /// How grave it is.
    pub severity: Severity,
    /// The path in the data: `applications.new.total`, `overview[2]`; empty for the file as a whole.
    pub path: String,
    /// The same as people say it; empty for the file as a whole.
    pub place: Place,
    /// What is wrong, in one sentence.
    pub message: Message,
    /// What to do next.
    pub hint: Option<Message>,
    /// The medium that it is shown in, which decides its words.
    pub medium: Medium,
    /// The file's name as it was given.
    pub file: String,
    /// Where in the file; in a workbook only good for putting findings in order.
    pub at: Option<At>,
    /// Where in a workbook: it goes before `at`.
    pub cell: Option<SheetCell>,
    /// The path of the figure that a text contradicts, or of the likely culprit.
    pub figure: Option<String>,
    /// The left side of what does not hold, as a number in JSON notation.
    pub left: Option<serde_json::Number>,
    /// The right side.
    pub right: Option<serde_json::Number>,
    /// Other failures that the same mistake explains.
    pub follows: Vec<Follower>,
    /// Why a reviewer lets it stand: it is listed, but counts no more.
    pub accepted: Option<String>,
}

/// A place in a text file.
#[derive(Debug, Clone)]
pub struct At {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes of its decoded text.
    pub span: Range<usize>,
}

impl PartialEq for At {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.source, &other.source) && self.span == other.span
    }
}

/// A failure that another finding explains.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Follower {
    /// The rule that is broken.
    pub rule: Rule,
    /// The path that fails.
    pub path: String,
    /// The left side.
    pub left: serde_json::Number,
    /// The right side.
    pub right: serde_json::Number,
}

impl Finding {
    /// A finding of `rule` about `path`, in words.
    pub fn new(rule: Rule, severity: Severity, path: impl Into<String>, message: impl Into<Message>) -> Self {
        Self {
            rule,
            severity,
            path: path.into(),
            place: Place::default(),
            message: message.into(),
            hint: None,
            medium: Medium::File,
            file: String::new(),
            at: None,
            cell: None,
            figure: None,
            left: None,
            right: None,
            follows: Vec::new(),
            accepted: None,
        }
    }

    /// Adds what to do next; an empty message adds nothing.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Message>) -> Self {
        self.hint = Some(hint.into()).filter(|hint| !hint.is_empty());
        self
    }

    /// Shows the finding in a medium.
    #[must_use]
    pub fn shown_in(mut self, medium: Medium) -> Self {
        self.medium = medium;
        self
    }

    /// What is wrong, in the words of the finding's medium.
    pub fn text(&self) -> String {
        self.message.text(self.medium)
    }

    /// What to do next, in the words of the finding's medium; `None` where there is nothing to say.
    pub fn advice(&self) -> Option<String> {
        self.hint.as_ref().map(|hint| hint.text(self.medium)).filter(|hint| !hint.is_empty())
    }

    /// The place in the words of the finding's medium; empty for the file as a whole.
    pub fn place_text(&self) -> String {
        self.place.text(self.medium)
    }

    /// Adds the place as people say it.
    #[must_use]
    pub fn place(mut self, place: impl Into<Place>) -> Self {
        self.place = place.into();
        self
    }

    /// Adds the place in the file, and the file; in a workbook the cell.
    #[must_use]
    pub fn at(mut self, source: &Arc<Source>, span: Range<usize>) -> Self {
        self.file.clone_from(&source.name);
        self.cell = source.cell(span.start).cloned();
        self.at = Some(At { source: Arc::clone(source), span });
        self
    }
}

impl Serialize for Finding {
    /// Writes the fields of the contract; those that do not apply are left out.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("rule", &self.rule)?;
        map.serialize_entry("severity", &self.severity)?;
        map.serialize_entry("path", &self.path)?;
        map.serialize_entry("place", &self.place_text())?;
        map.serialize_entry("message", &self.text())?;
        map.serialize_entry("file", &self.file)?;
        if let (Some(at), None) = (&self.at, &self.cell) {
            let (line, column) = at.source.line_column(at.span.start);
            map.serialize_entry("line", &line)?;
            map.serialize_entry("column", &column)?;
        }
        if let Some(cell) = &self.cell {
            map.serialize_entry("sheet", &cell.sheet)?;
            map.serialize_entry("cell", &cell.cell)?;
        }
        if let Some(figure) = &self.figure {
            map.serialize_entry("figure", figure)?;
        }
        if let Some(left) = &self.left {
            map.serialize_entry("left", left)?;
        }
        if let Some(right) = &self.right {
            map.serialize_entry("right", right)?;
        }
        if let Some(hint) = self.advice() {
            map.serialize_entry("hint", &hint)?;
        }
        if !self.follows.is_empty() {
            map.serialize_entry("follows", &self.follows)?;
        }
        if let Some(accepted) = &self.accepted {
            map.serialize_entry("accepted", accepted)?;
        }
        map.end()
    }
}

impl Finding {
    /// Whether it keeps a report from going out.
    pub fn blocks(&self) -> bool {
        self.severity == Severity::Error && self.accepted.is_none()
    }
}
