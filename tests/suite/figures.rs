//! The figures that a finished file must show.

use std::collections::BTreeMap;

use gongbao_core::form;

/// Returns the printed figures by path, from a report's TOML alone: rows as arrays, or a single figure.
pub(crate) fn figures_of(text: &str) -> BTreeMap<String, String> {
    let value: toml::Value = toml::from_str(text).expect("TOML");
    let year = value["year"].as_integer().and_then(|year| u16::try_from(year).ok()).expect("year");
    let form = form::by_year(year).expect("forms").expect("form");
    let mut figures = BTreeMap::new();
    for record in form.records() {
        let row = record.path.split('.').fold(&value, |value, key| &value[key]);
        for (index, figure) in record.figures.iter().enumerate() {
            let cell = row.get(index).unwrap_or(row);
            let text = match cell {
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::String(text) => text.clone(),
                toml::Value::Table(cell) => {
                    format!("{}（{}）", cell["value"], cell["note"].as_str().expect("note"))
                }
                other => panic!("{other}"),
            };
            figures.insert(figure.path.clone(), text);
        }
    }
    figures
}
