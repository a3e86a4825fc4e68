//! JSON Schema of the report file, made from the forms and the field table.
//!
//! It accepts every file that is read without findings, and lets an editor complete and explain keys. It does not check
//! sums, nor what is missing where blanks count as zero.

use serde_json::{Map, Value, json};

use super::TextScope;
use super::fields::{self, FieldKind, FieldSpec, FieldTable, LONGEST_NOTE, YEARS};
use crate::finding::PlacePart;
use crate::form::{Address, FigureKind, Form, FormError, PREFACE, Record, Table, all};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Returns the schema of a report on `form`; without `form`, the schema of a report on any built-in form.
///
/// # Errors
/// Fails as [`all`] does.
pub fn json_schema(form: Option<&Form>) -> Result<Value, FormError> {
    let mut schema = Map::new();
    schema.insert("$schema".into(), DRAFT.into());
    if let Some(form) = form {
        schema.extend(of_form(form));
        schema.insert("$defs".into(), definitions().into());
        return Ok(schema.into());
    }
    let mut definitions = definitions();
    let mut choices = Vec::new();
    for form in all()? {
        let name = format!("form-{}", form.id);
        choices.push(json!({ "if": picks(form), "then": { "$ref": format!("#/$defs/{name}") } }));
        definitions.insert(name, of_form(form).into());
    }
    schema.insert("title".into(), "政府信息公开工作年度报告".into());
    schema.insert("type".into(), "object".into());
    schema.insert("required".into(), json!(["year"]));
    schema.insert("allOf".into(), choices.into());
    schema.insert("$defs".into(), definitions.into());
    Ok(schema.into())
}

/// Returns the condition that a file is on this form: it names the form, or the form follows from the year.
fn picks(form: &Form) -> Value {
    let mut year = Map::new();
    year.insert("minimum".into(), form.years.from.into());
    if let Some(to) = form.years.to {
        year.insert("maximum".into(), to.into());
    }
    json!({ "anyOf": [
        { "properties": { "form": { "const": form.id } }, "required": ["form"] },
        { "properties": { "form": false, "year": year }, "required": ["year"] },
    ] })
}

fn of_form(form: &Form) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut add = |key: &str, schema: Value| {
        properties.insert(key.to_owned(), schema);
    };
    for field in fields::HEAD.fields {
        match field.spec.kind {
            FieldKind::Form => add(field.spec.key, form_id(form, &field.spec)),
            _ => add(field.spec.key, property(&field.spec)),
        }
    }
    add(fields::SCOPES_SPEC.key, property(&fields::SCOPES_SPEC));
    add(PREFACE, property(&fields::PREFACE_SPEC));
    let texts: Vec<&str> = form.texts().filter(|key| *key != PREFACE).collect();
    for key in &texts {
        add(
            key,
            json!({ "type": "string", "minLength": 1, "description": form.heading(key).unwrap_or(key) }),
        );
    }
    add(fields::AGENCY.spec.key, table(&fields::AGENCY));
    add(fields::FILING.spec.key, table(&fields::FILING));
    add(fields::ACCEPTED.spec.key, table(&fields::ACCEPTED));
    add(fields::MEMBERS.spec.key, table(&fields::MEMBERS));
    for (key, table) in form.tables() {
        add(key, section(form, key, table));
    }
    add(fields::PUBLISHED.spec.key, table(&fields::PUBLISHED));
    add(fields::CORRECTIONS.spec.key, table(&fields::CORRECTIONS));

    let head = fields::HEAD.fields.iter().map(|field| &field.spec).chain([&fields::AGENCY.spec]);
    let mut required: Vec<&str> = head.filter(|spec| spec.required).map(|spec| spec.key).collect();
    required.extend(texts);
    let tables: Vec<&str> = form.tables().map(|(key, _)| key).collect();
    let mut schema = Map::new();
    schema.insert("title".into(), form.name.clone().into());
    schema.insert("description".into(), form.source.clone().into());
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), properties.into());
    schema.insert("required".into(), json!(required));
    schema.insert("additionalProperties".into(), false.into());
    schema.insert("if".into(), json!({ "not": { "required": ["blanks"] } }));
    schema.insert("then".into(), json!({ "required": tables }));
    schema
}

