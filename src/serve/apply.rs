//! Applies changes to a report's TOML; everything else stays as it is written, comments and order included.

use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::{
    answer::Refusal,
    cells::{self, Row},
    change::Change,
    dates::plain_date,
};
use gongbao_core::{
    form::{Address, is_within},
    report::{
        Number, ReportFile,
        fields::{self, FieldKind, FieldSpec, HeadField, YEARS},
        parse_date, toml_paragraphs,
    },
    text::{Splice, splice},
};

/// Returns the file's bytes with the changes applied, in the encoding of the file. `bytes` are the bytes that `file` was
/// read from.
///
/// # Errors
/// Returns a refusal if a value is not valid for its key, or if the notation of the file leaves no place for it.
pub(super) fn apply(bytes: &[u8], file: &ReportFile, changes: &[Change]) -> Result<Vec<u8>, Refusal> {
    let old = &file.source.text;
    let mut document = parsed(old)?;
    for change in sorted(changes, file) {
        apply_one(&mut document, file, change).map_err(|refusal| refusal.with("path", change.path()))?;
    }
    let new = document.to_string();
    let splices = differing_stretch(old, &new);
    splice(bytes, &file.source, &splices).map_err(Refusal::failed)
}

/// Parses the text of a report file.
pub(super) fn parsed(text: &str) -> Result<DocumentMut, Refusal> {
    text.parse().map_err(|_| Refusal::unfit("文件的写法有错，不能在这里改。请先用文本编辑器改正"))
}

/// Sorts changes so that the cells of a row are filled from left to right: the row then stays an array.
fn sorted<'c>(changes: &'c [Change], file: &ReportFile) -> Vec<&'c Change> {
    let records = file.report.records(&file.form);
    let figures: Vec<&str> = records.iter().flat_map(|r| &r.figures).map(|f| f.path.as_str()).collect();
    let mut changes: Vec<&Change> = changes.iter().collect();
    changes.sort_by_cached_key(|change| match change {
        Change::Figure { path, .. } => (1, figures.iter().position(|known| known == path)),
        // A note is added to a figure that exists by then.
        Change::Note { .. } => (2, None),
        _ => (0, None),
    });
    changes
}

