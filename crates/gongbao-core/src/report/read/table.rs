//! Reads the tables of the field table: each key by its kind, each value into the member of the report that holds it.

use std::ops::Range;

use super::{
    reader::{Lines, Reader},
    spot::Spot,
    value::{choice, date, digest, form_name, quoted, switch, year},
};
use crate::{
    finding::{Message, Remedy},
    report::{
        Agency, CorrectionChange, Filing, Published,
        fields::{self, FieldKind, FieldSpec, FieldTable, FieldValue},
    },
    syntax::{Entries, StrictReader},
};

/// A table as far as it could be read.
pub(super) struct Filled<T> {
    pub(super) value: T,
    /// Whether all keys that must be there have a value.
    pub(super) complete: bool,
}

/// Reads the keys of a table; `owner` is the place that stands for a key that is missing.
pub(super) fn fill<T>(
    reader: &mut Reader<'_>,
    table: &'static FieldTable<T>,
    entries: Entries<'_>,
    spot: &Spot,
    owner: Option<Range<usize>>,
) -> Filled<T> {
    let mut filled = Filled { value: (table.empty)(), complete: true };
    for field in table.fields {
        match read_value(reader, &field.spec, entries, spot, owner.clone()) {
            Some(value) => field.set(&mut filled.value, value),
            None => filled.complete &= !field.spec.required,
        }
    }
    filled
}

/// Reads the value of a key; `None` if it is left out or not valid, which is reported.
fn read_value(
    reader: &mut Reader<'_>,
    spec: &FieldSpec,
    entries: Entries<'_>,
    table: &Spot,
    owner: Option<Range<usize>>,
) -> Option<FieldValue> {
    let spot = table.key(spec.key);
    let node = entries.get(spec.key);
    let text = match (spec.kind, spec.required) {
        (FieldKind::Line | FieldKind::Lines | FieldKind::Identifier | FieldKind::Digest, true) => {
            reader.required_words(entries, table, spec.key, owner.clone())
        }
        (FieldKind::Line | FieldKind::Identifier | FieldKind::Digest, false) => {
            reader.optional_words(entries, table, spec.key, Lines::One)
        }
        (FieldKind::Lines, false) => reader.optional_words(entries, table, spec.key, Lines::Many),
        _ => None,
    };
    match spec.kind {
        FieldKind::Line if spec.required => {
            let text = text?;
            if text.contains('\n') {
                let finding = reader.shape(&spot, format!("{}不能换行", spec.label), spec.remedy_words());
                reader.add(finding, node.map(|node| node.span.clone()));
            }
            Some(FieldValue::Text(text))
        }
        FieldKind::Line | FieldKind::Lines | FieldKind::Identifier => text.map(FieldValue::Text),
        FieldKind::Digest => digest(reader, spec, node?, &spot, text?).map(FieldValue::Text),
        FieldKind::Year => match node {
            Some(node) => year(reader, spec, node, &spot).map(FieldValue::Year),
            None => {
                let message = Message::from(format!("缺少{}", spec.label)).path(spec.key);
                let hint = Remedy::WriteYear {
                    field: spot.name(),
                    file: format!("例如 {}", spec.example_line()).into(),
                    is_missing: true,
                };
                let finding = reader.missing(&spot, message).hint(hint);
                reader.add(finding, entries.key_span(spec.key));
                None
            }
        },
        FieldKind::Form => form_name(reader, spec, node?, &spot).map(FieldValue::Text),
        FieldKind::Date => {
            if node.is_none() && spec.required {
                reader.add_missing(&spot, owner);
            }
            date(reader, spec, node?, &spot).map(FieldValue::Date)
        }
        FieldKind::Flag => reader.flag(node?, &spot).map(FieldValue::Flag),
        FieldKind::Switch(on) => switch(reader, spec, on, node?, &spot).map(FieldValue::Flag),
        FieldKind::Choice(options) => choice(reader, spec, options, node?, &spot).map(FieldValue::Text),
        FieldKind::List => {
            let items = reader.list(node?, &spot)?;
            let words = items
                .iter()
                .enumerate()
                .filter_map(|(index, item)| reader.words(item, &spot.item(index), Lines::One));
            Some(FieldValue::List(words.filter(|words| !words.is_empty()).collect()))
        }
        FieldKind::Quoted => quoted(reader, node?, &spot).map(FieldValue::Quoted),
        FieldKind::Changes => match node {
            Some(_) => Some(FieldValue::Changes(changes(reader, entries, table))),
            // A correction without changes is reported, but kept.
            None => {
                reader.add_missing(&spot, owner);
                Some(FieldValue::Changes(Vec::new()))
            }
        },
        FieldKind::Text | FieldKind::Scopes | FieldKind::Table | FieldKind::Tables => None,
    }
}

