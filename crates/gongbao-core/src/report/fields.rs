//! The field table: every key of the data format that is not a table of the form.
//!
//! Each key is one row of a [`FieldTable`]: its label, kind, explanation, scope, and the member of the report that holds
//! its value. The reader, the writers, the JSON Schema, the digest, the head sheet of the workbook and the browser's form
//! are driven by these rows, so that a key or a label is written once.
//!
//! ```
//! use gongbao_core::report::fields::{self, FieldKind};
//!
//! let phone = fields::spec("agency.phone").expect("a known key");
//! assert_eq!((phone.label, phone.kind), ("联系电话", FieldKind::Line));
//! ```

mod agency;
mod office;
mod publication;
mod sheet;
mod spec;
mod table;
mod value;

pub use agency::AGENCY;
pub use office::{ACCEPTED, FILING, MEMBERS};
pub use publication::{CHANGES, CORRECTIONS, PUBLISHED};
pub use sheet::{HeadField, HeadGroup, head_fields, head_groups, head_value};
pub use spec::{FieldKind, FieldScope, FieldSpec};
pub use table::{Field, FieldTable};
pub use value::FieldValue;

use std::ops::RangeInclusive;

use self::table::field;
use super::{Report, fresh};
use crate::{
    finding::{FieldName, Place, PlacePart},
    form::{Form, PREFACE},
};

/// Years that a report can be on: from 2008, when the regulations on the disclosure of government information
/// (政府信息公开条例) came into force.
pub const YEARS: RangeInclusive<u16> = 2008..=2099;

/// The largest number of characters that a note in a cell may have.
pub const LONGEST_NOTE: usize = 60;

/// Keys at the top of the file that hold a single value.
pub static HEAD: FieldTable<Report> = FieldTable {
    spec: FieldSpec::new("", "报告", FieldKind::Table),
    entry: "",
    empty: || fresh("", 0, None),
    fields: &[
        field!(form: FieldSpec::new("form", "报告格式", FieldKind::Form)
            .example("2021")
            .help("由建立工作簿时的年度决定，不用改；换格式须另建一份")),
        field!(year: FieldSpec::new("year", "报告年度", FieldKind::Year)
            .note("四位数")
            .example("2024")
            .help("报告哪一年的工作，四位数，例如 2025。必填")
            .required()),
        field!(title: FieldSpec::new("title", "标题", FieldKind::Lines)
            .note("换行处即印出来的换行；不写就是“单位名称＋年度＋年政府信息公开工作年度报告”")
            .help("不填就是“单位名称＋年度＋年政府信息公开工作年度报告”；要在某处换行的，按 Alt+Enter")),
        field!(date: FieldSpec::new("date", "成文日期", FieldKind::Date)
            .note("写了才印落款")
            .help("例如 2026-1-20；填了才印落款。可以不填")),
        field!(blanks_are_zero: FieldSpec::new("blanks", "空白按0计", FieldKind::Switch("zero"))
            .note("空着的和没写的都算作 0，也印 0")
            .remedy("空格都算作 0 时写 blanks = \"zero\"，否则不写这个键", "")
            .help("选“是”：各表没有填的格都算作 0，印成 0；选“否”或不选：没有填的格算漏填")
            .scope(FieldScope::Setting)),
    ],
};

/// The text before the first chapter; the other texts are labelled by the headings of the form.
pub static PREFACE_SPEC: FieldSpec = FieldSpec::new(PREFACE, "前言", FieldKind::Text)
    .note("第一部分之前的文字，可以没有")
    .help("第一部分之前的文字，没有的不填");

/// Whose figures single paragraphs state: values are keys of [`super::TextScope`].
pub static SCOPES_SPEC: FieldSpec = FieldSpec::new("scopes", "各段数字的口径", FieldKind::Scopes)
    .note("段落的路径＝whole（与表格同一口径）、office（只是本机关办公厅、办公室的数）或 other（别的单位的数）；没有写的由程序判断")
    .help("由报告文件带来，请不要改")
    .example("{ \"overview[3]\" = \"office\" }")
    .scope(FieldScope::Office);

