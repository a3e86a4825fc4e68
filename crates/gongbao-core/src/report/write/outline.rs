//! Writes a report to be filled in: every row of the form with its label as a comment.

use serde_json::{Map, Value, json};

use super::{cell, pretty, rows::comment, toml, yaml};
use crate::{
    form::{Form, PREFACE, Record},
    report::{
        Report,
        fields::{self, Field, FieldKind, FieldSpec, FieldTable},
    },
    syntax::Format,
};

/// A key of the file with its comments.
struct Item {
    /// Comments above the key.
    remarks: Vec<String>,
    key: String,
    value: Content,
}

enum Content {
    /// Paragraphs, one on each line.
    Text(Vec<String>),
    /// A value on one line.
    Inline(Value),
    /// A value that may be written, as a comment.
    Example(Value),
    /// A table of keys.
    Table(Vec<Item>),
    /// A list of tables.
    Tables(Vec<Vec<Item>>),
}

/// Writes a report with every row of its form, missing rows as empty lists; in TOML and YAML with comments that explain
/// what to fill in. Reading the output gives the same report.
pub fn to_outline(report: &Report, form: &Form, format: Format) -> String {
    let items = items(report, form);
    match format {
        Format::Json => pretty::print(&to_json(&items)) + "\n",
        Format::Toml => to_toml(&opening(report, form), &items),
        Format::Yaml => to_yaml(&opening(report, form), &items),
    }
}

fn opening(report: &Report, form: &Form) -> Vec<String> {
    vec![
        report.title().replace('\n', ""),
        format!("格式：《{}》（{}）", form.name, form.source),
        "以“#”开头的是说明，不印出来。填好以后运行 gongbao check 检查，gongbao build 生成报告。".to_owned(),
        "数：没有发生的填 0，不适用的填 \"/\"，有意留空的填 \"\"；一行都是 0 的可以只写 0；格里要加说明的写 { value = 22, note = \"其中修订16件\" }。"
            .to_owned(),
    ]
}

fn items(report: &Report, form: &Form) -> Vec<Item> {
    let mut items: Vec<Item> =
        fields::HEAD.fields.iter().filter_map(|field| of_head(field, report)).collect();
    for key in form.text_keys() {
        let paragraphs = report.texts.get(key).cloned().unwrap_or_default();
        let heading = form.heading(key).map_or_else(|| fields::PREFACE_SPEC.description(), str::to_owned);
        let mut remarks = vec![heading];
        if form.texts().next() == Some(key) {
            remarks.push(
                "一行一段；“（一）”“1.”“（1）”开头的自动排成各级；{{applications.new.total}} 会换成表里的数"
                    .to_owned(),
            );
        }
        let value = if paragraphs.is_empty() && key == PREFACE {
            Content::Example("".into())
        } else {
            Content::Text(paragraphs)
        };
        items.push(Item { remarks, key: key.to_owned(), value });
    }
    items.push(table(&fields::AGENCY, &report.agency, fields::AGENCY.spec.label));
    if let Some(filing) = &report.filing {
        items.push(table(&fields::FILING, filing, &fields::FILING.spec.description()));
    }
    let records = report.records(form);
    for (key, table) in form.tables() {
        let heading = form.heading(key).unwrap_or_default();
        let within: Vec<&Record> = records.iter().filter(|record| is_of(record, key)).collect();
        let mut rows = rows(report, form, key, &within);
        if let Some(note) = report.notes.get(key) {
            rows.push(item("note", "", Content::Inline(note.clone().into())));
        }
        beside(report, form, key, &mut rows);
        rows.extend(extras(report, key, &records));
        items.push(item(key, &format!("{}：{heading}", table.name), Content::Table(rows)));
    }
    items
}

fn item(key: &str, remark: &str, value: Content) -> Item {
    let remarks = if remark.is_empty() { Vec::new() } else { vec![remark.to_owned()] };
    Item { remarks, key: key.to_owned(), value }
}