/// Reads `[agency]` as far as it is given.
pub(super) fn agency(reader: &mut Reader<'_>, head: Entries<'_>) -> Agency {
    let spec = &fields::AGENCY.spec;
    let (spot, owner) = (Spot::head(spec.key), head.key_span(spec.key));
    let Some(node) = head.get(spec.key) else {
        let name = fields::AGENCY.fields.first().map(|field| field.spec);
        let line = name.map(|name| name.example_line()).unwrap_or_default();
        let hint = Remedy::FillIn {
            what: name.map_or("", |name| name.example).into(),
            file: format!("请写 [{}]，下一行写 {line}", spec.key).into(),
        };
        let message = Message::from(format!("缺少报告{}", spec.label)).path(spec.key);
        let finding = reader.missing(&spot, message).hint(hint);
        reader.add(finding, owner);
        return Agency::default();
    };
    let owner = owner.unwrap_or(node.span.clone());
    reader.origins.insert(spec.key.to_owned(), owner.clone());
    let Some(entries) = reader.table(node, &spot, &fields::AGENCY.keys()) else { return Agency::default() };
    fill(reader, &fields::AGENCY, entries, &spot, Some(owner)).value
}

/// Reads `[filing]`.
pub(super) fn filing(reader: &mut Reader<'_>, head: Entries<'_>) -> Option<Filing> {
    let spot = Spot::head(fields::FILING.spec.key);
    let node = head.get(spot.path())?;
    let entries = reader.table(node, &spot, &fields::FILING.keys())?;
    Some(fill(reader, &fields::FILING, entries, &spot, Some(node.span.clone())).value)
}

/// Reads `published`.
pub(super) fn published(reader: &mut Reader<'_>, head: Entries<'_>) -> Option<Published> {
    let spot = Spot::head(fields::PUBLISHED.spec.key);
    let node = head.get(spot.path())?;
    reader.origins.insert(spot.path().to_owned(), node.span.clone());
    let entries = reader.table(node, &spot, &fields::PUBLISHED.keys())?;
    let filled = fill(reader, &fields::PUBLISHED, entries, &spot, Some(node.span.clone()));
    filled.complete.then_some(filled.value)
}

/// Reads a list of tables at the top of the file; entries that lack a required key are left out.
pub(super) fn list<T>(reader: &mut Reader<'_>, table: &'static FieldTable<T>, head: Entries<'_>) -> Vec<T> {
    let spot = Spot::head(table.spec.key);
    let Some(node) = head.get(table.spec.key) else { return Vec::new() };
    let mut values = Vec::new();
    for (spot, node, entries) in reader.tables(node, &spot, &table.keys()) {
        reader.origins.insert(spot.path().to_owned(), node.span.clone());
        let filled = fill(reader, table, entries, &spot, Some(node.span.clone()));
        values.extend(filled.complete.then_some(filled.value));
    }
    values
}

/// Reads the changes of a correction. `old` and `new` may be left out if `redact` is set.
fn changes(reader: &mut Reader<'_>, correction: Entries<'_>, spot: &Spot) -> Vec<CorrectionChange> {
    let table = &fields::CHANGES;
    let spot = spot.key(table.spec.key);
    let Some(node) = correction.get(table.spec.key) else { return Vec::new() };
    let mut changes = Vec::new();
    for (spot, node, entries) in reader.tables(node, &spot, &table.keys()) {
        let Filled { value: change, mut complete } =
            fill(reader, table, entries, &spot, Some(node.span.clone()));
        for field in table.fields.iter().filter(|field| field.spec.kind == FieldKind::Quoted) {
            let is_given = entries.get(field.spec.key).is_some();
            if !is_given && !change.redact {
                reader.add_missing(&spot.key(field.spec.key), Some(node.span.clone()));
            }
            complete &= field.get(&change).is_some() || (!is_given && change.redact);
        }
        changes.extend(complete.then_some(change));
    }
    changes
}
