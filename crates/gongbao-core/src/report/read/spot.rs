//! A place in a report: its path, and its words.

/// Words for the head of a report file.
const HEAD: &str = "报告头";

/// A path with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    path: String,
    place: String,
}

impl Spot {
    /// Creates a place from its path and its words.
    pub(super) fn new(path: impl Into<String>, place: impl Into<String>) -> Self {
        Self { path: path.into(), place: place.into() }
    }

    /// Returns the place of the whole file.
    pub(super) fn root() -> Self {
        Self::new("", "")
    }

    /// Returns the place of a key of the head.
    pub(super) fn head(key: &str) -> Self {
        Self::new(key, format!("{HEAD} › {key}"))
    }

    /// Returns the place of a key within this one.
    pub(super) fn key(&self, key: &str) -> Self {
        if self.path.is_empty() {
            return Self::head(key);
        }
        Self::new(format!("{}.{key}", self.path), format!("{} › {key}", self.place))
    }

    /// Returns the place of an item of this list, counted from 0.
    pub(super) fn item(&self, index: usize) -> Self {
        let number = index + 1;
        Self::new(format!("{}[{number}]", self.path), format!("{} › 第{number}项", self.place))
    }

    /// Returns the place of a paragraph of this text, counted from 0.
    pub(super) fn paragraph(&self, index: usize) -> Self {
        let number = index + 1;
        Self::new(format!("{}[{number}]", self.path), format!("{} › 第{number}段", self.place))
    }

    /// The path: `agency.name`.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// The place in words: 报告头 › agency › name.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// The last part of the words.
    pub(super) fn words(&self) -> &str {
        self.place.rsplit(" › ").next().unwrap_or_default()
    }
}
