//! Writing a report as JSON.

use gongbao_core::{
    report::{Number, Scope, to_json},
    syntax::Format,
};

use super::files::*;

#[test]
fn json_has_the_order_of_the_format_page_and_leaves_out_what_the_file_leaves_out() {
    let file = file(toml(&(FORM_2021.to_owned() + OFFICE)));
    let json = to_json(&file.report, &file.form, Scope::Office);
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "form",
            "year",
            "title",
            "date",
            "preface",
            "overview",
            "problems",
            "other",
            "agency",
            "filing",
            "accepted",
            "disclosure",
            "applications",
            "appeals",
            "published",
            "corrections"
        ]
    );
    assert!(json.contains("\"new\": [1259, 36, 0, 0, 0, 0, 1295]"));
    assert!(json.contains("\"carried_in\": [170, 15, 0, 0, 4, 0],"));
    assert!(value["applications"]["handled"].get("total").is_none());
    assert!(json.contains("{{applications.new.total}}"));
    assert!(json.contains("\"fees\": 27.948692"));
    assert!(json.ends_with("}\n"));
    let again = read_as(&json, Format::Json);
    tells(&again, &[]);
    assert_eq!(self::report(again), file.report);
}

#[test]
fn exact_numbers_stay_exact() {
    let text = changed(FORM_2021, &[("fees = 27.948692", "fees = 123456789012.123456")]);
    let file = file(toml(&text));
    let json = to_json(&file.report, &file.form, Scope::Public);
    assert!(json.contains("\"fees\": \"123456789012.123456\""));
    assert_eq!(report(read_as(&json, Format::Json)), file.report);
    assert_eq!(
        file.report.amount("disclosure.fees.amount"),
        Number::parse("123456789012.123456").expect("a number")
    );
}
