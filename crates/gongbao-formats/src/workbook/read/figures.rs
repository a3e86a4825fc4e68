//! Reads the sheets of tables.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, Form, Found, Pos, Value, cells::Content, lists::CellNotes, text};
use crate::workbook::{BLANK, names::plain, sums};
use gongbao_core::{
    finding::Rule,
    form::{Address, Record},
    report::Number,
    syntax::{Key, Node},
    text::SheetCell,
};

/// Reads the figures of a table.
pub(super) fn read(draft: &mut Draft, found: &Found<'_>, key: &str, form: &Form, notes: &CellNotes) {
    let records = form.records_of(key);
    let formulas = totals_of(found, form, records);
    let partial = partial_totals(found, records, &formulas);
    for address in records.iter().flat_map(|record| &record.figures) {
        let Some(at) = position(found, &address.path) else { continue };
        let cell = at.in_sheet(&found.page.name);
        let content = found.page.cells.get(&at);
        let is_partial = partial.contains(address.path.as_str());
        let total = formulas.get(&address.path).filter(|_| !is_partial);
        let value = match content.map(|content| figure_value(content, total)) {
            // The formula has no result where all cells that it adds are blank: such a total is blank.
            _ if is_partial && has_blank_parts(found, form, records, &address.path) => text(""),
            Some(Ok(value)) => value,
            Some(Err(())) => {
                let hint = "请在 Excel 或 WPS 里打开工作簿保存一次，或者直接填数";
                let message = format!("“{}”是公式，文件里没有它算出来的数", address.place);
                draft.complain(cell.clone(), Rule::Shape, message, hint);
                Value::Null
            }
            None => Value::Null,
        };
        put(draft, address, value, cell, notes);
    }
}

/// Returns the position of a figure on the page.
fn position(found: &Found<'_>, path: &str) -> Option<Pos> {
    let figure = found.sheet.figures.iter().find(|figure| figure.path == path)?;
    found.at(figure.at)
}

/// Returns the paths of totals that cannot be left out: a row of totals is left out as a whole, so where one of its cells
/// holds a figure that was typed in, the other cells are what their formulas compute.
fn partial_totals<'a>(
    found: &Found<'_>,
    records: &'a [Record],
    formulas: &BTreeMap<String, String>,
) -> BTreeSet<&'a str> {
    let is_formula = |address: &Address| {
        let content = position(found, &address.path).and_then(|at| found.page.cells.get(&at));
        content.is_none_or(|content| figure_value(content, formulas.get(&address.path)) == Ok(Value::Null))
    };
    records
        .iter()
        .map(|record| &record.figures)
        .filter(|row| row.iter().all(|address| formulas.contains_key(&address.path)))
        .filter(|row| !row.iter().all(is_formula))
        .flat_map(|row| row.iter().filter(|address| is_formula(address)))
        .map(|address| address.path.as_str())
        .collect()
}

/// Whether all cells that a total adds up were left blank on purpose.
fn has_blank_parts(found: &Found<'_>, form: &Form, records: &[Record], path: &str) -> bool {
    form.parts_of(records, path).iter().all(|part| {
        let content = position(found, &part.path).and_then(|at| found.page.cells.get(&at));
        content.is_some_and(|content| matches!(&content.value, Value::Text(words) if plain(words) == BLANK))
    })
}

/// Returns the formulas that totals must have at the present positions.
fn totals_of(found: &Found<'_>, form: &Form, records: &[Record]) -> BTreeMap<String, String> {
    let paths = records.iter().flat_map(|record| &record.figures).map(|address| &address.path);
    paths
        .filter_map(|path| {
            let parts = form.parts_of(records, path);
            Some((path.clone(), sums::total(&parts, &|path: &str| position(found, path))?))
        })
        .collect()
}

/// Returns the value of a cell; nothing if the cell has the formula of a computed total.
fn figure_value(content: &Content, total: Option<&String>) -> Result<Value, ()> {
    match (&content.formula, total) {
        (Some(formula), Some(total)) if is_same(formula, total) => Ok(Value::Null),
        (Some(_), Some(_)) => Ok(content.value.clone()),
        (Some(_), None) if content.value == Value::Null => Err(()),
        _ => Ok(content.value.clone()),
    }
}

/// Whether two formulas are equal except for notation.
fn is_same(one: &str, other: &str) -> bool {
    let bare = |formula: &str| -> String {
        let formula = formula.trim_start_matches('=');
        formula.chars().filter(|c| !c.is_whitespace() && *c != '$').collect::<String>().to_uppercase()
    };
    bare(one).replace(';', ",") == bare(other)
}

/// Puts a figure into the tree, with its unit and note from the sheet 注释.
pub(super) fn put(draft: &mut Draft, address: &Address, value: Value, cell: SheetCell, notes: &CellNotes) {
    let node = node(draft, address, value, cell, notes);
    draft.position(&address.path, node.span.clone());
    draft.insert(&address.path, node);
}

/// Creates the node of a figure: its value, or value, note and unit.
pub(super) fn node(
    draft: &mut Draft,
    address: &Address,
    value: Value,
    cell: SheetCell,
    notes: &CellNotes,
) -> Node {
    let (value, mut note, mut unit) = parted(value, address);
    let main = draft.node(value, cell);
    if let Some(added) = notes.of(&address.path) {
        let mut add = |words: &Option<(String, SheetCell)>| {
            words.as_ref().map(|(words, at)| draft.node(text(words.clone()), at.clone()))
        };
        let added = (add(&added.note), add(&added.unit));
        note = added.0.map(Part::Node).or(note);
        unit = added.1.map(Part::Node).or(unit);
    }
    if main.value == Value::Null || note.is_none() && unit.is_none() {
        return main;
    }
    let span = main.span.clone();
    let key = |name: &str| Key { name: name.to_owned(), span: span.clone() };
    let part = |part: Part| match part {
        Part::Words(words) => Node { value: text(words), span: span.clone() },
        Part::Node(node) => node,
    };
    let mut entries = vec![(key("value"), main.clone())];
    entries.extend(note.map(|note| (key("note"), part(note))));
    entries.extend(unit.map(|unit| (key("unit"), part(unit))));
    Node { value: Value::Table(entries), span }
}

enum Part {
    Words(String),
    Node(Node),
}

/// Splits a figure that was typed as it is printed: 22（其中修订16件）, 251000元.
fn parted(value: Value, address: &Address) -> (Value, Option<Part>, Option<Part>) {
    let Value::Text(words) = &value else { return (value, None, None) };
    let words = words.trim();
    if plain(words) == BLANK {
        return (text(""), None, None);
    }
    if words == "／" {
        return (text("/"), None, None);
    }
    let (number, note) = match words.trim_end_matches(['）', ')']).split_once(['（', '(']) {
        Some((number, note)) if words.ends_with(['）', ')']) && !note.is_empty() => {
            (number.trim(), Some(note))
        }
        _ => (words, None),
    };
    let unit = address.units.iter().find(|unit| number.ends_with(unit.as_str()));
    let number = unit.and_then(|unit| number.strip_suffix(unit.as_str())).map_or(number, str::trim);
    if (note.is_none() && unit.is_none()) || Number::parse(number).is_err() {
        return (text(words), None, None);
    }
    let part = |words: &str| Part::Words(words.to_owned());
    (text(number), note.map(part), unit.map(|unit| part(unit)))
}

/// Returns the value of a cell of an extra row, which never has a formula.
pub(super) fn plain_value(found: &Found<'_>, at: Pos) -> Value {
    found.page.cells.get(&at).map_or(Value::Null, |content| content.value.clone())
}
