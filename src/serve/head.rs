//! What a report says of itself and its body, as the page asks for it.

use serde_json::{Value, json};

use gongbao_core::report::{AgencyKind, ReportFile};
use gongbao_formats::workbook::head_fields;

/// The fields in the order in which people fill them in.
pub(super) fn head(file: &ReportFile) -> Value {
    let fields = head_fields().filter(|(_, _, kind, _)| *kind != "form").map(|(path, label, kind, hint)| {
        let mut field = json!({
            "path": path, "label": label, "value": value(file, path), "hint": hint,
            "kind": match kind { "year" => "number", "kind" | "flag" => "choice", "date" => "date", "lines" | "roles" => "lines", _ => "text" },
            "required": matches!(path, "year" | "agency.name"),
        });
        field["options"] = match kind {
            "kind" => AgencyKind::ALL.iter().map(|kind| json!({"value": kind.key(), "label": kind.name()})).collect(),
            "flag" => json!([{"value": "true", "label": "是"}, {"value": "false", "label": "否"}]),
            _ => return field,
        };
        field
    });
    fields.collect()
}

/// What stands in a field; null where the file says nothing.
fn value(file: &ReportFile, path: &str) -> Value {
    let report = &file.report;
    let filing = report.filing.as_ref();
    match path {
        "year" => report.year.to_string().into(),
        "title" => json!(report.title),
        "date" => json!(report.date.map(|date| date.to_string())),
        "blanks" => json!(report.blanks_are_zero.to_string()),
        "agency.name" => report.agency.name.clone().into(),
        "agency.kind" => json!(report.agency.kind.map(AgencyKind::key)),
        "filing" => json!(filing.is_some().to_string()),
        "filing.recipient" => json!(filing.map(|filing| &filing.recipient)),
        "filing.roles" => json!(filing.map(|filing| filing.roles.join("\n"))),
        "filing.phone" => json!(filing.map(|filing| &filing.phone)),
        "filing.seal" => json!(filing.map(|filing| filing.seal.to_string())),
        _ => json!(path.strip_prefix("agency.").and_then(|key| report.agency.details.get(key))),
    }
}
