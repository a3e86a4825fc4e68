//! A place in a report: its path, and its words.

use std::borrow::Cow;

use crate::finding::{Place, PlacePart};

/// A path with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    path: String,
    place: Place,
}

impl Spot {
    /// Creates a place from its path and its words.
    pub(super) fn new(path: impl Into<String>, place: impl Into<Place>) -> Self {
        Self { path: path.into(), place: place.into() }
    }

    /// Returns the place of the whole file.
    pub(super) fn root() -> Self {
        Self::new("", "")
    }

    /// Returns the place of a key of the head.
    pub(super) fn head(key: &str) -> Self {
        Self::new(key, Place::head(key))
    }

    /// Returns the place of a key within this one.
    pub(super) fn key(&self, key: &str) -> Self {
        if self.path.is_empty() {
            return Self::head(key);
        }
        Self::new(format!("{}.{key}", self.path), self.place.with(PlacePart::Key(key.to_owned())))
    }

    /// Returns the place of an item of this list, counted from 0.
    pub(super) fn item(&self, index: usize) -> Self {
        let number = index + 1;
        Self::new(format!("{}[{number}]", self.path), self.place.with(PlacePart::Item(number)))
    }

    /// Returns the place of a paragraph of this text, counted from 0.
    pub(super) fn paragraph(&self, index: usize) -> Self {
        let number = index + 1;
        Self::new(format!("{}[{number}]", self.path), self.place.with(PlacePart::Paragraph(number)))
    }

    /// The path: `agency.name`.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// The place in words: 报告头 › agency › name.
    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// The last part of the words.
    pub(super) fn words(&self) -> Cow<'_, str> {
        self.place.last().map(PlacePart::text).unwrap_or_default()
    }
}
