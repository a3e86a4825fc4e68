//! Whose figures a paragraph states.

/// Whose figures a paragraph states, compared with those of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextScope {
    /// Those of the tables.
    Whole,
    /// Those of the body's own office alone.
    Office,
    /// Those of another body.
    Other,
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
