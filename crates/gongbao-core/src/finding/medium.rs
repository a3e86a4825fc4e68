//! The media in which findings are shown.

use std::borrow::Cow;

/// Medium in which a finding is shown; it decides which words a finding may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Medium {
    /// A text file (TOML, JSON, YAML) and the command line: keys, lines of the file and commands may be named.
    #[default]
    File,
    /// The program's workbook: sheets and labels instead of keys.
    Workbook,
    /// The page in the browser: labels instead of keys.
    Browser,
}

impl Medium {
    /// All media.
    pub const ALL: [Self; 3] = [Self::File, Self::Workbook, Self::Browser];
}

/// Name of a sheet of the workbook: the head of the report.
pub const HEAD_SHEET: &str = "基本情况";
/// Name of a sheet of the workbook: notes, and rows that a locality adds.
pub const NOTES_SHEET: &str = "注释";
/// Name of a sheet of the workbook: accepted findings, publication, corrections.
pub const REVIEW_SHEET: &str = "审核";
/// What a cell of the workbook, and of the browser, holds that is left blank on purpose.
pub const BLANK_CELL: &str = "空白";

/// Name of a field of the data format.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldName {
    /// Its key or path, for people who write the file.
    pub key: Cow<'static, str>,
    /// What all others call it, in Chinese.
    pub label: Cow<'static, str>,
}

impl FieldName {
    /// Creates a name.
    pub fn new(key: impl Into<Cow<'static, str>>, label: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), label: label.into() }
    }

    /// The name in a medium.
    pub fn text(&self, medium: Medium) -> &str {
        match medium {
            Medium::File => &self.key,
            Medium::Workbook | Medium::Browser => &self.label,
        }
    }
}

/// Words for the same thing in each medium. Empty words say nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MediumWords {
    /// In a text file.
    pub file: Cow<'static, str>,
    /// In the workbook.
    pub workbook: Cow<'static, str>,
    /// In the browser.
    pub browser: Cow<'static, str>,
}

impl MediumWords {
    /// Creates a wording from fixed words.
    pub const fn fixed(file: &'static str, workbook: &'static str, browser: &'static str) -> Self {
        Self { file: Cow::Borrowed(file), workbook: Cow::Borrowed(workbook), browser: Cow::Borrowed(browser) }
    }

    /// Creates a wording that is the same in every medium.
    pub const fn same(words: &'static str) -> Self {
        Self::fixed(words, words, words)
    }

    /// Creates a wording that is the same in the workbook and in the browser.
    pub fn new(file: impl Into<Cow<'static, str>>, others: impl Into<Cow<'static, str>>) -> Self {
        let others = others.into();
        Self { file: file.into(), workbook: others.clone(), browser: others }
    }

    /// Creates a wording whose words for text files are computed.
    pub fn fixed_file(
        file: impl Into<Cow<'static, str>>,
        workbook: &'static str,
        browser: &'static str,
    ) -> Self {
        Self { file: file.into(), ..Self::fixed("", workbook, browser) }
    }

    /// Creates words that only people who write the file need.
    pub fn of_file(words: impl Into<Cow<'static, str>>) -> Self {
        Self { file: words.into(), ..Self::default() }
    }

    /// The words in a medium.
    pub fn text(&self, medium: Medium) -> &str {
        match medium {
            Medium::File => &self.file,
            Medium::Workbook => &self.workbook,
            Medium::Browser => &self.browser,
        }
    }
}