/// Specifications of the tables and lists of tables at the top of the file, in the order of the data format.
pub fn tables() -> [&'static FieldSpec; 6] {
    [&AGENCY.spec, &FILING.spec, &ACCEPTED.spec, &MEMBERS.spec, &PUBLISHED.spec, &CORRECTIONS.spec]
}

/// Keys at the top of a file that do not depend on the form.
pub fn head_keys() -> impl Iterator<Item = &'static str> {
    HEAD.keys().into_iter().chain([SCOPES_SPEC.key, PREFACE]).chain(tables().map(|spec| spec.key))
}

/// Specification of a key by its path without indices: `year`, `agency.phone`, `corrections.changes.redact`.
pub fn spec(path: &str) -> Option<&'static FieldSpec> {
    let Some((table, key)) = path.rsplit_once('.') else {
        let head = HEAD
            .spec_of(path)
            .or((path == PREFACE).then_some(&PREFACE_SPEC))
            .or((path == SCOPES_SPEC.key).then_some(&SCOPES_SPEC));
        return head.or_else(|| tables().into_iter().find(|spec| spec.key == path));
    };
    match table {
        "agency" => AGENCY.spec_of(key),
        "filing" => FILING.spec_of(key),
        "accepted" => ACCEPTED.spec_of(key),
        "members" => MEMBERS.spec_of(key),
        "published" => PUBLISHED.spec_of(key),
        "corrections" => CORRECTIONS.spec_of(key),
        "corrections.changes" => CHANGES.spec_of(key),
        _ => None,
    }
}

/// Name of a key by its path, with indices or without: `agency.phone`, `corrections[2].date`.
///
/// A key that neither the field table nor the cells of a table have is its own label.
pub fn name(path: &str) -> FieldName {
    let plain = without_indices(path);
    let key = plain.rsplit('.').next().unwrap_or_default();
    let of_cell = || CELL_LABELS.iter().find(|(known, _)| *known == key).map(|(_, label)| *label);
    let label = spec(&plain).map(|spec| spec.label).or_else(of_cell);
    // A key in the wrong place is called what it is called in the right one.
    let label = label.or_else(|| spec(key).map(|spec| spec.label)).unwrap_or(key);
    FieldName::new(path.to_owned(), label.to_owned())
}

/// Place of a key of the head, by its path.
pub fn place(path: &str) -> Place {
    let table = path.split(['.', '[']).next().unwrap_or_default();
    let is_review = [&ACCEPTED.spec, &MEMBERS.spec, &PUBLISHED.spec, &CORRECTIONS.spec]
        .iter()
        .any(|spec| spec.key == table);
    let part = if is_review { PlacePart::Review } else { PlacePart::Head };
    [part, PlacePart::Field(name(path))].into_iter().collect()
}

/// A path without the numbers of list items.
fn without_indices(path: &str) -> String {
    path.split('[').map(|part| part.split_once(']').map_or(part, |(_, rest)| rest)).collect()
}

/// Labels of the keys within a table of the form: of a cell, of a row that a locality adds, and of the note.
const CELL_LABELS: [(&str, &str); 7] = [
    ("value", "数"),
    ("note", "注"),
    ("unit", "单位"),
    ("extra", "增加的行"),
    ("after", "接在哪一行后面"),
    ("label", "行的名称"),
    ("figures", "各格的数"),
];

/// Label of a text: the heading of its chapter, that of the preface, or what a text beside a table is called; its key where the form does not have it.
pub fn text_label<'a>(form: &'a Form, key: &'a str) -> &'a str {
    if let Some(passage) = form.passage(key) {
        return &passage.label;
    }
    form.heading(key).unwrap_or(if key == PREFACE { PREFACE_SPEC.label } else { key })
}

#[cfg(test)]
mod tests;