fn object(description: &str, required: &[&str], properties: Value) -> Value {
    json!({
        "description": description,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// Returns the schema of the key that names the form.
fn form_id(form: &Form, spec: &FieldSpec) -> Value {
    json!({
        "description": format!(
            "{}。{}：《{}》（{}）；也可以是自备格式文件的路径",
            spec.label, form.id, form.name, form.source
        ),
        "anyOf": [{ "const": form.id }, { "type": "string", "pattern": "\\.[tT][oO][mM][lL]$" }],
    })
}

/// Returns the schema of a table of keys, or of a list of such tables.
fn table<T>(table: &'static FieldTable<T>) -> Value {
    let description = table.spec.description();
    let of_table = if table.spec.kind == FieldKind::Tables { table.entry } else { &description };
    let properties: Map<String, Value> =
        table.fields.iter().map(|field| (field.spec.key.to_owned(), property(&field.spec))).collect();
    let required: Vec<&str> =
        table.fields.iter().filter(|field| field.spec.required).map(|field| field.spec.key).collect();
    let schema = object(of_table, &required, properties.into());
    match table.spec.kind {
        FieldKind::Tables => json!({ "description": description, "type": "array", "items": schema }),
        _ => schema,
    }
}

/// Returns the schema of a value by its kind.
fn property(spec: &FieldSpec) -> Value {
    let mut schema = match spec.kind {
        FieldKind::Year => json!({ "type": "integer", "minimum": YEARS.start(), "maximum": YEARS.end() }),
        FieldKind::Line | FieldKind::Lines if spec.required => json!({ "type": "string", "minLength": 1 }),
        FieldKind::Digest if spec.required => json!({ "type": "string", "pattern": "^sha256:[0-9a-f]{64}$" }),
        FieldKind::Date => json!({ "$ref": "#/$defs/date" }),
        FieldKind::Flag => json!({ "type": "boolean" }),
        FieldKind::Switch(on) => json!({ "const": on }),
        FieldKind::Choice(options) => {
            json!({ "enum": options.iter().map(|(key, _)| *key).collect::<Vec<_>>() })
        }
        FieldKind::List => json!({ "type": "array", "items": { "type": "string" } }),
        FieldKind::Quoted => json!({ "type": ["string", "number", "object"] }),
        FieldKind::Changes => changes(),
        FieldKind::Scopes => json!({
            "type": "object",
            "propertyNames": { "pattern": "^[a-z_]+\\[[1-9][0-9]*\\]$" },
            "additionalProperties": { "enum": TextScope::ALL.map(TextScope::key) },
        }),
        _ => json!({ "type": "string" }),
    };
    if let Some(map) = schema.as_object_mut() {
        map.entry("description").or_insert_with(|| spec.description().into());
    }
    schema
}

/// Returns the schema of the changes of a correction: `old` and `new`, or `redact` where they were withdrawn.
fn changes() -> Value {
    let mut schema = table(&fields::CHANGES);
    schema["items"]["anyOf"] = json!([{ "required": ["old", "new"] }, { "required": ["redact"] }]);
    schema
}

/// Returns the schema of a table's section: rows nested by their keys.
fn section(form: &Form, key: &str, table: &Table) -> Value {
    let records = form.records_of(key);
    let mut properties = Map::new();
    for record in records {
        let keys: Vec<&str> = record.path.split('.').skip(1).collect();
        let words: Vec<&str> = record.place.parts().iter().skip(1).map(PlacePart::words).collect();
        let schema = row(form, table, record);
        let Some((last, groups)) = keys.split_last() else {
            // A table of one row: the section holds its cells.
            properties.extend(columns(table, record));
            continue;
        };
        let mut map = Some(&mut properties);
        for (group, words) in groups.iter().zip(&words) {
            map = map.and_then(|map| {
                let entry = map.entry(*group).or_insert_with(|| object(words, &[], json!({})));
                entry.get_mut("properties")?.as_object_mut()
            });
        }
        if let Some(map) = map {
            map.insert((*last).to_owned(), schema);
        }
    }
    if !properties.contains_key("note") {
        let note = format!("{}下面的注", table.name);
        properties.insert("note".into(), json!({ "type": "string", "description": note }));
    }
    for passage in form.passages(key) {
        let keys: Vec<&str> = passage.key.split('.').skip(1).collect();
        let Some((last, groups)) = keys.split_last() else { continue };
        let mut map = Some(&mut properties);
        for group in groups {
            map = map.and_then(|map| {
                let words = "各块之前的文字，键是块里任何一行的键";
                let entry = map.entry(*group).or_insert_with(|| object(words, &[], json!({})));
                entry.get_mut("properties")?.as_object_mut()
            });
        }
        if let Some(map) = map {
            map.insert((*last).to_owned(), json!({ "type": "string", "description": passage.label }));
        }
    }
    if table.extra_rows {
        properties.insert("extra".into(), extra(table, key, records));
    }
    let description = form.heading(key).unwrap_or(&table.name).to_owned();
    object(&format!("{}：{description}", table.name), &[], properties.into())
}

fn extra(table: &Table, key: &str, records: &[Record]) -> Value {
    let prefix = format!("{key}.");
    let rows: Vec<&str> = records.iter().filter_map(|record| record.path.strip_prefix(&prefix)).collect();
    let mut kinds: Vec<Value> = Vec::new();
    for record in records {
        let cells: Vec<Value> = record.figures.iter().map(|address| cell(table, address)).collect();
        for kind in cells {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
    }
    let any = json!({ "anyOf": kinds });
    let entry = object(
        "本地增加的一行",
        &["after", "label"],
        json!({
            "after": { "enum": rows, "description": "排在哪一行之后" },
            "label": { "type": "string", "minLength": 1, "description": "行的名称" },
            "figures": { "description": "各列的数，与所排之后的那一行相同", "anyOf": [
                { "type": "array", "items": any },
                { "type": "object", "additionalProperties": any },
                any,
            ] },
        }),
    );
    json!({ "description": "本地增加的行", "type": "array", "items": entry })
}

/// Returns the schema of a row in each of its notations.
fn row(form: &Form, table: &Table, record: &Record) -> Value {
    let total = form.total_column(record);
    let count = record.figures.len();
    let leaves_last = record.figures.last().is_some_and(|address| total == Some(address.column.as_str()));
    let cells: Vec<Value> = record
        .figures
        .iter()
        .map(|address| {
            let mut cell = cell(table, address);
            if let Some(map) = cell.as_object_mut() {
                map.insert("description".into(), address.label().into());
            }
            cell
        })
        .collect();
    let mut notations = vec![
        json!({ "type": "array", "prefixItems": cells, "items": false, "maxItems": count }),
        json!({ "type": "object", "properties": columns(table, record), "additionalProperties": false }),
        json!({ "enum": [0, "0"] }),
        json!({ "type": "null" }),
    ];
    if let ([only], [_]) = (cells.as_slice(), record.figures.as_slice()) {
        notations.push(only.clone());
    }
    let words: Vec<&str> = record.figures.iter().map(|address| address.label()).collect();
    let name = record.label();
    let mut description = format!("{name}。依次为：{}", words.join("、"));
    if leaves_last {
        description += "（最后一列可以不写，由程序计算）";
    }
    json!({ "description": description, "anyOf": notations })
}

fn columns(table: &Table, record: &Record) -> Map<String, Value> {
    let entry = |address: &Address| {
        let mut cell = cell(table, address);
        if let Some(map) = cell.as_object_mut() {
            map.insert("description".into(), address.label().into());
        }
        (address.column.clone(), cell)
    };
    record.figures.iter().map(entry).collect()
}

/// Returns the schema of a cell: a number, a text that is one, `/`, nothing, or one of these with a note or a unit.
fn cell(table: &Table, address: &Address) -> Value {
    let limit = 10_u64.saturating_pow(table.digits);
    let number = match address.kind {
        FigureKind::Count => json!({ "type": "integer", "minimum": 0, "exclusiveMaximum": limit }),
        FigureKind::Change => {
            json!({ "type": "integer", "exclusiveMinimum": -(limit as f64), "exclusiveMaximum": limit })
        }
        FigureKind::Amount => json!({ "type": "number", "minimum": 0, "exclusiveMaximum": limit }),
    };
    let simple = json!([number, { "$ref": "#/$defs/text" }]);
    let mut properties = Map::new();
    properties.insert("value".into(), json!({ "anyOf": simple }));
    let note = "格内的说明，印在数后的括号里";
    properties
        .insert("note".into(), json!({ "type": "string", "maxLength": LONGEST_NOTE, "description": note }));
    if !address.units.is_empty() {
        properties.insert("unit".into(), json!({ "enum": address.units, "description": "印在数后的单位" }));
    }
    json!({ "anyOf": [
        number,
        { "$ref": "#/$defs/text" },
        { "type": "null" },
        { "type": "object", "properties": properties, "required": ["value"], "additionalProperties": false },
    ] })
}

/// Returns the definitions that all forms share.
fn definitions() -> Map<String, Value> {
    let mut map = Map::new();
    map.insert(
        "date".into(),
        json!({ "type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" }),
    );
    map.insert(
        "text".into(),
        json!({
            "type": "string",
            "pattern": "^\\s*(/|[+\\-−－＋]?[0-9０-９][0-9０-９,，_.．eEｅＥ+\\-−－＋]*)?\\s*$",
            "description": "以文字写的数；\"/\" 为不适用，\"\" 为有意留空",
        }),
    );
    map
}
