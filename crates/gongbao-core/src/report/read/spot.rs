//! A place in a report: its path, and the same as people say it.

/// What people call the head of a report file.
const HEAD: &str = "报告头";

/// A path with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    path: String,
    place: String,
}

impl Spot {
    /// A path whose words are known.
    pub(super) fn new(path: impl Into<String>, place: impl Into<String>) -> Self {
        Self { path: path.into(), place: place.into() }
    }

    /// The file as a whole.
    pub(super) fn root() -> Self {
        Self::new("", "")
    }

    /// A key of the head.
    pub(super) fn head(key: &str) -> Self {
        Self::new(key, format!("{HEAD} › {key}"))
    }

    /// A key within it.
    pub(super) fn key(&self, key: &str) -> Self {
        if self.path.is_empty() {
            return Self::head(key);
        }
        Self::new(format!("{}.{key}", self.path), format!("{} › {key}", self.place))
    }

    /// An item of a list, from 0.
    pub(super) fn item(&self, index: usize) -> Self {
        let number = index + 1;
        Self::new(format!("{}[{number}]", self.path), format!("{} › 第{number}项", self.place))
    }

    /// A paragraph of a text, from 0.
    pub(super) fn paragraph(&self, index: usize) -> Self {
        let number = index + 1;
        Self::new(format!("{}[{number}]", self.path), format!("{} › 第{number}段", self.place))
    }

    /// The path: `agency.name`.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// The place as people say it.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// The last part of the place.
    pub(super) fn words(&self) -> &str {
        self.place.rsplit(" › ").next().unwrap_or_default()
    }
}
