//! The rows of a table's section with their labels, for all three notations.

use serde_json::{Map, Value};

use super::cell;
use crate::{
    form::{Address, Form, Record},
    report::Report,
};

/// The content of a table's section.
pub(super) struct Section {
    /// The form's rows in its order.
    pub(super) rows: Vec<Row>,
    /// The note under the table.
    pub(super) note: Option<String>,
    /// Texts beside the table, each with its keys below the section (`between`, `licences`), in the order of print.
    pub(super) texts: Vec<(Vec<String>, Vec<String>)>,
    /// Rows that a locality added, each with the key of the row it follows.
    pub(super) extras: Vec<(String, Row)>,
}

/// A row of figures.
pub(super) struct Row {
    /// Its keys below the section: `handled`, `granted`. Empty for an extra row.
    pub(super) keys: Vec<String>,
    /// Its label.
    pub(super) label: String,
    /// Its cells in the order of the form.
    pub(super) cells: Vec<Column>,
    /// Whether it may be left out because it is computed.
    pub(super) computed: bool,
}

/// A cell with its column.
pub(super) struct Column {
    /// The column's key.
    pub(super) key: String,
    /// The label of the column.
    pub(super) label: String,
    /// The cell as the file gives it; `None` if it is left out or missing.
    pub(super) value: Option<Value>,
}

impl Section {
    /// Returns the section of the table `key`.
    pub(super) fn of(report: &Report, form: &Form, key: &str) -> Self {
        let records = report.records(form);
        let records: Vec<&Record> =
            records.iter().filter(|record| crate::form::section(&record.path) == key).collect();
        let extras = report.extras.get(key).map(Vec::as_slice).unwrap_or_default();
        let path = |index: usize| format!("{key}.extra[{}]", index + 1);
        let texts = form.passages(key).filter_map(|passage| {
            let keys = passage.key.split('.').skip(1).map(str::to_owned).collect();
            Some((keys, report.texts.get(&passage.key)?.clone()))
        });
        let mut section = Self {
            rows: Vec::new(),
            note: report.notes.get(key).cloned(),
            texts: texts.collect(),
            extras: Vec::new(),
        };
        for (index, extra) in extras.iter().enumerate() {
            let record = records.iter().find(|record| record.path == path(index));
            let cells = record.map(|record| cells(report, record)).unwrap_or_default();
            let row = Row { keys: Vec::new(), label: extra.label.clone(), cells, computed: false };
            section.extras.push((extra.after.clone(), row));
        }
        for record in &records {
            if (0..extras.len()).any(|index| record.path == path(index)) {
                continue;
            }
            let keys: Vec<String> = record.path.split('.').skip(1).map(str::to_owned).collect();
            let label = record.label().to_owned();
            let computed = form.is_total_row(record);
            let cells = cells(report, record);
            let holds_rows = records.iter().any(|other| {
                other.path.strip_prefix(record.path.as_str()).is_some_and(|rest| rest.starts_with('.'))
            });
            if !keys.is_empty() && !holds_rows {
                section.rows.push(Row { keys, label, cells, computed });
                continue;
            }
            // A row that is the section itself, or that has rows below it, is written column by column.
            for cell in cells {
                let keys = keys.iter().cloned().chain([cell.key.clone()]).collect();
                section.rows.push(Row { keys, label: cell.label.clone(), cells: vec![cell], computed: true });
            }
        }
        section
    }
}

impl Row {
    /// Returns the row as a value: its figure if it has only one, otherwise an array with null for cells that are missing
    /// before others; `None` if the row is left out or missing.
    pub(super) fn value(&self) -> Option<Value> {
        let end = self.cells.iter().rposition(|cell| cell.value.is_some())? + 1;
        if let [Column { value: Some(only), .. }] = self.cells.as_slice() {
            return Some(only.clone());
        }
        // Cells that are left out at the end need no null.
        Some(self.cells.iter().take(end).map(|cell| cell.value.clone().unwrap_or_default()).collect())
    }

    /// Returns the row for notations that people edit: a row with a gap is keyed by column, a missing row is an empty array
    /// to be filled in; `None` if it is left out because it is computed.
    pub(super) fn by_hand(&self) -> Option<Value> {
        let Some(value) = self.value() else { return (!self.computed).then(|| Value::Array(Vec::new())) };
        let has_gap = value.as_array().is_some_and(|cells| cells.contains(&Value::Null));
        if !has_gap {
            return Some(value);
        }
        let cells = self.cells.iter().filter_map(|cell| Some((cell.key.clone(), cell.value.clone()?)));
        Some(cells.collect::<Map<String, Value>>().into())
    }

    /// Returns the labels of its columns, in order.
    pub(super) fn columns(&self) -> String {
        let labels: Vec<&str> = self.cells.iter().map(|cell| cell.label.as_str()).collect();
        labels.join("、")
    }
}

fn cells(report: &Report, record: &Record) -> Vec<Column> {
    let column = |address: &Address| Column {
        key: address.column.clone(),
        label: address.label().to_owned(),
        value: report.figures.get(&address.path).filter(|given| !given.computed).map(cell),
    };
    record.figures.iter().map(column).collect()
}

/// Returns words on one line, without characters that end a comment.
pub(super) fn comment(words: &str) -> String {
    let printable =
        |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}') { ' ' } else { c };
    words.chars().map(printable).collect()
}

/// Returns the width of a text in columns of a terminal.
pub(super) fn width(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// The line of a row, and its label.
pub(super) struct Line {
    /// The key and the value.
    pub(super) text: String,
    /// The label.
    pub(super) label: String,
}

/// Writes lines with their labels as aligned comments. The label of a very long line follows the line without
/// alignment.
pub(super) fn labelled(lines: &[Line], out: &mut String) {
    const LONGEST: usize = 64;
    let widths = lines.iter().map(|line| width(&line.text)).filter(|width| *width <= LONGEST);
    let column = widths.max().unwrap_or_default();
    for line in lines {
        let gap = column.saturating_sub(width(&line.text)) + 2;
        out.push_str(&line.text);
        out.extend(std::iter::repeat_n(' ', gap));
        out.push_str("# ");
        out.push_str(comment(&line.label).trim());
        out.push('\n');
    }
}
