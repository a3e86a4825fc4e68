//! Writes the sheet of a table: cells merged as on paper, sums beside and below.

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, Format, FormatAlign, Formula, Note, Worksheet, XlsxError,
};

use super::{Book, WorkbookError};
use crate::workbook::{
    BLANK,
    layout::{GRID, Pos, Sheet, column_name},
    sums,
};
use gongbao_core::form::{Align, Cell, CellKind, Face, FigureKind, Grid, Record, Table};

const HELP: &str =
    "没有发生的填 0，不适用的填 /，有意留空的填 空白。浅蓝的格自动算出；核对的格变红，就是加不起来。";

/// Excel's unit of width in millimetres; columns of figures are a little wider than on paper.
const UNIT: f64 = 1.95;
const NARROWEST: f64 = 7.0;
/// Height of a line and width of a Chinese character at 10.5 points.
const LINE: f64 = 15.0;
const HANZI: f64 = 3.9;

impl Book<'_> {
    pub(super) fn write_table(
        &self,
        page: &mut Worksheet,
        sheet: &Sheet,
        key: &str,
        given: &mut Vec<String>,
    ) -> Result<(), WorkbookError> {
        let Some(table) = self.form.tables.get(key) else { return Ok(()) };
        let grid = table.grid(&[])?;
        let last = u16::try_from(table.widths.len()).unwrap_or(u16::MAX).saturating_sub(1);
        self.write_title(page, sheet, HELP, last)?;
        for (column, width) in (GRID.column..).zip(&table.widths) {
            page.set_column_width(column, (width / UNIT).max(NARROWEST))?;
        }
        set_heights(page, &grid, table)?;
        let position =
            |path: &str| sheet.figures.iter().find(|figure| figure.path == path).map(|figure| figure.at);
        let mut formulas = Vec::new();
        for cell in grid.cells() {
            let at = place(cell);
            match &cell.kind {
                CellKind::Figure { path, .. } => {
                    let path = format!("{key}.{path}");
                    self.merge(page, cell, &self.formats.figure)?;
                    if self.write_figure(page, &path, at, &position, given)? {
                        self.refill(page, cell, &self.formats.total)?;
                        formulas.push(path);
                    }
                }
                _ => self.write_header(page, sheet, cell)?,
            }
        }
        for record in self.form.records_of(key) {
            self.validate(page, record, table, &position, &formulas)?;
        }
        self.write_checks(page, sheet, &position)?;
        self.freeze(page, &grid)?;
        Ok(())
    }

    /// Merges the range of a cell; its text is written afterwards.
    fn merge(&self, page: &mut Worksheet, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
        let (first, last) = (place(cell), end(cell));
        if first != last {
            page.merge_range(first.row, first.column, last.row, last.column, "", format)?;
        }
        Ok(())
    }

    /// Sets the format of a whole merged cell.
    fn refill(&self, page: &mut Worksheet, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
        let (first, last) = (place(cell), end(cell));
        for column in first.column + 1..=last.column {
            page.write_blank(first.row, column, format)?;
        }
        Ok(())
    }

    fn write_header(&self, page: &mut Worksheet, sheet: &Sheet, cell: &Cell) -> Result<(), XlsxError> {
        let at = place(cell);
        let format = match (&cell.kind, cell.face) {
            (_, Face::Kaiti) => &self.formats.remark,
            (CellKind::Band(_), _) => &self.formats.band,
            (CellKind::Row { .. }, _) => &self.formats.row,
            _ => &self.formats.column,
        };
        let format = match cell.align {
            Align::Left => format.clone().set_align(FormatAlign::Left),
            Align::Center => format.clone().set_align(FormatAlign::Center),
        };
        let words = sheet.labels.iter().find(|label| label.at == at).map_or("", |label| label.text.as_str());
        self.merge(page, cell, &format)?;
        page.write_string_with_format(at.row, at.column, words, &format)?;
        if let Some(meaning) = self.form.meanings.get(&words.replace('\n', "")) {
            let note = Note::new(meaning).add_author_prefix(false).set_author("").set_width(260).set_height(
                // About nineteen Chinese characters fit a line of that width.
                24 + 16 * u32::try_from(meaning.chars().count() / 19 + 1).unwrap_or(1),
            );
            page.insert_note(at.row, at.column, &note)?;
        }
        Ok(())
    }

    /// Restricts the input of a row to figures, `/` and 空白, with an error message.
    fn validate(
        &self,
        page: &mut Worksheet,
        record: &Record,
        table: &Table,
        position: &dyn Fn(&str) -> Option<Pos>,
        formulas: &[String],
    ) -> Result<(), XlsxError> {
        for address in record.figures.iter().filter(|address| !formulas.contains(&address.path)) {
            let Some(at) = position(&address.path) else { continue };
            let most = format!("1E{}", table.digits);
            let (holds, told) = match address.kind {
                FigureKind::Count => (format!("{at}>=0,{at}=INT({at})"), "这里只能填不小于 0 的整数"),
                FigureKind::Change => (format!("{at}=INT({at})"), "这里只能填整数，减少的填负数"),
                FigureKind::Amount => {
                    (format!("{at}>=0,{at}=ROUND({at},6)"), "这里只能填不小于 0 的数，最多六位小数")
                }
            };
            let formula = format!(
                "=OR({at}=\"/\",{at}=\"{BLANK}\",IF(ISNUMBER({at}),AND({holds},ABS({at})<{most}),FALSE))"
            );
            let told = format!("{told}；没有发生的填 0，不适用的填 /，有意留空的填 {BLANK}。");
            let units = match address.units.as_slice() {
                [] => String::new(),
                units => format!("\n单位（{}）和括号里的说明写在“注释”表。", units.join("、")),
            };
            let words = record.label();
            let title: String = words.chars().take(15).collect();
            let validation = DataValidation::new()
                .allow_custom(Formula::new(formula))
                .set_error_title("填的不对")?
                .set_error_message(&told)?
                .set_input_title(&title)?
                .set_input_message(format!("{}{units}", address.label()))?;
            page.add_data_validation(at.row, at.column, at.row, at.column, &validation)?;
        }
        Ok(())
    }

    fn write_checks(
        &self,
        page: &mut Worksheet,
        sheet: &Sheet,
        position: &dyn Fn(&str) -> Option<Pos>,
    ) -> Result<(), XlsxError> {
        let switch = self.blanks_switch();
        let bottom = sheet.figures.iter().map(|figure| figure.at.row).max().unwrap_or(0);
        for check in &sheet.checks {
            let Some(formula) = sums::check(&check.left, &check.right, position, &switch) else { continue };
            let formula = Formula::new(formula).set_result(self.verdict(check));
            page.write_formula_with_format(check.at.row, check.at.column, formula, &self.formats.check)?;
            let words = format!("核对 {}", check.words);
            if check.at.row > bottom {
                let first =
                    sheet.checks.iter().filter(|other| other.at.row == check.at.row).map(|c| c.at.column);
                if first.min() == Some(check.at.column) {
                    self.write_check_words(page, check.at, &words)?;
                }
            } else {
                let head = GRID.row;
                page.write_string_with_format(head, check.at.column, "核对", &self.formats.check)?;
                page.set_column_width(check.at.column, 8)?;
                let note = Note::new(&words).add_author_prefix(false).set_author("").set_width(260);
                page.insert_note(head, check.at.column, &note)?;
            }
            let cell = format!("{}{}", column_name(check.at.column), check.at.row + 1);
            let red = ConditionalFormatFormula::new()
                .set_rule(format!("=LEFT({cell},1)=\"{}\"", sums::FAILS).as_str())
                .set_format(&self.formats.wrong);
            page.add_conditional_format(check.at.row, check.at.column, check.at.row, check.at.column, &red)?;
        }
        Ok(())
    }

    /// Writes the labels of the checks below the table, in the cells before each.
    fn write_check_words(&self, page: &mut Worksheet, first: Pos, words: &str) -> Result<(), XlsxError> {
        let format = &self.formats.check_words;
        match first.column.checked_sub(1) {
            Some(last) if last > 0 => page.merge_range(first.row, 0, first.row, last, words, format)?,
            Some(_) => page.write_string_with_format(first.row, 0, words, format)?,
            None => return Ok(()),
        };
        page.set_row_height(first.row, 40)?;
        Ok(())
    }

    /// Freezes the headers; for a table of several blocks only the title.
    fn freeze(&self, page: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
        let (header, stub) = match grid.blocks.as_slice() {
            [block] => {
                let first = block.rows.first().and_then(|row| {
                    row.cells.iter().find(|cell| matches!(cell.kind, CellKind::Figure { .. }))
                });
                (block.header.len(), first.map_or(0, |cell| cell.x))
            }
            _ => (0, 0),
        };
        let row = GRID.row + u32::try_from(header).unwrap_or_default();
        page.set_freeze_panes(row, GRID.column + u16::try_from(stub).unwrap_or_default())?;
        if header > 0 {
            page.set_repeat_rows(GRID.row, row - 1)?;
        }
        Ok(())
    }
}