/// Adds the texts beside a table, `between` nested by the keys of its rows.
fn beside(report: &Report, form: &Form, section: &str, items: &mut Vec<Item>) {
    for passage in form.passages(section) {
        let Some(paragraphs) = report.texts.get(&passage.key) else { continue };
        let keys: Vec<&str> = passage.key.split('.').skip(1).collect();
        let Some(last) = keys.last() else { continue };
        put(items, &keys, item(last, &passage.label, Content::Text(paragraphs.clone())));
    }
}

/// Puts a text into the tables of its keys, which are created if needed.
fn put(items: &mut Vec<Item>, keys: &[&str], text: Item) {
    let [first, rest @ ..] = keys else { return };
    if rest.is_empty() {
        return items.push(text);
    }
    let is_group = |item: &Item| item.key == *first && matches!(item.value, Content::Table(_));
    let at = items.iter().position(is_group).unwrap_or_else(|| {
        items.push(item(first, "", Content::Table(Vec::new())));
        items.len() - 1
    });
    if let Some(Item { value: Content::Table(inner), .. }) = items.get_mut(at) {
        put(inner, rest, text);
    }
}

/// Returns a key of the head with its value, otherwise with an example; `None` for one that needs no example.
fn of_head(field: &Field<Report>, report: &Report) -> Option<Item> {
    let spec = &field.spec;
    let value = match (field.to_json(report), spec.kind) {
        (Some(value), _) => Content::Inline(value),
        // The form follows from the year: it needs no example.
        (None, FieldKind::Form) => return None,
        (None, FieldKind::Date) => Content::Example(format!("{}-01-20", u32::from(report.year) + 1).into()),
        (None, FieldKind::Switch(on)) => Content::Example(on.into()),
        (None, _) => Content::Example(report.title().into()),
    };
    Some(item(spec.key, &remark(spec), value))
}

/// Returns a table with the values of its keys, or with examples.
fn table<T>(table: &FieldTable<T>, owner: &T, remark: &str) -> Item {
    let entry = |field: &Field<T>| {
        let value = match field.to_json(owner) {
            Some(value) => Content::Inline(value),
            None => Content::Example(field.spec.example.into()),
        };
        item(field.spec.key, &self::remark(&field.spec), value)
    };
    item(table.spec.key, remark, Content::Table(table.fields.iter().map(entry).collect()))
}

/// Returns the comment above a key; empty if there is nothing to explain beyond the label.
fn remark(spec: &FieldSpec) -> String {
    let has_more = !spec.note.is_empty() || matches!(spec.kind, FieldKind::Choice(_));
    if has_more { spec.description() } else { String::new() }
}

fn is_of(record: &Record, section: &str) -> bool {
    let rest = record.path.strip_prefix(section);
    rest.is_some_and(|rest| (rest.is_empty() || rest.starts_with('.')) && !rest.starts_with(".extra["))
}

/// Returns the rows of a section, nested by their keys.
fn rows(report: &Report, form: &Form, section: &str, records: &[&Record]) -> Vec<Item> {
    let mut items = Vec::new();
    for record in records {
        let keys: Vec<&str> = record.path.split('.').skip(1).collect();
        let holds_others = records
            .iter()
            .any(|other| other.path.strip_prefix(&record.path).is_some_and(|rest| rest.starts_with('.')));
        if keys.is_empty() || holds_others {
            // The row has rows below it: each of its figures is written under its own key.
            for figure in &record.figures {
                let value = match report.figures.get(&figure.path).filter(|cell| !cell.computed) {
                    Some(known) => Content::Inline(cell(known)),
                    None => Content::Example(json!(0)),
                };
                let mut path = keys.clone();
                path.push(&figure.column);
                place(
                    &mut items,
                    &path,
                    item(&figure.column, &figure.place.to_string(), value),
                    section,
                    records,
                );
            }
            continue;
        }
        let words = record.label();
        let columns: Vec<&str> = record.figures.iter().map(|figure| figure.label()).collect();
        let computed = match (form.is_total_row(record), form.total_column(record)) {
            (true, _) => "（不填，自动算出）".to_owned(),
            (false, Some(_)) => format!("（{}不填，自动算出）", columns.last().copied().unwrap_or_default()),
            (false, None) => String::new(),
        };
        let remark = format!("{words}：{}{computed}", columns.join("、"));
        let Some(last) = keys.last() else { continue };
        place(&mut items, &keys, item(last, &remark, Content::Inline(row(report, record))), section, records);
    }
    items
}

