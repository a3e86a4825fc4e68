//! What is to be read in a finished file, told by a program that is not ours.

use std::collections::BTreeMap;

use gongbao_core::form;

/// Figures as they are printed by path, from a report's TOML alone: rows as arrays, or one figure bare.
pub fn figures_of(text: &str) -> BTreeMap<String, String> {
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
