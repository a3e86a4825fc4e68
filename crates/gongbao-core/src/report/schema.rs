//! The JSON Schema of the report file, drawn from the forms.
//!
//! It takes in every file that reading takes in without complaint, and helps an editor to complete and
//! explain keys. It cannot do sums, and it does not know what is missing where blanks count as zero.

use serde_json::{Map, Value, json};

use super::{Agency, AgencyKind};
use crate::form::{Address, FigureKind, Form, FormError, Record, Table, all};

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of a report on `form`, or on any of the forms the program carries.
///
/// # Errors
/// As [`all`].
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

/// Whether a file is on this form: it says so, or it follows from the year.
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
    let text = |description: String| json!({ "type": "string", "description": description });
    let mut properties = Map::new();
    let mut add = |key: &str, schema: Value| {
        properties.insert(key.to_owned(), schema);
    };
    add(
        "form",
        json!({
            "description": format!("格式。{}：《{}》（{}）；也可以是自备格式文件的路径", form.id, form.name, form.source),
            "anyOf": [{ "const": form.id }, { "type": "string", "pattern": "\\.[tT][oO][mM][lL]$" }],
        }),
    );
    add("year", json!({ "type": "integer", "minimum": 2008, "maximum": 2099, "description": "报告年度" }));
    add(
        "title",
        text("标题，换行处即印出来的换行；不写则为“单位名称+年度+年政府信息公开工作年度报告”".into()),
    );
    add("date", json!({ "$ref": "#/$defs/date", "description": "成文日期，写了才印在文末" }));
    add("blanks", json!({ "const": "zero", "description": "空着的和没写的都算作 0，也印 0" }));
    add("preface", text("第一部分之前的文字".into()));
    let texts: Vec<&str> = form.texts().filter(|key| *key != "preface").collect();
    for key in &texts {
        add(
            key,
            json!({ "type": "string", "minLength": 1, "description": form.heading(key).unwrap_or(key) }),
        );
    }
    add("agency", agency());
    add("filing", filing());
    add("accepted", accepted());
    add("members", members());
    for (key, table) in form.tables() {
        add(key, section(form, key, table));
    }
    add(
        "published",
        object(
            "发布情况，由 gongbao publish 写入",
            &["date", "digest"],
            json!({
                "date": { "$ref": "#/$defs/date", "description": "发布日期" },
                "digest": { "type": "string", "pattern": "^sha256:[0-9a-f]{64}$", "description": "发布时内容的摘要" },
            }),
        ),
    );
    add("corrections", corrections());

    let mut required = vec!["year", "agency"];
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

fn agency() -> Value {
    let words = [
        ("region", "所在地区"),
        ("code", "统一社会信用代码"),
        ("address", "地址"),
        ("postcode", "邮政编码"),
        ("phone", "电话"),
        ("fax", "传真"),
        ("email", "电子邮箱"),
        ("website", "网址"),
    ];
    let mut properties = Map::new();
    properties.insert("name".into(), json!({ "type": "string", "minLength": 1, "description": "单位全称" }));
    let kinds = AgencyKind::ALL.map(AgencyKind::key);
    let kind = "单位类别：一级政府、政府办公厅（室）、部门、乡镇或街道、垂直管理部门";
    properties.insert("kind".into(), json!({ "enum": kinds, "description": kind }));
    for key in Agency::DETAILS {
        let description = words.iter().find(|(known, _)| *known == key).map_or(key, |(_, words)| words);
        properties.insert(key.into(), json!({ "type": "string", "description": description }));
    }
    object("报告单位", &["name"], properties.into())
}

fn filing() -> Value {
    object(
        "报备用的签批页，只用于纸质本",
        &[],
        json!({
            "recipient": { "type": "string", "description": "报送单位" },
            "roles": { "type": "array", "items": { "type": "string" }, "description": "签字的人，每人一行" },
            "phone": { "type": "string", "description": "联系电话" },
            "seal": { "type": "boolean", "description": "是否按加盖印章排署名和日期" },
        }),
    )
}

fn members() -> Value {
    let entry = object(
        "汇总的一份报告",
        &["name", "file", "digest"],
        json!({
            "name": { "type": "string", "description": "单位" },
            "file": { "type": "string", "description": "报告文件，从汇总报告所在的文件夹算起" },
            "digest": { "type": "string", "description": "汇总时的内容摘要" },
        }),
    );
    json!({ "description": "汇总了哪些报告，由 gongbao rollup 写入", "type": "array", "items": entry })
}

fn accepted() -> Value {
    let entry = object(
        "准予保留的一条",
        &["rule", "reason"],
        json!({
            "rule": { "type": "string", "description": "规则代码" },
            "path": { "type": "string", "description": "数据或段落的路径；不写则为所有" },
            "reason": { "type": "string", "minLength": 1, "description": "理由" },
            "by": { "type": "string", "description": "审核人" },
        }),
    );
    json!({ "description": "审核后准予保留的问题", "type": "array", "items": entry })
}

fn corrections() -> Value {
    let value = json!({ "type": ["string", "number", "object"] });
    let mut change = object(
        "一处更正",
        &["path"],
        json!({
            "path": { "type": "string", "description": "数据或段落的路径" },
            "old": value,
            "new": value,
            "redact": { "type": "boolean", "description": "原来的内容须撤下，不再公布" },
        }),
    );
    // What was withdrawn is not there.
    change["anyOf"] = json!([{ "required": ["old", "new"] }, { "required": ["redact"] }]);
    let correction = object(
        "一次更正",
        &["date", "reason", "changes"],
        json!({
            "date": { "$ref": "#/$defs/date", "description": "更正日期" },
            "reason": { "type": "string", "minLength": 1, "description": "更正理由" },
            "replaces": { "type": "string", "description": "更正前内容的摘要，由程序写入" },
            "changes": { "type": "array", "items": change },
        }),
    );
    json!({ "description": "发布以后的更正，由 gongbao correct 写入", "type": "array", "items": correction })
}

/// A table's section: rows nested by their keys.
fn section(form: &Form, key: &str, table: &Table) -> Value {
    let records = form.records_of(key);
    let mut properties = Map::new();
    for record in records {
        let keys: Vec<&str> = record.path.split('.').skip(1).collect();
        let words: Vec<&str> = record.place.split(" › ").skip(1).collect();
        let schema = row(form, table, record);
        let Some((last, groups)) = keys.split_last() else {
            // The section itself is the row.
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

/// A row in each of its notations.
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
                map.insert("description".into(), column(address, record).into());
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
    let words: Vec<&str> = record.figures.iter().map(|address| column(address, record)).collect();
    let name = record.place.rsplit(" › ").next().unwrap_or_default();
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
            map.insert("description".into(), column(address, record).into());
        }
        (address.column.clone(), cell)
    };
    record.figures.iter().map(entry).collect()
}

fn column<'a>(address: &'a Address, record: &Record) -> &'a str {
    address
        .place
        .strip_prefix(&record.place)
        .and_then(|rest| rest.strip_prefix(" › "))
        .unwrap_or(&address.column)
}

/// A cell: a number, a text that is one, `/`, nothing, or one of these with a note or a unit.
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
    properties.insert("note".into(), json!({ "type": "string", "maxLength": 60, "description": note }));
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

/// What the forms share.
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
