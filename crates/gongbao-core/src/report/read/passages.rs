//! Reads the texts beside the tables: `before`, `between` and `after` of a section.

use super::{
    reader::{Reader, TABLE},
    spot::Spot,
    texts,
};
use crate::{
    finding::MediumWords,
    form::{AFTER, BEFORE, BETWEEN, Form, Position, Record, is_within},
    syntax::{Entries, Node, StrictReader, Value},
};

/// A text by its key.
type Texts = Vec<(String, Vec<String>)>;

/// Returns the keys that a section may have for texts.
pub(super) fn keys(form: &Form, section: &str) -> Vec<&'static str> {
    let mut keys = Vec::new();
    for passage in form.passages(section) {
        let key = match passage.position {
            Position::Before => BEFORE,
            Position::Between(_) => BETWEEN,
            Position::After => AFTER,
        };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Reads the texts beside a table. An empty text counts as left out.
pub(super) fn read(reader: &mut Reader<'_>, form: &Form, section: &str, entries: Entries<'_>) -> Texts {
    let mut found = Texts::new();
    let allowed = keys(form, section);
    for word in [BEFORE, AFTER] {
        if let Some(node) = entries.get(word).filter(|_| allowed.contains(&word)) {
            text(reader, node, &texts::spot(form, &format!("{section}.{word}")), &mut found);
        }
    }
    if let Some(node) = entries.get(BETWEEN).filter(|_| allowed.contains(&BETWEEN)) {
        let spot = Spot::new(section, form.tables.get(section).map_or("", |table| &table.name)).key(BETWEEN);
        let mut between = Between { form, section, used: Vec::new(), found: &mut found };
        between.branch(reader, node, &spot, "");
    }
    found
}

fn text(reader: &mut Reader<'_>, node: &Node, spot: &Spot, found: &mut Texts) {
    if let Some(paragraphs) = texts::lines(reader, node, spot).filter(|paragraphs| !paragraphs.is_empty()) {
        found.push((spot.path().to_owned(), paragraphs));
    }
}

/// State of reading `between`.
struct Between<'a> {
    form: &'a Form,
    section: &'a str,
    /// Blocks that have a text, each with the row that the file names.
    used: Vec<(usize, String)>,
    found: &'a mut Texts,
}

impl Between<'_> {
    /// Reads the keys of a group of rows; `group` is its path within the section.
    fn branch(&mut self, reader: &mut Reader<'_>, node: &Node, spot: &Spot, group: &str) {
        let rows = self.keys(group);
        let Value::Table(entries) = &node.value else {
            let hint = format!("写成 {BETWEEN} = {{ 行的键 = \"……\" }}，行的键有：{}", rows.join("、"));
            return reader.wrong_kind(node, spot, TABLE, MediumWords::of_file(hint));
        };
        let entries = Entries::new(entries);
        let known: Vec<&str> = rows.iter().map(String::as_str).collect();
        reader.unknown_keys(entries, spot, &known);
        for key in known {
            let Some(node) = entries.get(key) else { continue };
            let row = if group.is_empty() { key.to_owned() } else { format!("{group}.{key}") };
            let path = format!("{}.{row}", self.section);
            match self.form.records_of(self.section).iter().find(|record| record.path == path) {
                Some(record) => self.row(reader, node, record, &row),
                None => self.branch(reader, node, &spot.key(key), &row),
            }
        }
    }

    /// Returns the keys of the rows and groups directly below a group.
    fn keys(&self, group: &str) -> Vec<String> {
        let above =
            if group.is_empty() { self.section.to_owned() } else { format!("{}.{group}", self.section) };
        let mut keys: Vec<String> = Vec::new();
        for record in
            self.form.records_of(self.section).iter().filter(|record| is_within(&record.path, &above))
        {
            let rest = record.path.strip_prefix(&above).and_then(|rest| rest.strip_prefix('.'));
            let key = rest.and_then(|rest| rest.split('.').next()).unwrap_or_default();
            if !key.is_empty() && keys.last().is_none_or(|last| last != key) {
                keys.push(key.to_owned());
            }
        }
        keys
    }

    fn row(&mut self, reader: &mut Reader<'_>, node: &Node, record: &Record, row: &str) {
        let key = format!("{}.{BETWEEN}.{row}", self.section);
        let Some(passage) = self.form.passage(&key) else {
            let spot = Spot::new(key, &record.place);
            let message = format!("“{}”在表的第一块里，它之前没有可以分开的地方", record.label());
            let finding =
                reader.shape(&spot, message, MediumWords::of_file(format!("表之前的文字写在 {BEFORE} 里")));
            return reader.add(finding, Some(node.span.clone()));
        };
        let spot = texts::spot(self.form, &passage.key);
        if let Some((_, first)) = self.used.iter().find(|(block, _)| *block == record.block) {
            let message = format!("“{first}”和“{row}”在表的同一块里，{}只能写一处", passage.label);
            let finding =
                reader.shape(&spot, message, MediumWords::of_file(format!("请把两处文字合写在 {first} 下")));
            return reader.add(finding, Some(node.span.clone()));
        }
        self.used.push((record.block, row.to_owned()));
        text(reader, node, &spot, self.found);
    }
}
