//! Changes that the page requests.

use serde_json::Value;

use super::{answer::Refusal, head};
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
    /// Reads the changes of a request, and checks their paths against the report's form.
    pub(super) fn all(body: &Value, file: &ReportFile) -> Result<Vec<Self>, Refusal> {
        const MOST: usize = 5000;
        let edits =
            body.get("edits").and_then(Value::as_array).ok_or_else(|| Refusal::bad("请求里没有 edits"))?;
        if edits.len() > MOST {
            return Err(Refusal::bad("一次改动太多"));
        }
        edits.iter().map(|edit| Self::of(edit, file)).collect()
    }

    fn of(edit: &Value, file: &ReportFile) -> Result<Self, Refusal> {
        if let Some(key) = edit.get("chapter").and_then(Value::as_str) {
            if !file.form.text_keys().any(|known| known == key) {
                return Err(Refusal::bad(format!("没有“{key}”这一部分")));
            }
            let paragraphs = edit.get("paragraphs").and_then(Value::as_array);
            let paragraphs: Option<Vec<String>> = paragraphs
                .and_then(|list| list.iter().map(|item| item.as_str().map(str::to_owned)).collect());
            let paragraphs = paragraphs.ok_or_else(|| Refusal::bad("请求里没有 paragraphs"))?;
            return Ok(Self::Text { key: key.to_owned(), paragraphs });
        }
        let path = edit.get("path").and_then(Value::as_str).ok_or_else(|| Refusal::bad("请求里没有 path"))?;
        let path = path.to_owned();
        let is_figure = file
            .report
            .records(&file.form)
            .iter()
            .any(|record| record.figures.iter().any(|f| f.path == path));
        if let Some(note) = edit.get("note") {
            if !is_figure {
                return Err(Refusal::bad(format!("没有“{path}”这一格")));
            }
            return Ok(Self::Note { path, note: optional(note)?.filter(|note| !note.trim().is_empty()) });
        }
        let value = optional(edit.get("value").ok_or_else(|| Refusal::bad("请求里没有 value"))?)?;
        if is_figure {
            return Ok(Self::Figure { path, value });
        }
        if let Some(table) = path.strip_suffix(".note").filter(|key| file.form.tables.contains_key(*key)) {
            return Ok(Self::TableNote {
                table: table.to_owned(),
                note: value.filter(|note| !note.trim().is_empty()),
            });
        }
        if let Some(field) = head::editable().find(|field| field.path == path) {
            return Ok(Self::Head { field, value: value.filter(|value| !value.trim().is_empty()) });
        }
        Err(Refusal::bad(format!("没有“{path}”这一项")))
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

fn optional(value: &Value) -> Result<Option<String>, Refusal> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Number(number) => Ok(Some(number.to_string())),
        _ => Err(Refusal::bad("value 应是文字或 null")),
    }
}
