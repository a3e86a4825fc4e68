//! Official forms as data.
//!
//! A form is one TOML file: chapters, tables as trees of column and row headers, arithmetic. Printed tables, paths in
//! report files, words in findings and sums are all derived from it; no other module contains a label or a span.

mod address;
mod grid;
mod load;
mod passage;
mod rule;
mod sums;
mod table;

pub use address::{Address, Record};
pub use grid::{Cell, CellKind, Extra, Grid, GridBlock, GridError, GridRow};
pub use load::is_within;
pub use load::{FormError, all, by_id, by_year, from_path, from_report, from_text, install};
pub use passage::{AFTER, BEFORE, BETWEEN, Passage, Position};
pub use rule::{Each, Relation, Rule, Term};
pub use sums::{Equation, Operand, Part, parts, section};
pub use table::{Align, Block, Corner, Face, FigureKind, Node, Table};

use std::collections::BTreeMap;

use serde::Deserialize;

/// Key of the text before the first chapter, which every form has.
pub const PREFACE: &str = "preface";

/// An official form of the annual report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Value of `form` in a report file: `2021`.
    pub id: String,
    /// Official name.
    pub name: String,
    /// The document that issued it.
    pub source: String,
    /// Data years it applies to.
    pub years: Years,
    /// Chapters in order.
    pub chapters: Vec<Chapter>,
    /// Tables by section key.
    pub tables: BTreeMap<String, Table>,
    /// Draft texts of a consolidated report by key, one string for each paragraph.
    #[serde(default)]
    pub drafts: BTreeMap<String, Vec<String>>,
    /// Explanations of headers for those who fill in the form, by the words of the header.
    #[serde(default)]
    pub meanings: BTreeMap<String, String>,
    /// Headers with `|` where a narrow screen may break them, by the words of the header.
    #[serde(default)]
    pub breaks: BTreeMap<String, String>,
    /// Arithmetic rules.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Rows of figures of all tables in order, derived from the trees when the form is loaded.
    #[serde(skip)]
    records: Vec<Record>,
    /// Texts beside the tables, derived from the blocks when the form is loaded.
    #[serde(skip)]
    passages: Vec<Passage>,
    /// SHA-256 digest of the form's text, in hexadecimal after `sha256:`.
    #[serde(skip)]
    pub digest: String,
}

/// Data years of a form, both ends included.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Years {
    /// The first year.
    pub from: u16,
    /// The last year, if the form has been replaced.
    #[serde(default)]
    pub to: Option<u16>,
}

impl Years {
    /// Whether the form applies to `year`.
    pub fn contains(self, year: u16) -> bool {
        self.from <= year && self.to.is_none_or(|to| year <= to)
    }
}

/// A chapter: a heading over a text or a table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// Heading with its number, verbatim.
    pub heading: String,
    /// Key of its text.
    #[serde(default)]
    pub text: Option<String>,
    /// Key of its table.
    #[serde(default)]
    pub table: Option<String>,
}

impl Form {
    /// The keys of the preface and of the texts that are chapters, in the order of print; [`Form::all_text_keys`] also has
    /// the texts beside the tables.
    pub fn text_keys(&self) -> impl Iterator<Item = &str> {
        std::iter::once(PREFACE).chain(self.texts().filter(|key| *key != PREFACE))
    }

    /// The keys of the texts the chapters hold, in order; [`PREFACE`] is not among them.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.chapters.iter().filter_map(|chapter| chapter.text.as_deref())
    }

    /// Tables with their keys, in the order of the chapters.
    pub fn tables(&self) -> impl Iterator<Item = (&str, &Table)> {
        self.chapters
            .iter()
            .filter_map(|chapter| chapter.table.as_deref())
            .filter_map(|key| Some((key, self.tables.get(key)?)))
    }

    /// Heading of the chapter with the text or table of this key.
    pub fn heading(&self, key: &str) -> Option<&str> {
        self.chapters
            .iter()
            .find(|chapter| chapter.text.as_deref() == Some(key) || chapter.table.as_deref() == Some(key))
            .map(|chapter| chapter.heading.as_str())
    }

    /// Arithmetic rules of a table.
    pub fn rules_of<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |rule| rule.table == table)
    }
}