/// Puts a row into the groups of its path.
fn place(items: &mut Vec<Item>, keys: &[&str], row: Item, above: &str, records: &[&Record]) {
    let [first, rest @ ..] = keys else { return };
    if rest.is_empty() {
        items.push(row);
        return;
    }
    let path = format!("{above}.{first}");
    let at = items.iter().position(|item| item.key == *first && matches!(item.value, Content::Table(_)));
    let at = at.unwrap_or_else(|| {
        let depth = path.split('.').count();
        let inside = records.iter().find(|record| record.path.starts_with(&format!("{path}.")));
        let words = inside.map_or("", |record| record.label_at(depth - 1));
        items.push(item(first, words, Content::Table(Vec::new())));
        items.len() - 1
    });
    if let Some(Item { value: Content::Table(inner), .. }) = items.get_mut(at) {
        place(inner, rest, row, &path, records);
    }
}

/// Returns a row: an array, a table if cells are missing between others, an empty array if all are missing.
fn row(report: &Report, record: &Record) -> Value {
    let given = |path: &str| report.figures.get(path).filter(|cell| !cell.computed).map(cell);
    let mut cells: Vec<Option<Value>> = record.figures.iter().map(|figure| given(&figure.path)).collect();
    while cells.last().is_some_and(Option::is_none) {
        cells.pop();
    }
    if cells.iter().any(Option::is_none) {
        let figures = record.figures.iter().filter_map(|f| Some((f.column.clone(), given(&f.path)?)));
        return Value::Object(figures.collect());
    }
    cells.into_iter().flatten().collect()
}

fn extras(report: &Report, section: &str, records: &[Record]) -> Option<Item> {
    let extras = report.extras.get(section).filter(|extras| !extras.is_empty())?;
    let tables = extras.iter().enumerate().map(|(index, extra)| {
        let path = format!("{section}.extra[{}]", index + 1);
        let figures = records.iter().find(|record| record.path == path).map(|record| row(report, record));
        vec![
            item("after", "", Content::Inline(extra.after.clone().into())),
            item("label", "", Content::Inline(extra.label.clone().into())),
            item("figures", "", Content::Inline(figures.unwrap_or_else(|| json!([])))),
        ]
    });
    Some(item("extra", "本地增加的行", Content::Tables(tables.collect())))
}

fn to_json(items: &[Item]) -> Value {
    let value = |value: &Content| match value {
        Content::Text(paragraphs) => Some(paragraphs.join("\n").into()),
        Content::Inline(value) => Some(value.clone()),
        Content::Example(_) => None,
        Content::Table(items) => Some(to_json(items)),
        Content::Tables(tables) => Some(tables.iter().map(|items| to_json(items)).collect()),
    };
    let entries = items.iter().filter_map(|item| Some((item.key.clone(), value(&item.value)?)));
    Value::Object(entries.collect::<Map<_, _>>())
}

// TOML --------------------------------------------------------------------------------------------------------------

fn to_toml(opening: &[String], items: &[Item]) -> String {
    let mut out = remarks(opening, "") + "\n";
    toml_table(items, "", &mut out);
    out
}

