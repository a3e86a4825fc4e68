//! Writes the cells of figures.

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::Book;
use crate::workbook::{
    BLANK,
    layout::{Check, Pos},
    sums,
};
use gongbao_core::{
    form::Part,
    report::{Cell, Figure, Number},
};

impl Book<'_> {
    /// Writes a figure, or the formula that computes it; returns whether it is a formula.
    pub(super) fn write_figure(
        &self,
        page: &mut Worksheet,
        path: &str,
        at: Pos,
        position: &dyn Fn(&str) -> Option<Pos>,
        given: &mut Vec<String>,
    ) -> Result<bool, XlsxError> {
        let cell = self.report.figures.get(path);
        let parts = self.form.parts_of(&self.records, path);
        if let (Some(formula), true) = (sums::total(&parts, position), self.is_formula(cell, &parts)) {
            if cell.is_some_and(|cell| !cell.computed) {
                given.push(path.to_owned());
            }
            let result = match cell.map(|cell| cell.figure) {
                Some(Figure::Number(number)) => number.to_string(),
                Some(Figure::NotApplicable) => "/".to_owned(),
                Some(Figure::Blank) | None => String::new(),
            };
            let formula = Formula::new(formula).set_result(result);
            page.write_formula_with_format(at.row, at.column, formula, &self.formats.total)?;
            return Ok(true);
        }
        write_cell(page, at, cell.map(|cell| cell.figure), &self.formats.figure)?;
        Ok(false)
    }

    /// Whether a total is written as a formula: it is left out or missing, or it equals the result of the formula.
    fn is_formula(&self, cell: Option<&Cell>, parts: &[Part]) -> bool {
        cell.is_none_or(|cell| {
            let is_plain = cell.note.is_none() && cell.unit.is_none();
            cell.computed || is_plain && self.report.sum(parts) == Some(cell.figure)
        })
    }

    /// Returns the result of a check for the present figures.
    pub(super) fn verdict(&self, check: &Check) -> String {
        let figure = |part: &Part| self.report.figures.get(&part.path).map(|cell| cell.figure);
        let mut both = check.left.iter().chain(&check.right).map(figure);
        if both.any(|figure| matches!(figure, None | Some(Figure::Blank))) {
            return String::new();
        }
        let sum = |parts: &[Part]| self.report.sum(parts).map_or(Number::ZERO, Figure::amount);
        match sum(&check.left) - sum(&check.right) {
            Number::ZERO => sums::HOLDS.to_owned(),
            difference => format!("{}{difference}", sums::FAILS),
        }
    }
}

/// Writes a figure; a number that a binary float would change is written as text.
pub(super) fn write_cell(
    page: &mut Worksheet,
    at: Pos,
    figure: Option<Figure>,
    format: &Format,
) -> Result<(), XlsxError> {
    let (row, column) = (at.row, at.column);
    match figure {
        None => page.write_blank(row, column, format)?,
        Some(Figure::NotApplicable) => page.write_string_with_format(row, column, "/", format)?,
        Some(Figure::Blank) => page.write_string_with_format(row, column, BLANK, format)?,
        Some(Figure::Number(number)) => match number.to_json().as_f64() {
            Some(float) if number.to_json().to_string() == number.to_string() => {
                page.write_number_with_format(row, column, float, format)?
            }
            _ => page.write_string_with_format(row, column, number.to_string(), format)?,
        },
    };
    Ok(())
}
