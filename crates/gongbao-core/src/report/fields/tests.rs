//! Tests of the field table.

use serde_json::json;

use super::*;
use crate::report::CorrectionChange;

/// A value of each kind.
fn sample(kind: FieldKind) -> FieldValue {
    match kind {
        FieldKind::Year => FieldValue::Year(2024),
        FieldKind::Date => FieldValue::Date(jiff::civil::date(2025, 1, 24)),
        FieldKind::Flag | FieldKind::Switch(_) => FieldValue::Flag(true),
        FieldKind::Choice(options) => FieldValue::Text(options[0].0.to_owned()),
        FieldKind::List => FieldValue::List(vec!["甲".to_owned(), "乙".to_owned()]),
        FieldKind::Quoted => FieldValue::Quoted(json!(3119)),
        FieldKind::Changes => FieldValue::Changes(vec![CorrectionChange {
            path: "overview[1]".to_owned(),
            old: json!("甲"),
            new: json!("乙"),
            redact: false,
        }]),
        _ => FieldValue::Text("甲".to_owned()),
    }
}

#[track_caller]
fn check<T>(table: &'static FieldTable<T>) {
    for field in table.fields {
        let mut value = (table.empty)();
        field.set(&mut value, sample(field.spec.kind));
        assert_eq!(field.get(&value), Some(sample(field.spec.kind)), "{}.{}", table.spec.key, field.spec.key);
        assert!(!field.spec.label.is_empty());
        let path = format!("{}.{}", table.spec.key, field.spec.key);
        let path = path.trim_start_matches('.').replace("changes.", "corrections.changes.");
        assert_eq!(spec(&path), Some(&field.spec), "{path}");
    }
    let mut keys = table.keys();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), table.fields.len(), "keys of {} are unique", table.spec.key);
}

#[test]
fn every_key_has_a_member_of_its_kind_and_is_found_by_its_path() {
    check(&HEAD);
    check(&AGENCY);
    check(&FILING);
    check(&ACCEPTED);
    check(&MEMBERS);
    check(&PUBLISHED);
    check(&CORRECTIONS);
    check(&CHANGES);
    for key in head_keys() {
        assert!(spec(key).is_some(), "{key}");
    }
}

#[test]
fn labels_on_the_head_sheet_are_unique() {
    let mut labels: Vec<&str> = head_fields().map(|field| field.spec.label).collect();
    labels.sort_unstable();
    let count = labels.len();
    labels.dedup();
    assert_eq!(labels.len(), count);
}

#[test]
fn only_the_office_sees_what_stays_in_the_office() {
    fn scopes<T>(table: &'static FieldTable<T>) -> bool {
        table.fields.iter().all(|field| field.spec.scope.is_public() == table.spec.scope.is_public())
    }
    assert!(scopes(&HEAD) && scopes(&AGENCY) && scopes(&PUBLISHED) && scopes(&CORRECTIONS));
    assert!(scopes(&FILING) && scopes(&ACCEPTED) && scopes(&MEMBERS));
    let office: Vec<&str> =
        tables().into_iter().filter(|spec| !spec.scope.is_public()).map(|spec| spec.key).collect();
    assert_eq!(office, ["filing", "accepted", "members"]);
}
