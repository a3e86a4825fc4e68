//! The head of a report as people fill it in: the head sheet of the workbook, the browser's form.

use super::{AGENCY, FILING, FieldSpec, FieldTable, FieldValue, HEAD, office::HAS_FILING};
use crate::report::Report;

/// Keys under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadGroup {
    /// The heading, in Chinese.
    pub heading: String,
    /// The keys in the order in which they are filled in.
    pub fields: Vec<HeadField>,
}

/// A key of the head with its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadField {
    /// The path in the data: `agency.phone`; `filing` stands for the question whether there is a sign-off sheet.
    pub path: String,
    /// Its description.
    pub spec: FieldSpec,
}

/// The keys of the head, group by group.
pub fn head_groups() -> [HeadGroup; 3] {
    let mut filing = group(&FILING);
    filing.fields.insert(0, HeadField { path: FILING.spec.key.to_owned(), spec: HAS_FILING });
    [group(&HEAD), group(&AGENCY), filing]
}

/// The keys of the head in the order in which they are filled in.
pub fn head_fields() -> impl Iterator<Item = HeadField> {
    head_groups().into_iter().flat_map(|group| group.fields)
}

/// The keys of a table, those that must be filled in first.
fn group<T>(table: &'static FieldTable<T>) -> HeadGroup {
    let path = |key: &str| match table.spec.key {
        "" => key.to_owned(),
        table => format!("{table}.{key}"),
    };
    let field = |field: &super::Field<T>| HeadField { path: path(field.spec.key), spec: field.spec };
    let (required, optional): (Vec<_>, Vec<_>) =
        table.fields.iter().map(field).partition(|field| field.spec.required);
    HeadGroup { heading: table.spec.heading(), fields: required.into_iter().chain(optional).collect() }
}

/// The value of a key of the head; `None` where the file leaves it out.
pub fn head_value(report: &Report, path: &str) -> Option<FieldValue> {
    if path == FILING.spec.key {
        return Some(FieldValue::Flag(report.filing.is_some()));
    }
    let Some((table, key)) = path.split_once('.') else { return HEAD.field(path)?.get(report) };
    if table == AGENCY.spec.key {
        AGENCY.field(key)?.get(&report.agency)
    } else if table == FILING.spec.key {
        FILING.field(key)?.get(report.filing.as_ref()?)
    } else {
        None
    }
}
