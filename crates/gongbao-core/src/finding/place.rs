//! Places in a report, in words.

use std::{borrow::Cow, fmt, sync::Arc};

use serde::{Serialize, Serializer};

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
    /// A key of the data format, or a path of keys: `agency.name`.
    Key(String),
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
    /// The part in words.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Head => "报告头".into(),
            Self::Key(text) | Self::Words(text) => text.into(),
            Self::Paragraph(number) => format!("第{number}段").into(),
            Self::FormerParagraph(number) => format!("原第{number}段").into(),
            Self::Item(number) => format!("第{number}项").into(),
            Self::Note => "注".into(),
        }
    }

    /// The words of a header, heading or key; empty for other parts.
    pub fn words(&self) -> &str {
        match self {
            Self::Key(text) | Self::Words(text) => text,
            _ => "",
        }
    }
}

impl Place {
    /// A key of the head, or a path of keys: 报告头 › agency.name.
    pub fn head(path: impl Into<String>) -> Self {
        [PlacePart::Head, PlacePart::Key(path.into())].into_iter().collect()
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
        for (index, part) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(SEPARATOR)?;
            }
            f.write_str(&part.text())?;
        }
        Ok(())
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
