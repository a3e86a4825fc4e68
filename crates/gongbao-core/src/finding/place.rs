//! Places in a report, in words.

use std::{borrow::Cow, fmt, sync::Arc};

use serde::{Serialize, Serializer};

use super::{FieldName, HEAD_SHEET, Medium, REVIEW_SHEET};

/// What stands between the parts of a place.
const SEPARATOR: &str = " › ";

/// A place in a report as people say it: 表三 › 一、本年新收政府信息公开申请数量 › 总计.
///
/// ```
/// use gongbao_core::finding::{Place, PlacePart};
///
/// let place = Place::from("一、总体情况").with(PlacePart::Paragraph(2));
/// assert_eq!(place.to_string(), "一、总体情况 › 第2段");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(Arc<[PlacePart]>);

/// A part of a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PlacePart {
    /// The head of the report: everything that is neither a text nor a table.
    Head,
    /// The part of the head that is added after the report is written: accepted findings, members, publication,
    /// corrections. Text files do not tell it from the rest.
    Review,
    /// A field of the data format: `agency.name`.
    Field(FieldName),
    /// The name of a table or sheet, the heading of a chapter, the header of a row or column.
    Words(String),
    /// A paragraph, counted from 1.
    Paragraph(usize),
    /// A paragraph of the report as it was before, counted from 1.
    FormerParagraph(usize),
    /// An item of a list, counted from 1.
    Item(usize),
    /// The note below a table.
    Note,
}

impl PlacePart {
    /// The part in words, as text files name it.
    pub fn text(&self) -> Cow<'_, str> {
        self.text_in(Medium::File)
    }

    /// The part in the words of a medium.
    pub fn text_in(&self, medium: Medium) -> Cow<'_, str> {
        match self {
            Self::Head | Self::Review if medium == Medium::File => "报告头".into(),
            Self::Head => HEAD_SHEET.into(),
            Self::Review => REVIEW_SHEET.into(),
            Self::Field(name) => name.text(medium).into(),
            Self::Words(text) => text.into(),
            Self::Paragraph(number) => format!("第{number}段").into(),
            Self::FormerParagraph(number) => format!("原第{number}段").into(),
            Self::Item(number) => format!("第{number}项").into(),
            Self::Note => "注".into(),
        }
    }

    /// The words of a header, heading or key; empty for other parts.
    pub fn words(&self) -> &str {
        match self {
            Self::Field(name) => &name.key,
            Self::Words(text) => text,
            _ => "",
        }
    }

    /// The name of the part for a message: a field by its name, other parts by their words.
    pub fn name(&self) -> FieldName {
        match self {
            Self::Field(name) => name.clone(),
            _ => {
                let words = self.text().into_owned();
                FieldName::new(words.clone(), words)
            }
        }
    }
}

impl Place {
    /// The place in the words of a medium: 报告头 › agency › name in a text file, 基本情况 › 单位名称 elsewhere.
    pub fn text(&self, medium: Medium) -> String {
        let parts: Vec<Cow<'_, str>> = match medium {
            Medium::File => self.0.iter().map(PlacePart::text).collect(),
            Medium::Workbook | Medium::Browser => self.labelled(medium),
        };
        parts.join(SEPARATOR)
    }

    /// The parts for people who fill in a form: of fields within each other only the innermost.
    fn labelled(&self, medium: Medium) -> Vec<Cow<'_, str>> {
        let is_field = |part: Option<&PlacePart>| matches!(part, Some(PlacePart::Field(_)));
        let parts = self
            .0
            .iter()
            .zip(1..)
            .filter(|(part, next)| !is_field(Some(part)) || !is_field(self.0.get(*next)));
        parts.map(|(part, _)| part.text_in(medium)).filter(|text| !text.is_empty()).collect()
    }

    /// Whether the place is the file as a whole.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parts, from the widest to the narrowest.
    pub fn parts(&self) -> &[PlacePart] {
        &self.0
    }

    /// The last part.
    pub fn last(&self) -> Option<&PlacePart> {
        self.0.last()
    }

    /// The words of the part at an index; empty where there is none.
    pub fn words_at(&self, index: usize) -> &str {
        self.0.get(index).map_or("", PlacePart::words)
    }

    /// The place of a part of this place.
    #[must_use]
    pub fn with(&self, part: PlacePart) -> Self {
        self.0.iter().cloned().chain([part]).collect()
    }

    /// The place without its last part.
    #[must_use]
    pub fn parent(&self) -> Self {
        self.first(self.0.len().saturating_sub(1))
    }

    /// The first parts of the place, at most `count` of them.
    #[must_use]
    pub fn first(&self, count: usize) -> Self {
        self.0.iter().take(count).cloned().collect()
    }

    /// The place without its first parts.
    #[must_use]
    pub fn without_first(&self, count: usize) -> Self {
        self.0.iter().skip(count).cloned().collect()
    }

    /// Whether the place lies within another, or is the same.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }
}

impl Default for Place {
    fn default() -> Self {
        Self([].into())
    }
}

impl FromIterator<PlacePart> for Place {
    fn from_iter<I: IntoIterator<Item = PlacePart>>(parts: I) -> Self {
        Self(parts.into_iter().collect())
    }
}

impl From<&str> for Place {
    /// A table, sheet or chapter by its name; the file as a whole if the name is empty.
    fn from(name: &str) -> Self {
        let part = (!name.is_empty()).then(|| PlacePart::Words(name.to_owned()));
        part.into_iter().collect()
    }
}

impl From<&Self> for Place {
    fn from(place: &Self) -> Self {
        place.clone()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Medium::File))
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
