//! Reads the sheet 基本情况.

use super::{Draft, Form, Found, Page, Place, Pos, Sheet, Value, cells::Content, form, text};
use crate::workbook::{
    NO, YES,
    layout::{FORM_BY_YEAR, Field},
    names::plain,
};
use gongbao_core::report::{Number, fields::FieldKind};

/// Returns the cell of a field.
fn field<'p>(sheet: &Sheet, place: &Place, pages: &'p [Page], path: &str) -> Option<&'p Content> {
    let field = sheet.fields.iter().find(|field| field.path == path)?;
    pages.get(place.page)?.cells.get(&place.at(field.at)?)
}

/// Returns the form as the head names it; `None` if the cell is empty.
pub(super) fn form_named(sheet: &Sheet, place: &Place, pages: &[Page]) -> Option<String> {
    let name = field(sheet, place, pages, "form")?.words()?.trim();
    // The year may have been changed since, but the tables are still those of this form.
    let by_year = name.strip_prefix(FORM_BY_YEAR);
    Some(by_year.unwrap_or(name).to_owned())
}

/// Returns the year reported on.
pub(super) fn year(sheet: &Sheet, place: &Place, pages: &[Page]) -> Option<u16> {
    let words = field(sheet, place, pages, "year")?.words()?;
    let number = Number::parse(words.trim().trim_end_matches('年')).ok()?;
    u16::try_from(number.whole_part()).ok()
}

/// Reads all fields.
pub(super) fn read(draft: &mut Draft, found: &Found<'_>, form: &Form, year: Option<u16>) {
    let value = |path: &str| {
        let field = found.sheet.fields.iter().find(|field| field.path == path)?;
        found.page.cells.get(&found.at(field.at)?).map(|content| &content.value)
    };
    let has_filing = match value("filing").and_then(flag) {
        Some(flag) => flag,
        None => found.sheet.fields.iter().any(|field| {
            field.path.starts_with("filing.") && value(&field.path).is_some_and(|value| *value != Value::Null)
        }),
    };
    for field in &found.sheet.fields {
        let Some(at) = found.at(field.at) else { continue };
        let cell = at.in_sheet(&found.page.name);
        let is_filing = field.path == "filing" || field.path.starts_with("filing.");
        if is_filing && (!has_filing || field.path == "filing") {
            if has_filing {
                let span = draft.words("", cell);
                draft.position("filing", span);
            }
            continue;
        }
        let given = found.page.cells.get(&at).map_or(Value::Null, |content| content.value.clone());
        if field.spec.kind == FieldKind::List {
            lines(draft, field, &given, at, &found.page.name);
            continue;
        }
        let value = match (field.spec.kind, given) {
            (FieldKind::Form, given) => form_value(&given, form, year),
            (_, Value::Null) => Value::Null,
            (FieldKind::Year, given) => year_value(given),
            (FieldKind::Date, given) => date_value(given),
            (FieldKind::Flag, given) => flag(&given).map_or(given, Value::Bool),
            (FieldKind::Switch(on), given) => match flag(&given) {
                Some(true) => text(on),
                Some(false) => Value::Null,
                None => given,
            },
            (FieldKind::Choice(options), given) => choice_value(options, given),
            (_, Value::Number(words) | Value::Date(words)) => Value::Text(words),
            (_, given) => given,
        };
        draft.put(&field.path, value, cell);
    }
}

/// Converts the form's cell: 按年度 stands for no name if the form still follows from the year.
fn form_value(given: &Value, form: &Form, year: Option<u16>) -> Value {
    let Value::Text(name) = given else {
        return match given {
            Value::Number(name) => Value::Text(name.clone()),
            _ => Value::Null,
        };
    };
    match name.trim().strip_prefix(FORM_BY_YEAR) {
        Some(_) => {
            let by_year = year.and_then(|year| form::by_year(year).ok().flatten());
            let is_same = year.is_none() || by_year.is_some_and(|by_year| by_year.id == form.id);
            if is_same { Value::Null } else { text(form.id.clone()) }
        }
        None => text(name.trim()),
    }
}

fn year_value(given: Value) -> Value {
    match given {
        Value::Text(words) => match Number::parse(words.trim().trim_end_matches('年')) {
            Ok(number) => Value::Number(number.to_string()),
            Err(_) => Value::Text(words),
        },
        given => given,
    }
}

/// Converts a date in a common notation: 2025年1月24日, 2025.1.24, 2025/1/24.
fn date_value(given: Value) -> Value {
    let Value::Text(words) = &given else { return given };
    let parts: Vec<&str> = words
        .trim()
        .trim_end_matches('日')
        .split(['年', '月', '.', '/', '-', '．', '－', '／'])
        .map(str::trim)
        .collect();
    let numbers: Option<Vec<u16>> = parts
        .iter()
        .map(|part| Number::parse(part).ok().and_then(|n| u16::try_from(n.whole_part()).ok()))
        .collect();
    match numbers.as_deref() {
        Some([year, month, day]) => text(format!("{year:04}-{month:02}-{day:02}")),
        _ => given,
    }
}

/// Converts 是 and 否, and common signs for them.
fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Text(words) | Value::Number(words) => match plain(words).as_str() {
            YES | "√" | "有" | "1" | "TRUE" | "true" | "Y" | "y" => Some(true),
            NO | "×" | "无" | "0" | "FALSE" | "false" | "N" | "n" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// Converts the label of a choice to its key.
fn choice_value(options: &[(&str, &str)], given: Value) -> Value {
    let Value::Text(words) = &given else { return given };
    let words = plain(words);
    let known = options.iter().find(|(key, label)| plain(label) == words || *key == words);
    known.map_or(given, |(key, _)| text(*key))
}

/// Reads a list, one item on each line; `/` stands for an empty list.
fn lines(draft: &mut Draft, field: &Field, given: &Value, at: Pos, page: &str) {
    let cell = at.in_sheet(page);
    let (Value::Text(words) | Value::Number(words)) = given else {
        return draft.put(&field.path, Value::Null, cell);
    };
    let lines = words.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "/");
    let items: Vec<_> = lines.map(|line| draft.node(text(line), cell.clone())).collect();
    draft.put(&field.path, Value::List(items), cell);
}
