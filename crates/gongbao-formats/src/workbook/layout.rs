//! Layout of the workbook of a form: sheets, labels, cells to be filled in.
//!
//! Positions are those of the sheet as it is written. If somebody has inserted rows or columns, [`super::read`] finds the
//! labels and shifts the positions.

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

/// Position of a cell: row and column from 0.
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
    /// Formats the position as spreadsheets do: F12.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_name(self.column), u64::from(self.row) + 1)
    }
}

/// Returns the letters of a column.
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

/// A fixed text of a sheet.
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
    /// Path in the data format; `filing` stands for the question whether there is a sign-off sheet.
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

/// Content of the rows of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    /// Paragraphs of a text: level, words.
    Paragraphs,
    /// Paragraphs beside tables: place, level, words.
    Passages,
    /// Notes under tables: table, words.
    TableNotes,
    /// Rows that a locality adds to tables.
    Extras,
    /// Units of figures and notes in cells: row, column, unit, words.
    CellNotes,
    /// Accepted findings.
    Accepted,
    /// Publication.
    Published,
    /// Members of a consolidated report.
    Members,
    /// Corrections, one row for each change.
    Corrections,
}

/// A list: rows under a row of headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct List {
    pub(super) kind: ListKind,
    /// Position of the first heading.
    pub(super) at: Pos,
    pub(super) columns: u16,
    /// Number of rows it has room for.
    pub(super) rows: u32,
}

/// Purpose of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Head of the report.
    Head,
    /// A text, by its key.
    Text(String),
    /// A table, by its key.
    Table(String),
    /// Texts beside the tables.
    Passages,
    /// Notes and extra rows.
    Notes,
    /// Accepted findings, publication, members, corrections.
    Review,
}

/// A sheet of the workbook.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) role: Role,
    /// Name on its tab.
    pub(super) name: String,
    /// All fixed texts, the title first.
    pub(super) labels: Vec<Label>,
    pub(super) fields: Vec<Field>,
    pub(super) figures: Vec<FigureAt>,
    pub(super) lists: Vec<List>,
    /// Sums that are compared beside and below a table.
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

    /// Returns its title.
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

/// Name of the hidden sheet: choices of the drop-down lists, and the totals that the file gave.
pub(super) const HIDDEN: &str = "gongbao";
/// Text of its first cell: it identifies workbooks of this program.
pub(super) const MARK: &str = "gongbao-workbook";
/// Column of the totals that the file gave.
pub(super) const GIVEN: u16 = 1;

/// Numbers of entries that lists must have room for, beyond the free rows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Room {
    pub(super) extras: usize,
    pub(super) accepted: usize,
    pub(super) members: usize,
}

/// Returns the sheets of a form's workbook in order.
///
/// # Errors
/// Returns an error if the form's grid cannot be filled.
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
    sheets.extend(passages(form));
    sheets.push(office::notes(form, room));
    sheets.push(office::review(room));
    number_equal_names(&mut sheets);
    Ok(sheets)
}

/// Returns the head sheet, which does not depend on the form.
pub(super) fn head_sheet() -> Sheet {
    head::sheet()
}

/// Returns the sheet of a text: one paragraph in each row, with its level.
fn text(key: &str, name: &str, title: &str) -> Sheet {
    let mut sheet = Sheet::new(Role::Text(key.to_owned()), name, title);
    sheet.add_list(ListKind::Paragraphs, Pos::new(2, 0), &["级别", "文字（一行一段）"], 200);
    sheet
}

/// Returns the sheet of the texts beside the tables: one paragraph in each row, with its place and level.
fn passages(form: &Form) -> Option<Sheet> {
    form.tables().find(|(key, _)| form.passages(key).next().is_some())?;
    let mut sheet = Sheet::new(Role::Passages, "表前后文字", "各表前后的文字（没有的不填）");
    let headings = ["放在哪里", "级别（可不选）", "段落（一行一段）"];
    sheet.add_list(ListKind::Passages, Pos::new(2, 0), &headings, 100);
    Some(sheet)
}

/// Shortens a name to what a tab allows: 31 UTF-16 units, without seven forbidden characters.
fn tab(name: &str) -> String {
    let fits = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let name: String = name.trim().chars().filter(fits).take(28).collect();
    if name.is_empty() { "表".to_owned() } else { name }
}

/// Numbers equal names, so that all differ.
fn number_equal_names(sheets: &mut [Sheet]) {
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

/// Converts a number of columns; no form has more than a sheet can have.
fn narrow(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Converts a number of rows.
pub(super) fn rows(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