/// Returns the one stretch in which two texts differ.
pub(super) fn differing_stretch(old: &str, new: &str) -> Vec<Splice> {
    if old == new {
        return Vec::new();
    }
    let start = old.char_indices().zip(new.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
    let start = start.unwrap_or(old.len().min(new.len()));
    let same = old[start..].chars().rev().zip(new[start..].chars().rev()).take_while(|(a, b)| a == b);
    let tail: usize = same.map(|(c, _)| c.len_utf8()).sum();
    let text = new[start..new.len() - tail].to_owned();
    vec![Splice { at: start, removed: old.len() - tail - start, text }]
}

fn apply_one(document: &mut DocumentMut, file: &ReportFile, change: &Change) -> Result<(), Refusal> {
    match change {
        Change::Figure { path, value } => figure(document, file, path, &|address, old| {
            value.as_deref().map(|value| with_figure(address, value, old)).transpose()
        }),
        Change::Note { path, note } => {
            figure(document, file, path, &|_, old| Ok(Some(with_note(note.as_deref(), old)?)))
        }
        Change::TableNote { table, note } => {
            let section = section(document.as_table_mut(), table)?;
            put(section, "note", note.as_deref().map(Value::from));
            Ok(())
        }
        Change::Text { key, paragraphs } => {
            let lines: Vec<&str> = paragraphs
                .iter()
                .flat_map(|text| text.lines())
                .filter(|line| !line.trim().is_empty())
                .collect();
            // A text beside a table is a key of the table's section, which is removed if it is empty.
            let keys: Vec<&str> = key.split('.').collect();
            let Some((last, sections)) = keys.split_last() else { return Ok(()) };
            let mut table: &mut dyn TableLike = document.as_table_mut();
            for key in sections {
                if lines.is_empty() && !table.contains_key(key) {
                    return Ok(());
                }
                table = section(table, key)?;
            }
            let was_there = sections.is_empty() && table.contains_key(last);
            let text =
                (was_there || !lines.is_empty()).then(|| written(&toml_paragraphs(&lines))).transpose()?;
            put(table, last, text);
            Ok(())
        }
        Change::Head { field, value } => head(document, field, value.as_deref()),
    }
}

type WithFigure<'a> = &'a dyn Fn(&Address, Option<&Value>) -> Result<Option<Value>, Refusal>;

/// Changes the cell of a figure in whichever notation the file has it.
fn figure(
    document: &mut DocumentMut,
    file: &ReportFile,
    path: &str,
    with: WithFigure<'_>,
) -> Result<(), Refusal> {
    let records = file.report.records(&file.form);
    let found = records
        .iter()
        .find_map(|record| Some((record, record.figures.iter().position(|figure| figure.path == path)?)));
    let (record, index) = found.ok_or_else(|| Refusal::bad(format!("没有“{path}”这一格")))?;
    let address = &record.figures[index];
    let holds_others =
        records.iter().any(|other| other.path != record.path && is_within(&other.path, &record.path));
    let total = file.form.total_column(record);
    let row = Row { record, holds_others, total };
    let keys: Vec<&str> = record.path.split('.').collect();
    let change = |old: Option<&Value>| with(address, old);
    let Some((last, above)) = keys.split_last() else { return Ok(()) };
    let mut table: &mut dyn TableLike = document.as_table_mut();
    for key in above {
        table = section(table, key)?;
    }
    if let Some((extra, number)) = last.strip_suffix(']').and_then(|last| last.split_once('[')) {
        let item = extra_row(table, extra, number).ok_or_else(|| Refusal::unfit("文件里找不到这一行"))?;
        return cells::set(&row, item, index, &change);
    }
    if let Some(item) = table.get_mut(last) {
        return cells::set(&row, item, index, &change);
    }
    let mut item = Item::None;
    cells::set(&row, &mut item, index, &change)?;
    if !item.is_none() {
        table.insert(last, item);
    }
    Ok(())
}

/// Returns the figures of a row that a locality added.
fn extra_row<'t>(table: &'t mut dyn TableLike, key: &str, number: &str) -> Option<&'t mut Item> {
    let index = number.parse::<usize>().ok()?.checked_sub(1)?;
    let row: &mut dyn TableLike = match table.get_mut(key)? {
        Item::ArrayOfTables(rows) => rows.get_mut(index)?,
        Item::Value(Value::Array(rows)) => rows.get_mut(index)?.as_inline_table_mut()?,
        _ => return None,
    };
    row.get_mut("figures")
}

/// Returns the table under a key, which is created if needed.
pub(super) fn section<'t>(table: &'t mut dyn TableLike, key: &str) -> Result<&'t mut dyn TableLike, Refusal> {
    let new = || {
        let mut table = Table::new();
        // Its header is written once it has a key.
        table.set_implicit(true);
        Item::Table(table)
    };
    let item = table.entry(key).or_insert_with(new);
    item.as_table_like_mut()
        .ok_or_else(|| Refusal::unfit(format!("文件里 {key} 的写法读不懂，没有改动。请先用文本编辑器改正")))
}