/// Writes the keys of a table, then the tables within it.
fn toml_table(items: &[Item], path: &str, out: &mut String) {
    for item in items {
        match &item.value {
            Content::Table(_) | Content::Tables(_) => continue,
            Content::Text(paragraphs) => {
                *out += &format!(
                    "\n{}{} = {}\n",
                    remarks(&item.remarks, ""),
                    toml::key(&item.key),
                    toml_text(paragraphs)
                );
            }
            Content::Inline(value) => {
                *out += &format!(
                    "{}{} = {}\n",
                    remarks(&item.remarks, ""),
                    toml::key(&item.key),
                    toml::inline(value)
                );
            }
            Content::Example(value) => {
                *out += &format!(
                    "{}# {} = {}\n",
                    remarks(&item.remarks, ""),
                    toml::key(&item.key),
                    toml::inline(value)
                );
            }
        }
    }
    for item in items {
        let key = toml::key(&item.key);
        let path = if path.is_empty() { key } else { format!("{path}.{key}") };
        match &item.value {
            Content::Table(inner) => {
                *out += &format!("\n{}[{path}]\n", remarks(&item.remarks, ""));
                toml_table(inner, &path, out);
            }
            Content::Tables(tables) => {
                for inner in tables {
                    *out += &format!("\n{}[[{path}]]\n", remarks(&item.remarks, ""));
                    toml_table(inner, &path, out);
                }
            }
            _ => {}
        }
    }
}

fn remarks(remarks: &[String], indent: &str) -> String {
    remarks.iter().map(|remark| format!("{indent}# {}\n", comment(remark))).collect()
}

/// Returns paragraphs between triple quotes, one on each line; an empty text leaves a line to write on.
fn toml_text(paragraphs: &[String]) -> String {
    match paragraphs {
        [] => "\"\"\"\n\"\"\"".to_owned(),
        paragraphs => toml::many_lines(&lines(paragraphs)),
    }
}

/// Joins paragraphs, each with its line end.
fn lines(paragraphs: &[String]) -> String {
    paragraphs.iter().map(|paragraph| format!("{paragraph}\n")).collect()
}

// YAML --------------------------------------------------------------------------------------------------------------

fn to_yaml(opening: &[String], items: &[Item]) -> String {
    let mut out = remarks(opening, "") + "\n";
    yaml_table(items, "", &mut out);
    out
}

fn yaml_table(items: &[Item], indent: &str, out: &mut String) {
    if items.iter().all(|item| matches!(item.value, Content::Example(_))) && !items.is_empty() {
        *out += &format!("{indent}{{}}\n");
    }
    for item in items {
        let blank = if indent.is_empty() && matches!(item.value, Content::Text(_) | Content::Table(_)) {
            "\n"
        } else {
            ""
        };
        *out += &format!("{blank}{}", remarks(&item.remarks, indent));
        let key = yaml::key(&item.key);
        let inner = format!("{indent}  ");
        match &item.value {
            Content::Text(paragraphs) if paragraphs.is_empty() => *out += &format!("{indent}{key}: \"\"\n"),
            Content::Text(paragraphs) => {
                let text = paragraphs.join("\n");
                *out += &format!(
                    "{indent}{key}: {}\n",
                    yaml::block(&text, indent.len() / 2 + 1, yaml::Chomp::Clip)
                );
            }
            Content::Inline(value) => *out += &format!("{indent}{key}: {}\n", yaml::inline(value)),
            Content::Example(value) => *out += &format!("{indent}# {key}: {}\n", yaml::inline(value)),
            Content::Table(items) => {
                *out += &format!("{indent}{key}:\n");
                yaml_table(items, &inner, out);
            }
            Content::Tables(tables) => {
                *out += &format!("{indent}{key}:\n");
                for table in tables {
                    let Value::Object(map) = to_json(table) else { continue };
                    for (index, (key, value)) in map.iter().enumerate() {
                        let dash = if index == 0 { "- " } else { "  " };
                        let (key, value) = (yaml::key(key), yaml::inline(value));
                        *out += &format!("{indent}  {dash}{key}: {value}\n");
                    }
                }
            }
        }
    }
}
