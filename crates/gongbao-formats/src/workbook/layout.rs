//! What stands where in the workbook of a form: its sheets, their fixed words, the cells to be filled in.
//!
//! Positions count from the upper left cell of a sheet as it is written. Where somebody has put rows above,
//! [`super::read`] finds the fixed words and shifts all positions with them.

mod head;
mod office;
mod table;

use std::fmt;

use gongbao_core::{
    form::{Form, GridError, PREFACE},
    report::fields::{FieldSpec, PREFACE_SPEC},
    text::SheetCell,
};

pub(super) use head::{ENTRY, FORM_BY_YEAR};
pub(super) use office::{CorrectionColumn, LIST_ROWS, correction_columns};
pub(super) use table::{Check, GRID};

/// A cell: row and column from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Pos {
    pub(super) row: u32,
    pub(super) column: u16,
}

impl Pos {
    pub(super) const fn new(row: u32, column: u16) -> Self {
        Self { row, column }
    }

    pub(super) fn in_sheet(self, sheet: &str) -> SheetCell {
        SheetCell { sheet: sheet.to_owned(), cell: self.to_string() }
    }
}

impl fmt::Display for Pos {
    /// As people say it: F12.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_name(self.column), u64::from(self.row) + 1)
    }
}

/// The letters of a column.
pub(super) fn column_name(column: u16) -> String {
    let mut letters = Vec::new();
    let mut left = u32::from(column) + 1;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or_default()));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// Words that nobody changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) at: Pos,
    pub(super) text: String,
}

impl Label {
    fn new(at: Pos, text: impl Into<String>) -> Self {
        Self { at, text: text.into() }
    }
}

/// A single cell to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// The path in the data format; `filing` itself is the question whether there is one.
    pub(super) path: String,
    /// Label, kind and explanation.
    pub(super) spec: FieldSpec,
    pub(super) at: Pos,
}

/// A cell of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FigureAt {
    pub(super) path: String,
    pub(super) at: Pos,
}

/// What the rows of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    /// Level and words of a text's paragraphs.
    Paragraphs,
    /// Table, words: what is printed under a table.
    TableNotes,
    /// A locality's extra rows.
    Extras,
    /// Row, column, unit, words: what goes with a figure in its cell.
    CellNotes,
    /// What a reviewer lets stand.
    Accepted,
    /// Date, digest.
    Published,
    /// What was consolidated.
    Members,
    /// One row a change.
    Corrections,
}

/// Rows under a line of headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct List {
    pub(super) kind: ListKind,
    /// The first heading.
    pub(super) at: Pos,
    pub(super) columns: u16,
    /// How many rows there is room for.
    pub(super) rows: u32,
}

/// What a sheet is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Year, agency, what stays in the office.
    Head,
    /// A text, by its key.
    Text(String),
    /// A table, by its key.
    Table(String),
    /// Notes and extra rows.
    Notes,
    /// What a reviewer lets stand, publication, corrections.
    Review,
}

/// A sheet of the workbook.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) role: Role,
    /// The name on its tab.
    pub(super) name: String,
    /// All words that nobody changes, the title first.
    pub(super) labels: Vec<Label>,
    pub(super) fields: Vec<Field>,
    pub(super) figures: Vec<FigureAt>,
    pub(super) lists: Vec<List>,
    /// Sums that are held against each other beside and under a table.
    pub(super) checks: Vec<Check>,
}

impl Sheet {
    fn new(role: Role, name: &str, title: impl Into<String>) -> Self {
        Self {
            role,
            name: tab(name),
            labels: vec![Label::new(Pos::new(0, 0), title)],
            fields: Vec::new(),
            figures: Vec::new(),
            lists: Vec::new(),
            checks: Vec::new(),
        }
    }

    /// The words at its head.
    pub(super) fn title(&self) -> &str {
        self.labels.first().map_or("", |label| label.text.as_str())
    }

    pub(super) fn list(&self, kind: ListKind) -> Option<&List> {
        self.lists.iter().find(|list| list.kind == kind)
    }

    fn add_list(&mut self, kind: ListKind, at: Pos, headings: &[&str], rows: u32) {
        for (column, heading) in (at.column..).zip(headings) {
            self.labels.push(Label::new(Pos::new(at.row, column), *heading));
        }
        self.lists.push(List { kind, at, columns: narrow(headings.len()), rows });
    }
}

/// The sheet that nobody sees: what the drop-downs offer, and which totals the file gave.
pub(super) const HIDDEN: &str = "gongbao";
/// What its first cell says, so that the workbook is known for ours whatever became of the rest.
pub(super) const MARK: &str = "gongbao-workbook";
/// The column of the totals that the file gave.
pub(super) const GIVEN: u16 = 1;

/// Row counts that depend on what is to be written; a blank workbook has room all the same.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Room {
    pub(super) extras: usize,
    pub(super) accepted: usize,
    pub(super) members: usize,
}

/// The sheets of a form's workbook in their order.
///
/// # Errors
/// The form's grid cannot be filled.
pub(super) fn sheets(form: &Form, room: Room) -> Result<Vec<Sheet>, GridError> {
    let mut sheets = vec![head::sheet(), text(PREFACE, PREFACE_SPEC.label, &PREFACE_SPEC.heading())];
    for chapter in &form.chapters {
        match (&chapter.text, &chapter.table) {
            (Some(key), _) if key != PREFACE => sheets.push(text(key, &chapter.heading, &chapter.heading)),
            (_, Some(key)) => {
                if let Some(table) = form.tables.get(key) {
                    sheets.push(table::sheet(form, key, table, &chapter.heading)?);
                }
            }
            _ => {}
        }
    }
    sheets.push(office::notes(form, room));
    sheets.push(office::review(room));
    apart(&mut sheets);
    Ok(sheets)
}

/// The head alone, which does not depend on the form.
pub(super) fn head_sheet() -> Sheet {
    head::sheet()
}

/// A text: one paragraph a row, its level before it.
fn text(key: &str, name: &str, title: &str) -> Sheet {
    let mut sheet = Sheet::new(Role::Text(key.to_owned()), name, title);
    sheet.add_list(ListKind::Paragraphs, Pos::new(2, 0), &["级别", "文字（一行一段）"], 200);
    sheet
}

/// A name that a tab can have: 31 UTF-16 units, none of seven marks.
fn tab(name: &str) -> String {
    let fits = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let name: String = name.trim().chars().filter(fits).take(28).collect();
    if name.is_empty() { "表".to_owned() } else { name }
}

/// Makes equal names differ.
fn apart(sheets: &mut [Sheet]) {
    for at in 1..sheets.len() {
        let (before, rest) = sheets.split_at_mut(at);
        let Some(sheet) = rest.first_mut() else { continue };
        let stem = sheet.name.clone();
        let mut number = 2;
        while before.iter().any(|other| other.name.eq_ignore_ascii_case(&sheet.name))
            || sheet.name.eq_ignore_ascii_case(HIDDEN)
        {
            sheet.name = format!("{stem}{number}");
            number += 1;
        }
    }
}

/// A number of columns; no form has more than a sheet.
fn narrow(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// A number of rows.
pub(super) fn rows(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
