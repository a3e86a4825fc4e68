//! Head of a report, as the page shows it.

use serde_json::{Value, json};

use gongbao_core::report::{
    ReportFile,
    fields::{FieldKind, FieldSpec, FieldValue, HeadField, head_fields, head_value},
};

/// Returns the keys of the head with their values, in the order of the form for filling in.
pub(super) fn head(file: &ReportFile) -> Value {
    editable().map(|field| described(&field, value(file, &field.path))).collect()
}

/// Returns the keys of the head that the page may change; the form follows from the year.
pub(super) fn editable() -> impl Iterator<Item = HeadField> {
    head_fields().filter(|field| field.spec.kind != FieldKind::Form)
}

fn described(HeadField { path, spec }: &HeadField, value: Value) -> Value {
    let mut field = json!({
        "path": path, "label": spec.label, "value": value, "hint": spec.help,
        "kind": input(spec.kind),
        "required": spec.required,
    });
    if let Some(options) = options(spec) {
        field["options"] =
            options.iter().map(|(value, label)| json!({"value": value, "label": label})).collect();
    }
    field
}

/// Returns the kind of input that the page shows.
fn input(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Year => "number",
        FieldKind::Choice(_) | FieldKind::Flag | FieldKind::Switch(_) => "choice",
        FieldKind::Date => "date",
        FieldKind::Lines | FieldKind::List => "lines",
        _ => "text",
    }
}

/// Returns the choices that the page offers: value and label.
fn options(spec: &FieldSpec) -> Option<&'static [(&'static str, &'static str)]> {
    match spec.kind {
        FieldKind::Choice(options) => Some(options),
        FieldKind::Flag | FieldKind::Switch(_) => Some(&[("true", "是"), ("false", "否")]),
        _ => None,
    }
}

/// Returns the value of a key as text; null if the file leaves it out.
fn value(file: &ReportFile, path: &str) -> Value {
    json!(head_value(&file.report, path).as_ref().map(FieldValue::to_text))
}
