//! Reads the cell of a figure.

use super::{
    reader::{Lines, Reader, kind, shortened},
    spot::Spot,
};
use crate::{
    finding::{MediumWords, Message, Remedy, Rule},
    form::{Address, FigureKind},
    report::{Cell, Figure, Number, NumberError, fields::LONGEST_NOTE},
    syntax::{Entries, Node, StrictReader, Value},
};

/// Keys of a cell that has a note or a unit.
pub(super) const KEYS: [&str; 3] = ["value", "note", "unit"];

/// Reads a cell; `None` if the value is not valid, which is reported.
pub(super) fn read(reader: &mut Reader<'_>, node: &Node, address: &Address, digits: u32) -> Option<Cell> {
    let spot = Spot::new(address.path.as_str(), &address.place);
    let Value::Table(entries) = &node.value else {
        let figure = figure(reader, node, &spot, address, digits)?;
        return Some(Cell { figure, note: None, unit: None, computed: false });
    };
    let entries = Entries::new(entries);
    reader.unknown_keys(entries, &spot, &KEYS);
    let note = reader.optional_words(entries, &spot, "note", Lines::One);
    if let (Some(note), Some(node)) = (&note, entries.get("note"))
        && note.chars().count() > LONGEST_NOTE
    {
        let message = format!("格内的说明有{}个字，最多{LONGEST_NOTE}个字", note.chars().count());
        let hint = MediumWords::fixed(
            "长的说明请写在表格的 note 里，印在表格下面",
            "长的说明请写在“注释”表里，作为整张表的注，印在表格下面",
            "长的说明请作为整张表的注，印在表格下面",
        );
        let finding = reader.shape(&spot.key("note"), message, hint);
        reader.add(finding, Some(node.span.clone()));
    }
    let unit = entries.get("unit").and_then(|node| unit(reader, node, &spot, address));
    let Some(value) = entries.get("value") else {
        reader.add_missing(&spot.key("value"), entries.key_span("value").or(Some(node.span.clone())));
        return None;
    };
    let figure = figure(reader, value, &spot, address, digits)?;
    Some(Cell { figure, note, unit, computed: false })
}

fn unit(reader: &mut Reader<'_>, node: &Node, spot: &Spot, address: &Address) -> Option<String> {
    let spot = spot.key("unit");
    let unit = reader.words(node, &spot, Lines::One)?;
    if address.units.contains(&unit) {
        return Some(unit);
    }
    let message = match address.units.as_slice() {
        [] => format!("这一格不能写单位（{}）", shortened(&unit)),
        units => format!("单位只能是{}，这里写的是“{}”", units.join("、"), shortened(&unit)),
    };
    let finding = reader.shape(&spot, message, "");
    reader.add(finding, Some(node.span.clone()));
    None
}

fn figure(
    reader: &mut Reader<'_>,
    node: &Node,
    spot: &Spot,
    address: &Address,
    digits: u32,
) -> Option<Figure> {
    let written = match &node.value {
        Value::Text(text) if text.trim().is_empty() => return Some(Figure::Blank),
        Value::Text(text) if text.trim() == "/" => return Some(Figure::NotApplicable),
        Value::Number(text) | Value::Text(text) => text,
        other => {
            let message = Message::from("这里应当填数，写的是").join(kind(other));
            let finding = reader.shape(spot, message, Remedy::WriteFigure);
            reader.add(finding, Some(node.span.clone()));
            return None;
        }
    };
    let shown = shortened(written);
    let finding = match Number::parse(written) {
        Ok(number) if number.whole_part() >= 10_u64.saturating_pow(digits) => {
            reader.shape(spot, format!("数太大：{shown}，这张表里最多{digits}位"), "")
        }
        Ok(number) => {
            let wrong = match address.kind {
                FigureKind::Count if number.is_negative() => Some("件数不能是负数"),
                FigureKind::Amount if number.is_negative() => Some("金额不能是负数"),
                FigureKind::Count | FigureKind::Change if !number.is_whole() => Some("这里只能填整数"),
                _ => None,
            };
            if let Some(wrong) = wrong {
                let finding = reader.error(Rule::S10, spot, format!("{wrong}：{number}"));
                reader.add(finding, Some(node.span.clone()));
            }
            return Some(Figure::Number(number));
        }
        Err(NumberError::TooLarge) => {
            reader.shape(spot, format!("数太大：{shown}，这张表里最多{digits}位"), "")
        }
        Err(NumberError::TooManyDecimals) if address.kind == FigureKind::Amount => {
            reader.shape(spot, format!("小数太长：{shown}，最多六位小数"), "")
        }
        Err(NumberError::TooManyDecimals) => {
            reader.error(Rule::S10, spot, format!("这里只能填整数：{shown}"))
        }
        Err(NumberError::NotANumber) => {
            reader.shape(spot, format!("这里应当填数，写的是“{shown}”"), Remedy::WriteFigure)
        }
    };
    reader.add(finding, Some(node.span.clone()));
    None
}
