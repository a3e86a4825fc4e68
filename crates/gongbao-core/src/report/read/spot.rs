//! A place in a report: its path, and its words.

use std::borrow::Cow;

use crate::{
    finding::{FieldName, Place, PlacePart},
    report::fields,
};

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
        Self::new(key, fields::place(key))
    }

    /// Returns the place of a key within this one.
    pub(super) fn key(&self, key: &str) -> Self {
        if self.path.is_empty() {
            return Self::head(key);
        }
        let path = format!("{}.{key}", self.path);
        let name = FieldName::new(key.to_owned(), fields::name(&path).label);
        Self::new(path, self.place.with(PlacePart::Field(name)))
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

    /// The last part of the words, as text files name it.
    pub(super) fn words(&self) -> Cow<'_, str> {
        self.place.last().map(PlacePart::text).unwrap_or_default()
    }

    /// The name of the value for messages.
    pub(super) fn name(&self) -> FieldName {
        self.place.last().map_or_else(|| FieldName::new("", ""), PlacePart::name)
    }
}
