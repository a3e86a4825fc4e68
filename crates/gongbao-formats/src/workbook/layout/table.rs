//! Layout of the sheet of a table: the form's grid as on paper, with its sums beside and below.

use super::{FigureAt, Label, Pos, Role, Sheet, narrow, rows};
use gongbao_core::form::{CellKind, Each, Equation, Form, GridError, Operand, Part, Relation, Table, parts};

/// First cell of the grid.
pub(in super::super) const GRID: Pos = Pos::new(2, 0);

/// A sum of the form that a cell beside or below the table checks.
#[derive(Debug, Clone)]
pub(in super::super) struct Check {
    /// The rule's code, and the equation in words.
    pub(in super::super) words: String,
    pub(in super::super) left: Vec<Part>,
    pub(in super::super) right: Vec<Part>,
    pub(in super::super) at: Pos,
}

/// Returns the sheet of a table.
pub(super) fn sheet(form: &Form, key: &str, table: &Table, heading: &str) -> Result<Sheet, GridError> {
    let mut sheet = Sheet::new(Role::Table(key.to_owned()), &table.name, heading);
    let grid = table.grid(&[])?;
    let mut height = 0;
    for cell in grid.cells() {
        let at = Pos::new(GRID.row + rows(cell.y), GRID.column + narrow(cell.x));
        height = height.max(cell.y + cell.rowspan);
        match &cell.kind {
            CellKind::Figure { path, .. } => {
                sheet.figures.push(FigureAt { path: format!("{key}.{path}"), at });
            }
            CellKind::Band(text) | CellKind::Note(text) => sheet.labels.push(Label::new(at, text)),
            CellKind::Column { label, remark, .. } | CellKind::Row { label, remark, .. } => {
                sheet.labels.push(Label::new(at, format!("{label}{remark}")));
            }
        }
    }
    sheet.labels.sort_by_key(|label| label.at);
    checks(form, key, &mut sheet, GRID.column + narrow(grid.columns), GRID.row + rows(height));
    Ok(sheet)
}

/// Adds the form's equations as checks: one for each row goes to the right of the row, all others go below the table.
fn checks(form: &Form, key: &str, sheet: &mut Sheet, mut right: u16, mut under: u32) {
    let records = form.records_of(key);
    let rules = form.rules_of(key).filter(|rule| rule.relation == Relation::Equal && !rule.needs_last_year());
    for rule in rules {
        let equations = rule.equations(records);
        let Some(words) = equations.first().map(|first| format!("{}：{}", rule.code, words(first))) else {
            continue;
        };
        let at = |path: &str| sheet.figures.iter().find(|figure| figure.path == path).map(|figure| figure.at);
        let placed: Vec<(Pos, &Equation<'_>)> = equations
            .iter()
            .filter_map(|equation| {
                let total = equation.right.first()?.figures.first()?;
                Some((at(&total.path)?, equation))
            })
            .collect();
        let mut lines: Vec<u32> = placed.iter().map(|(at, _)| at.row).collect();
        lines.dedup();
        // Several equations of one row, as in a table of one row, go below the table.
        let beside = rule.each == Each::Row && lines.len() == placed.len();
        for (total, equation) in placed {
            let at = if beside { Pos::new(total.row, right) } else { Pos::new(under, total.column) };
            let (left, right) = (parts(&equation.left), parts(&equation.right));
            sheet.checks.push(Check { words: words.clone(), left, right, at });
        }
        if beside {
            right += 1;
        } else {
            under += 1;
        }
    }
}

/// Returns an equation in words: 自然人＋商业企业＝总计.
fn words(equation: &Equation<'_>) -> String {
    let side = |operands: &[Operand<'_>]| {
        let mut words = String::new();
        for (index, operand) in operands.iter().enumerate() {
            words += match (index, operand.term.negative) {
                (_, true) => "－",
                (0, false) => "",
                (_, false) => "＋",
            };
            words += without_remark(operand.label);
        }
        words
    };
    format!("{}＝{}", side(&equation.left), side(&equation.right))
}

/// Returns a header without the remark in brackets at its end: 部分公开（区分处理的…）.
fn without_remark(label: &str) -> &str {
    label.rsplit_once('（').map(|(before, _)| before).filter(|before| !before.is_empty()).unwrap_or(label)
}
