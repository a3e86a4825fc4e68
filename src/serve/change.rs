//! Changes that the page requests.

use super::{
    answer::Refusal,
    head,
    request::{Edit, Entered},
};
use gongbao_core::report::{ReportFile, fields::HeadField};

/// A requested change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// The figure of a cell; `None` removes it.
    Figure { path: String, value: Option<String> },
    /// The note on a figure.
    Note { path: String, note: Option<String> },
    /// The note under a table, by the table's key.
    TableNote { table: String, note: Option<String> },
    /// The paragraphs of a text.
    Text { key: String, paragraphs: Vec<String> },
    /// A key of the head.
    Head { field: HeadField, value: Option<String> },
}

impl Change {
    /// Converts the edits of a request to changes of this report.
    ///
    /// # Errors
    /// The report has no such field, or there are too many edits.
    pub(super) fn all(edits: Vec<Edit>, file: &ReportFile) -> Result<Vec<Self>, Refusal> {
        const MOST: usize = 5000;
        if edits.len() > MOST {
            return Err(Refusal::bad("一次改动太多"));
        }
        edits.into_iter().map(|edit| Self::of(edit, file)).collect()
    }

    fn of(edit: Edit, file: &ReportFile) -> Result<Self, Refusal> {
        match edit {
            Edit::Text { chapter: key, paragraphs } => {
                if !file.form.all_text_keys().any(|known| known == key) {
                    return Err(Refusal::bad(format!("没有“{key}”这一部分")));
                }
                Ok(Self::Text { key, paragraphs })
            }
            Edit::Note { path, note } => {
                if !is_figure(file, &path) {
                    return Err(Refusal::bad(format!("没有“{path}”这一格")));
                }
                Ok(Self::Note { path, note: not_blank(note) })
            }
            Edit::Value { path, value } => {
                if is_figure(file, &path) {
                    return Ok(Self::Figure { path, value: value.into() });
                }
                if let Some(table) =
                    path.strip_suffix(".note").filter(|key| file.form.tables.contains_key(*key))
                {
                    return Ok(Self::TableNote { table: table.to_owned(), note: not_blank(value) });
                }
                if let Some(field) = head::editable().find(|field| field.path == path) {
                    return Ok(Self::Head { field, value: not_blank(value) });
                }
                Err(Refusal::bad(format!("没有“{path}”这一项")))
            }
        }
    }

    /// Returns the path of the changed value.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Figure { path, .. } | Self::Note { path, .. } => path.clone(),
            Self::Head { field, .. } => field.path.clone(),
            Self::TableNote { table, .. } => format!("{table}.note"),
            Self::Text { key, .. } => key.clone(),
        }
    }
}

/// Whether a path is that of a figure of the report.
fn is_figure(file: &ReportFile, path: &str) -> bool {
    let records = file.report.records(&file.form);
    records.iter().any(|record| record.figures.iter().any(|figure| figure.path == path))
}

/// Returns the entered text, `None` if it is blank.
fn not_blank(entered: Entered) -> Option<String> {
    Option::from(entered).filter(|text: &String| !text.trim().is_empty())
}
