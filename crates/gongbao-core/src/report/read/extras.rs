//! Reads the rows that a locality adds to a table.

use super::{
    figures::{EXTRA, Section},
    row,
    spot::Spot,
};
use crate::{
    finding::MediumWords,
    form::{Extra, Record},
    report::extra_record,
    syntax::{Entries, Node, StrictReader, nearest},
};

/// Reads `[[disclosure.extra]]`.
pub(super) fn read(section: &mut Section<'_, '_>, entries: Entries<'_>, records: &[Record]) -> Vec<Extra> {
    let mut extras = Vec::new();
    let Some(node) = entries.get(EXTRA).filter(|_| section.table.extra_rows) else { return extras };
    let spot = Spot::new(section.key, section.table.name.as_str()).key(EXTRA);
    for (spot, node, entries) in section.reader.tables(node, &spot, &["after", "label", "figures"]) {
        let Some(after) = section.reader.required_words(entries, &spot, "after", Some(node.span.clone()))
        else {
            continue;
        };
        let Some(record) = find(section, records, &after) else {
            no_such_row(section, records, &after, entries.get("after"), &spot);
            continue;
        };
        // A row without a label is kept: a draft prints it with a gap.
        let label = section
            .reader
            .required_words(entries, &spot, "label", Some(node.span.clone()))
            .unwrap_or_default();
        if label.contains('\n') {
            let finding = section.reader.shape(&spot.key("label"), "行的名称不能换行", "");
            section.reader.add(finding, entries.get("label").map(|node| node.span.clone()));
        }
        let record = extra_record(record, section.key, extras.len() + 1, &label);
        section.reader.origins.insert(record.path.clone(), node.span.clone());
        figures(section, &record, entries.get("figures"), node);
        extras.push(Extra { after, label });
    }
    extras
}

/// Returns the row that an extra row follows, if the table has room for one there.
fn find<'r>(section: &Section<'_, '_>, records: &'r [Record], after: &str) -> Option<&'r Record> {
    let probe = Extra { after: after.to_owned(), label: String::new() };
    let path = format!("{}.{after}", section.key);
    records.iter().find(|record| record.path == path).filter(|_| section.table.grid(&[probe]).is_ok())
}

fn no_such_row(
    section: &mut Section<'_, '_>,
    records: &[Record],
    after: &str,
    node: Option<&Node>,
    spot: &Spot,
) {
    let prefix = format!("{}.", section.key);
    let rows: Vec<&str> = records.iter().filter_map(|record| record.path.strip_prefix(&prefix)).collect();
    let hint = match nearest(&after.to_lowercase(), rows.iter().copied()) {
        Some(near) => format!("是不是“{near}”？"),
        None => format!("可以写的有：{}", rows.join("、")),
    };
    let hint = MediumWords::fixed_file(hint, "请从下拉框里选", "");
    let finding = section.reader.shape(&spot.key("after"), format!("表里没有“{after}”这一行"), hint);
    section.reader.add(finding, node.map(|node| node.span.clone()));
}

fn figures(section: &mut Section<'_, '_>, record: &Record, node: Option<&Node>, owner: &Node) {
    let Some(node) = node else { return section.absent_row(record, Some(owner.span.clone())) };
    let Some(cells) = row::cells(section.reader, node, record) else { return };
    if !section.row(record, &cells, &node.span) {
        section.absent_row(record, Some(node.span.clone()));
    }
}
