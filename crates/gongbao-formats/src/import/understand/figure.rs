//! Cells of imported tables: numbers, notes in brackets, units, blanks, dashes.

use crate::import::words::{compact, trim, words};
use gongbao_core::{
    form::{Address, FigureKind},
    report::{Cell, Figure, Number},
};

/// A cell that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) cell: Cell,
    /// Whether an amount was converted into the form's unit.
    pub(super) converted: bool,
}

/// Reads a cell as the figure at `address`; `None` where it is not certain. `header` is the column header of the file, which
/// may contain another unit, `official` that of the form.
pub(super) fn read(text: &str, address: &Address, header: &str, official: &str) -> Option<Reading> {
    let text = trim(text);
    let plain =
        |figure, note| Reading { cell: Cell { figure, note, unit: None, computed: false }, converted: false };
    if text.is_empty() {
        return Some(plain(Figure::Blank, None));
    }
    if is_not_applicable(text) {
        return Some(plain(Figure::NotApplicable, None));
    }
    let (text, note) = with_note(text);
    if is_not_applicable(text) {
        return Some(plain(Figure::NotApplicable, note));
    }
    let (number, unit) = with_unit(text);
    let number = Number::parse(number).ok()?;
    if address.kind != FigureKind::Amount {
        let counts = unit.is_empty() || words().counters.iter().any(|counter| counter == unit);
        return counts.then(|| plain(Figure::Number(number), note));
    }
    let power = |unit: &str| words().money.get(unit).copied();
    let wanted = unit_of(official);
    let given = if unit.is_empty() { unit_of(header).or(wanted.clone()) } else { Some(unit.to_owned()) };
    let (figure, unit, converted) = match (given, wanted) {
        // Neither form nor table has a unit: the number is taken as it is.
        (None, _) => (number, None, false),
        (Some(given), Some(wanted)) => {
            (scale(number, power(&given)?, power(&wanted)?)?, None, given != wanted)
        }
        (Some(given), None) => {
            // A unit that the form allows in the cell.
            let allowed = address.units.iter().find(|unit| **unit == given).or(address.units.first())?;
            (scale(number, power(&given)?, power(allowed)?)?, Some(allowed.clone()), given != *allowed)
        }
    };
    Some(Reading { cell: Cell { figure: Figure::Number(figure), note, unit, computed: false }, converted })
}

/// Whether a cell could be a figure of any kind.
pub(super) fn is_figure(text: &str) -> bool {
    let (text, _) = with_note(trim(text));
    is_not_applicable(text) || Number::parse(with_unit(text).0).is_ok()
}

/// Whether a cell is blank or could hold a figure.
pub(super) fn may_be_figure(text: &str) -> bool {
    trim(text).is_empty() || is_figure(text)
}

fn is_not_applicable(text: &str) -> bool {
    let compact = compact(text);
    words().not_applicable.iter().any(|mark| self::compact(mark) == compact)
}

/// Figure and note in brackets.
fn with_note(text: &str) -> (&str, Option<String>) {
    let Some(open) = text.find(['（', '(']) else { return (text, None) };
    let (before, rest) = text.split_at(open);
    let Some(inner) = rest.strip_suffix(['）', ')']).and_then(|rest| rest.strip_prefix(['（', '('])) else {
        return (text, None);
    };
    if trim(before).is_empty() || trim(inner).is_empty() {
        return (text, None);
    }
    let note: Vec<&str> = inner.lines().map(trim).collect();
    (trim(before), Some(note.concat()))
}

/// Number and unit after it.
fn with_unit(text: &str) -> (&str, &str) {
    let is_unit = |c: char| c.is_alphabetic() && !matches!(c, 'e' | 'E' | 'ｅ' | 'Ｅ');
    let at = text
        .rfind(|c: char| !is_unit(c))
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let (number, unit) = text.split_at(at);
    (trim(number), unit)
}

/// Unit in a header: （单位：万元）, （万元）.
fn unit_of(header: &str) -> Option<String> {
    let compact = compact(header);
    let inside = compact.split(['(', ')', ':', ',', '、']).rev();
    inside.map(str::to_owned).find(|part| words().money.contains_key(part))
}

/// Converts a number between units exactly; `None` where the result has too many decimals.
fn scale(number: Number, from: u32, to: u32) -> Option<Number> {
    let power = i64::from(from) - i64::from(to);
    if power == 0 { Some(number) } else { Number::parse(&format!("{number}e{power}")).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(kind: FigureKind, units: &[&str]) -> Address {
        Address {
            path: "a.b".into(),
            place: gongbao_core::finding::Place::default(),
            column: "b".into(),
            kind,
            units: units.iter().map(|unit| (*unit).to_owned()).collect(),
        }
    }

    fn shown(text: &str, address: &Address, header: &str, official: &str) -> String {
        let Some(Reading { cell, .. }) = read(text, address, header, official) else { return "?".to_owned() };
        let figure = match cell.figure {
            Figure::Number(number) => number.to_string(),
            Figure::NotApplicable => "/".to_owned(),
            Figure::Blank => "blank".to_owned(),
        };
        format!(
            "{figure}{}{}",
            cell.unit.unwrap_or_default(),
            cell.note.map(|note| format!("|{note}")).unwrap_or_default()
        )
    }

    #[test]
    fn reads_counts() {
        let count = address(FigureKind::Count, &[]);
        for (text, expected) in [
            ("22", "22"),
            (" １，２３４ ", "1234"),
            ("\u{a0}", "blank"),
            ("22（其中修订16件）", "22|其中修订16件"),
            ("55件\n(含自然\n失效29件)", "55|含自然失效29件"),
            ("—", "/"),
            ("-", "/"),
            ("／", "/"),
            ("3 件", "3"),
            ("-8", "-8"),
            ("1 2", "?"),
            ("1\n2", "?"),
            ("约3", "?"),
            ("无", "?"),
            ("（3）", "?"),
            ("3人", "?"),
            ("12万元", "?"),
            ("17.46%", "?"),
        ] {
            assert_eq!(shown(text, &count, "", ""), expected, "{text}");
        }
    }

    #[test]
    fn converts_amounts_of_any_unit() {
        let fee = address(FigureKind::Amount, &[]);
        let official = "本年收费金额（单位：万元）";
        assert_eq!(shown("25.1", &fee, official, official), "25.1");
        assert_eq!(shown("25.1万元", &fee, official, official), "25.1");
        assert_eq!(shown("251000元", &fee, official, official), "25.1");
        assert_eq!(shown("251000", &fee, "本年收费金额(元)", official), "25.1");
        assert_eq!(shown("0.00001元", &fee, official, official), "?");
        let spent = address(FigureKind::Amount, &["元"]);
        assert_eq!(shown("251000", &spent, "采购总金额", "采购总金额"), "251000");
        assert_eq!(shown("251000元", &spent, "采购总金额", "采购总金额"), "251000元");
        assert_eq!(shown("25.1万元", &spent, "采购总金额", "采购总金额"), "251000元");
        assert_eq!(shown("25.1", &spent, "采购总金额（万元）", "采购总金额"), "251000元");
        assert_eq!(shown("25.1美元", &spent, "采购总金额", "采购总金额"), "?");
    }
}
