//! The official forms as data.
//!
//! A form is one TOML file: its chapters, its tables as trees of column and row headers, and its
//! arithmetic. Everything that depends on a form asks it here: the tables on the page, the paths in
//! the report file, the words in a finding, the sums. No other module knows a label or a span.

mod address;
mod grid;
mod load;
mod rule;
mod sums;
mod table;

pub use address::{Address, Record};
pub use grid::{Cell, CellKind, Extra, Grid, GridBlock, GridError, GridRow};
pub use load::is_within;
pub use load::{FormError, all, by_id, by_year, from_path, from_text};
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
    /// What `form` in a report file names it by: `2021`.
    pub id: String,
    /// Its official name.
    pub name: String,
    /// The document that laid it down.
    pub source: String,
    /// The data years it is for.
    pub years: Years,
    /// The chapters in order.
    pub chapters: Vec<Chapter>,
    /// The tables by section key.
    pub tables: BTreeMap<String, Table>,
    /// What the texts of a consolidated report say before anybody has written them, by key, a paragraph each.
    #[serde(default)]
    pub drafts: BTreeMap<String, Vec<String>>,
    /// What headers mean, by their words: for whoever fills in the form.
    #[serde(default)]
    pub meanings: BTreeMap<String, String>,
    /// The arithmetic.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// The rows of figures of all tables in order, drawn from the trees once for all.
    #[serde(skip)]
    records: Vec<Record>,
    /// Digest of the text it was read from, as `sha256sum` gives it after `sha256:`.
    #[serde(skip)]
    pub digest: String,
}

/// The data years a form is for, both ends included.
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
    /// Whether the form is the one for `year`.
    pub fn contains(self, year: u16) -> bool {
        self.from <= year && self.to.is_none_or(|to| year <= to)
    }
}

/// A chapter: a heading over a text or a table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// The heading with its number, verbatim.
    pub heading: String,
    /// The key of the text it holds.
    #[serde(default)]
    pub text: Option<String>,
    /// The key of the table it holds.
    #[serde(default)]
    pub table: Option<String>,
}

impl Form {
    /// The keys of all texts in the order of print: [`PREFACE`], then those of the chapters.
    pub fn text_keys(&self) -> impl Iterator<Item = &str> {
        std::iter::once(PREFACE).chain(self.texts().filter(|key| *key != PREFACE))
    }

    /// The keys of the texts the chapters hold, in order; [`PREFACE`] is not among them.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.chapters.iter().filter_map(|chapter| chapter.text.as_deref())
    }

    /// The tables with their keys, in the order of the chapters.
    pub fn tables(&self) -> impl Iterator<Item = (&str, &Table)> {
        self.chapters
            .iter()
            .filter_map(|chapter| chapter.table.as_deref())
            .filter_map(|key| Some((key, self.tables.get(key)?)))
    }

    /// The heading over the text or table of this key.
    pub fn heading(&self, key: &str) -> Option<&str> {
        self.chapters
            .iter()
            .find(|chapter| chapter.text.as_deref() == Some(key) || chapter.table.as_deref() == Some(key))
            .map(|chapter| chapter.heading.as_str())
    }

    /// The rules that hold sums within the tables of one report.
    pub fn rules_of<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |rule| rule.table == table)
    }
}