fn place(cell: &Cell) -> Pos {
    Pos::new(
        GRID.row + u32::try_from(cell.y).unwrap_or_default(),
        GRID.column + u16::try_from(cell.x).unwrap_or_default(),
    )
}

fn end(cell: &Cell) -> Pos {
    let first = place(cell);
    Pos::new(
        first.row + u32::try_from(cell.rowspan - 1).unwrap_or_default(),
        first.column + u16::try_from(cell.colspan - 1).unwrap_or_default(),
    )
}

/// Makes rows tall enough for their text.
fn set_heights(page: &mut Worksheet, grid: &Grid, table: &Table) -> Result<(), XlsxError> {
    let mut heights = std::collections::BTreeMap::new();
    for cell in grid.cells() {
        let (label, remark) = match &cell.kind {
            CellKind::Band(text) | CellKind::Note(text) => (text.as_str(), ""),
            CellKind::Column { label, remark, .. } | CellKind::Row { label, remark, .. } => {
                (label.as_str(), remark.as_str())
            }
            CellKind::Figure { .. } => ("", ""),
        };
        let width: f64 = (cell.x..cell.x + cell.colspan)
            .filter_map(|x| table.widths.get(x))
            .map(|width| width.max(NARROWEST * UNIT))
            .sum();
        let words = format!("{label}{remark}");
        let lines: f64 = words
            .split('\n')
            .map(|line| {
                (f64::from(u32::try_from(line.chars().count()).unwrap_or(1)) * HANZI / width).ceil().max(1.0)
            })
            .sum();
        let spans = f64::from(u32::try_from(cell.rowspan).unwrap_or(1));
        let height = (lines * LINE / spans + 5.0).max(20.0);
        for y in cell.y..cell.y + cell.rowspan {
            let known = heights.entry(y).or_insert(0.0_f64);
            *known = known.max(height);
        }
    }
    for (y, height) in heights {
        page.set_row_height(GRID.row + u32::try_from(y).unwrap_or_default(), height)?;
    }
    Ok(())
}
