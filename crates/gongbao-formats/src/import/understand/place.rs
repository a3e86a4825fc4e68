//! Places of cells in the user's words.

use crate::import::neutral::{Sheet, Table};

/// Place of a cell: 第2个表格第5行第3列, 第4页第2个表格第5行第3列, 工作表“表三”F12.
pub(super) fn place_of(table: &Table, number: usize, row: usize, column: usize) -> String {
    match &table.sheet {
        Some(Sheet { name, rows, columns }) => {
            let at = |kept: &[usize], index: usize| kept.get(index).copied().unwrap_or(index);
            format!("工作表“{name}”{}{}", letters(at(columns, column)), at(rows, row) + 1)
        }
        None => format!("{}第{number}个表格第{}行第{}列", page(table, row), row + 1, column + 1),
    }
}

/// Place of a row; in a workbook, that of its first cell.
pub(super) fn row_place(table: &Table, number: usize, row: usize, column: usize) -> String {
    match &table.sheet {
        Some(_) => place_of(table, number, row, column),
        None => format!("{}第{number}个表格第{}行", page(table, row), row + 1),
    }
}

/// Page of a row: 第4页; empty in a file without pages.
fn page(table: &Table, row: usize) -> String {
    table.pages.get(row).map(|page| format!("第{page}页")).unwrap_or_default()
}

/// Name of a column in Excel: A, Z, AA.
fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or_default()));
        match (column / 26).checked_sub(1) {
            Some(next) => column = next,
            None => return letters.into_iter().rev().collect(),
        }
    }
}
