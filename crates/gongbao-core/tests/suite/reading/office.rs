//! `[filing]`, `[[accepted]]`, `[published]` and `[[corrections]]`.

use gongbao_core::{
    form,
    report::{Scope, to_json},
    syntax::Format,
};

use super::files::*;

#[test]
fn filing_accepted_published_and_corrections_are_read() {
    let reading = toml(&(FORM_2021.to_owned() + OFFICE));
    tells(&reading, &[]);
    let report = report(reading);
    let filing = report.filing.as_ref().expect("filing");
    assert_eq!(filing.recipient, "县政务公开办");
    assert_eq!(filing.roles, ["单位负责人", "审核人", "保密审查人", "填报人"]);
    assert_eq!((filing.phone.as_str(), filing.seal), ("", true));
    assert_eq!(report.accepted.len(), 2);
    assert_eq!(
        (report.accepted[0].path.as_deref(), report.accepted[1].path.as_deref()),
        (Some("disclosure.rules.in_force"), None)
    );
    assert_eq!(report.accepted[1].by, "张三");
    assert_eq!(
        report.published.as_ref().map(|published| published.date.to_string()).as_deref(),
        Some("2025-01-26")
    );
    let changes = &report.corrections[0].changes;
    assert_eq!(changes[0].old, serde_json::json!(3119));
    assert_eq!(changes[1].old, serde_json::json!("甲 乙"), "what was published stays to the letter");
    assert!(changes[1].redact && !changes[0].redact);
    assert_eq!(changes[2].old, serde_json::json!({ "value": 22, "note": "注" }));

    let form = form::by_id("2021").expect("forms").expect("2021");
    let public = to_json(&report, form, Scope::Public);
    for word in ["filing", "accepted", "县政务公开办", "上级要求"] {
        assert!(!public.contains(word), "{word}");
    }
    let whole = read_as(&to_json(&report, form, Scope::Office), Format::Json);
    assert_eq!(self::report(whole), report);
}

#[test]
fn wrong_values_in_filing_accepted_and_corrections_are_reported() {
    let office = changed(
        OFFICE,
        &[
            ("recipient = \"县政务公开办\"", "roles = \"审核人\"\nseal = \"yes\""),
            ("rule = \"S6\"\n", ""),
            ("reason = \"上级要求\"", "reason = \"\""),
            ("sha256:a", "sha256:A"),
            ("old = 3119, ", ""),
            ("reason = \"统计口径有误\"", "# no reason"),
        ],
    );
    let reading = toml(&(FORM_2021.to_owned() + &office));
    let told: Vec<String> = told(&reading).into_iter().map(|(what, _)| what).collect();
    assert_eq!(
        told,
        [
            "shape filing.roles",
            "shape filing.seal",
            "missing accepted[1].rule",
            "missing accepted[2].reason",
            "shape published.digest",
            "missing corrections[1].reason",
            "missing corrections[1].changes[1].old",
        ]
    );
}
