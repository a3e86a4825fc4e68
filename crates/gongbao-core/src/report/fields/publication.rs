//! `published` and `[[corrections]]`: what happened to the report once it was published.

use jiff::civil::Date;
use serde_json::Value;

use super::{Field, FieldKind, FieldScope, FieldSpec, FieldTable, FieldValue, table::field};
use crate::report::{Correction, CorrectionChange, Published};

/// A key of the record of publication.
const fn record(key: &'static str, label: &'static str, kind: FieldKind) -> FieldSpec {
    FieldSpec::new(key, label, kind).scope(FieldScope::Record).remedy(WRITTEN, "由程序写入，请不要手改")
}

/// What to do about a digest that is none.
const WRITTEN: &str = "这个键由 gongbao publish、gongbao correct 写入，请不要手改";

/// `published`: the day of publication, and the digest of what was published.
pub static PUBLISHED: FieldTable<Published> = FieldTable {
    spec: record("published", "公布", FieldKind::Table)
        .note("由 gongbao publish 写入")
        .help("由 gongbao publish 写入，请不要改"),
    entry: "",
    empty: || Published { date: Date::ZERO, digest: String::new() },
    fields: &[
        field!(date: record("date", "公布日期", FieldKind::Date).required()),
        field!(digest: record("digest", "校验值", FieldKind::Digest).note("按公布的内容算出").required()),
    ],
};

/// `[[corrections]]`: corrections after publication, oldest first.
pub static CORRECTIONS: FieldTable<Correction> = FieldTable {
    spec: record("corrections", "更正", FieldKind::Tables)
        .note("由 gongbao correct 写入")
        .help("由 gongbao correct 写入，请不要改"),
    entry: "一次更正",
    empty: || Correction { date: Date::ZERO, reason: String::new(), replaces: None, changes: Vec::new() },
    fields: &[
        field!(date: record("date", "日期", FieldKind::Date).required()),
        field!(reason: record("reason", "更正的理由", FieldKind::Lines).required()),
        field!(replaces: record("replaces", "更正前的校验值", FieldKind::Digest).note("由程序写入")),
        field!(changes: record("changes", "更正的内容", FieldKind::Changes).required()),
    ],
};

/// `changes` of a correction.
///
/// `old` and `new` may be left out where `redact` is set: the value was withdrawn.
pub static CHANGES: FieldTable<CorrectionChange> = FieldTable {
    spec: record("changes", "更正的内容", FieldKind::Tables),
    entry: "一处更正",
    empty: || CorrectionChange { path: String::new(), old: Value::Null, new: Value::Null, redact: false },
    fields: &[
        field!(path: record("path", "更正的位置", FieldKind::Identifier).note("数据或段落的路径").required()),
        field!(old: record("old", "原来", FieldKind::Quoted)),
        field!(new: record("new", "改为", FieldKind::Quoted)),
        Field {
            spec: record("redact", "撤下", FieldKind::Flag).note("原来的内容不再公布"),
            // The key is written only where it is true.
            load: |change, _| change.redact.then_some(FieldValue::Flag(true)),
            store: |change, _, value| change.redact = value == FieldValue::Flag(true),
        },
    ],
};