/// Sets the value of a key; `None` removes the key.
fn put(table: &mut dyn TableLike, key: &str, value: Option<Value>) {
    match (value, table.get_mut(key)) {
        (None, _) => {
            table.remove(key);
        }
        (Some(mut value), Some(old)) => {
            if let Some(old) = old.as_value() {
                *value.decor_mut() = old.decor().clone();
            }
            *old = Item::Value(value);
        }
        (Some(value), None) => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// Parses a value in TOML notation.
fn written(text: &str) -> Result<Value, Refusal> {
    text.parse().map_err(|_| Refusal::unfit("文字里有文件写不下的字符"))
}

/// Returns a cell with a typed figure, keeping its note.
fn with_figure(address: &Address, typed: &str, old: Option<&Value>) -> Result<Value, Refusal> {
    let typed = typed.trim();
    let unit = address.units.iter().find(|unit| typed.ends_with(unit.as_str()));
    let digits = unit.map_or(typed, |unit| typed[..typed.len() - unit.len()].trim_end());
    let value = match digits {
        "" => Value::from(""),
        "/" | "／" => Value::from("/"),
        _ => {
            let number = Number::parse(digits).map_err(|_| {
                Refusal::unfit(format!("“{typed}”不是数。填数字；不适用的填 /，有意留空的按空格"))
            })?;
            written(&number.to_string())?
        }
    };
    let mut cell = match old {
        Some(Value::InlineTable(old)) if old.contains_key("note") => old.clone(),
        _ if unit.is_none() => return Ok(value),
        _ => InlineTable::new(),
    };
    put(&mut cell, "value", Some(value));
    put(&mut cell, "unit", unit.map(|unit| Value::from(unit.as_str())));
    Ok(Value::InlineTable(cell))
}

/// Returns a cell with another note, keeping its figure.
fn with_note(note: Option<&str>, old: Option<&Value>) -> Result<Value, Refusal> {
    let old = old.ok_or_else(|| Refusal::unfit("这一格还没有数，请先填数，再加说明"))?;
    let mut cell = match old {
        Value::InlineTable(cell) => cell.clone(),
        _ => {
            let mut value = old.clone();
            value.decor_mut().clear();
            InlineTable::from_iter([("value", value)])
        }
    };
    match note {
        Some(note) => {
            cell.insert("note", note.trim().into());
        }
        None => {
            cell.remove("note");
        }
    }
    let alone = (cell.len() == 1).then(|| cell.get("value").cloned()).flatten();
    Ok(alone.unwrap_or(Value::InlineTable(cell)))
}

/// Sets the value of a key of the head; `None` removes it.
fn head(document: &mut DocumentMut, field: &HeadField, value: Option<&str>) -> Result<(), Refusal> {
    let root = document.as_table_mut();
    let HeadField { path, spec } = field;
    let Some((table, key)) = path.split_once('.') else {
        // The key stands for the question whether there is a table of its name.
        if fields::tables().iter().any(|table| table.key == path) {
            return has_table(root, path, value == Some("true"));
        }
        let value = head_item(spec, value)?;
        put(root, path, value);
        return Ok(());
    };
    let value = head_item(spec, value)?;
    put(section(root, table)?, key, value);
    Ok(())
}

/// Creates or removes a table.
fn has_table(root: &mut Table, key: &str, wanted: bool) -> Result<(), Refusal> {
    if !wanted {
        put(root, key, None);
        return Ok(());
    }
    section(root, key)?;
    if let Some(table) = root.get_mut(key).and_then(Item::as_table_mut) {
        table.set_implicit(false);
    }
    Ok(())
}

/// Converts a value from the page to TOML.
fn head_item(spec: &FieldSpec, value: Option<&str>) -> Result<Option<Value>, Refusal> {
    let is_yes = value == Some("true");
    Ok(match spec.kind {
        FieldKind::Year => {
            let year =
                value.and_then(|year| year.trim().parse::<u16>().ok()).filter(|year| YEARS.contains(year));
            let year = year.ok_or_else(|| Refusal::unfit("年度是四位数，例如 2025"))?;
            Some(i64::from(year).into())
        }
        FieldKind::Date => {
            let date = value.map(|text| {
                plain_date(text).and_then(|date| parse_date(&date)).ok_or_else(|| {
                    let text = text.trim();
                    Refusal::unfit(format!("“{text}”不是日期。写成 2026年1月20日 或 2026-1-20 都可以"))
                })
            });
            date.transpose()?.map(|date| written(&date.to_string())).transpose()?
        }
        FieldKind::Switch(on) => is_yes.then(|| on.into()),
        FieldKind::Flag => value.map(|_| is_yes.into()),
        FieldKind::List => {
            value.map(|text| Value::from_iter(text.lines().map(str::trim).filter(|line| !line.is_empty())))
        }
        FieldKind::Choice(options) => {
            if value.is_some_and(|key| !options.iter().any(|(known, _)| *known == key)) {
                return Err(Refusal::unfit(format!("没有这种{}", spec.label)));
            }
            value.map(Value::from)
        }
        FieldKind::Lines => value.map(Value::from),
        _ if spec.required && value.is_none() => {
            return Err(Refusal::unfit(format!("{}不能空着", spec.label)));
        }
        _ => value.map(|value| value.trim().into()),
    })
}
