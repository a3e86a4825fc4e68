//! The status of all bodies as a workbook: 报送情况表.

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Worksheet, XlsxError};

use super::{
    STATUS_TITLE,
    listing::{Formats, LONGEST_CELL, Listing, amount, column, cut, line, set_up, write_headings},
};
use gongbao_core::{
    finding::Finding,
    status::{Board, Body, BodyState},
};

/// Maximum number of reasons in the cell of a body; the second sheet lists all.
const MOST_REASONS: usize = 8;
/// Maximum length of a reason in the cell of a body, in characters.
const LONGEST_REASON: usize = 120;

/// Headings and widths of the first sheet; widths in Latin characters.
const BOARD: [(&str, f64); 9] = [
    ("序号", 6.0),
    ("单位", 30.0),
    ("状态", 16.0),
    ("错误数", 8.0),
    ("提醒数", 8.0),
    ("退回原因", 60.0),
    ("报送文件", 26.0),
    ("公布日期", 13.0),
    ("联系电话", 20.0),
];
/// Name of the second sheet.
const DETAILS: &str = "退回原因和提醒";

/// Headings and widths of the second sheet.
const REASONS: [(&str, f64); 8] = [
    ("单位", 30.0),
    ("轻重", 9.0),
    ("规则", 13.0),
    ("位置", 36.0),
    ("问题", 50.0),
    ("办法", 44.0),
    ("文件", 26.0),
    ("行", 7.0),
];

/// Writes the status workbook. The same board gives the same bytes.
///
/// # Errors
/// The library refuses a cell, for instance a text that is too long.
pub fn status_workbook(board: &Board) -> Result<Vec<u8>, XlsxError> {
    let created = match board.year {
        Some(year) => ExcelDateTime::from_ymd(year, 12, 31)?,
        None => ExcelDateTime::from_ymd(2000, 1, 1)?,
    };
    let mut listing = Listing::new(&title(board), &created);
    let formats = Formats::new();
    fill_board(listing.add_sheet(), board, &formats)?;
    fill_reasons(listing.add_sheet(), board, &formats)?;
    listing.into_bytes()
}

fn title(board: &Board) -> String {
    let year = board.year.map_or_else(String::new, |year| format!("{year}年"));
    format!("{year}{STATUS_TITLE}")
}

/// Fills the sheet 报送情况: one row per body.
fn fill_board(sheet: &mut Worksheet, board: &Board, formats: &Formats) -> Result<(), XlsxError> {
    set_up(sheet, "报送情况", &BOARD)?;
    let last_column = column(BOARD.len() - 1);
    sheet.merge_range(0, 0, 0, last_column, &title(board), &formats.title)?;
    sheet.set_row_height(0, 32)?;
    sheet.merge_range(1, 0, 1, last_column, &board.summary(), &formats.summary)?;
    sheet.set_row_height(1, 20)?;
    write_headings(sheet, 2, &BOARD, board.bodies.len(), formats)?;
    for (index, body) in board.bodies.iter().enumerate() {
        let row = line(index) + 3;
        sheet.write_number_with_format(row, 0, amount(index + 1), &formats.centred)?;
        sheet.write_string_with_format(row, 1, body.title(), &formats.text)?;
        let state = match body.state {
            BodyState::Returned | BodyState::Unreadable | BodyState::Missing => &formats.urgent,
            _ => &formats.centred,
        };
        sheet.write_string_with_format(row, 2, body.state_label(), state)?;
        if body.state == BodyState::Missing {
            sheet.write_blank(row, 3, &formats.centred)?;
            sheet.write_blank(row, 4, &formats.centred)?;
        } else {
            sheet.write_number_with_format(row, 3, amount(body.errors()), &formats.centred)?;
            sheet.write_number_with_format(row, 4, amount(body.warnings()), &formats.centred)?;
        }
        sheet.write_string_with_format(row, 5, reasons(body), &formats.text)?;
        sheet.write_string_with_format(row, 6, body.shown_files(), &formats.text)?;
        match body.published.filter(|_| body.state == BodyState::Published) {
            Some(date) => sheet.write_datetime_with_format(row, 7, excel_date(date)?, &formats.date)?,
            None => sheet.write_blank(row, 7, &formats.date)?,
        };
        sheet.write_string_with_format(row, 8, body.contact_line(), &formats.centred)?;
    }
    Ok(())
}

/// Fills the sheet 退回原因和提醒: one row per finding, the reasons of a body before its reminders.
fn fill_reasons(sheet: &mut Worksheet, board: &Board, formats: &Formats) -> Result<(), XlsxError> {
    set_up(sheet, DETAILS, &REASONS)?;
    let all: Vec<(&Body, &Finding)> = board
        .bodies
        .iter()
        .flat_map(|body| body.reasons().chain(body.reminders()).map(move |finding| (body, finding)))
        .collect();
    write_headings(sheet, 0, &REASONS, all.len(), formats)?;
    for (index, (body, finding)) in all.into_iter().enumerate() {
        let row = line(index) + 1;
        let shown = body.files.iter().find(|file| file.given == finding.file);
        let file = shown.map_or(finding.file.as_str(), |file| file.shown.as_str());
        let title = body.title();
        let hint = finding.advice().unwrap_or_default();
        let texts = [
            &title,
            finding.severity.name(),
            finding.rule.code(),
            &finding.place_text(),
            &finding.text(),
            hint.as_str(),
            file,
        ];
        for (at, text) in texts.into_iter().enumerate() {
            let format = if matches!(at, 1 | 2) { &formats.centred } else { &formats.text };
            sheet.write_string_with_format(row, column(at), cut(text, LONGEST_CELL), format)?;
        }
        match (&finding.at, &finding.cell) {
            (_, Some(cell)) => sheet.write_string_with_format(row, 7, cell.to_string(), &formats.centred)?,
            (Some(at), None) => {
                let number = at.source.line_column(at.span.start).0;
                sheet.write_number_with_format(row, 7, amount(number), &formats.centred)?
            }
            (None, None) => sheet.write_blank(row, 7, &formats.centred)?,
        };
    }
    Ok(())
}

/// Returns the reasons of a body, one per line.
fn reasons(body: &Body) -> String {
    let all: Vec<String> = body
        .reasons()
        .map(|finding| cut(&Body::reason_line(finding).replace('\n', " "), LONGEST_REASON))
        .collect();
    let mut lines: Vec<String> = all.iter().take(MOST_REASONS).cloned().collect();
    if all.len() > MOST_REASONS {
        lines.push(format!("共{}处，其余见“{DETAILS}”表", all.len()));
    }
    lines.join("\n")
}

fn excel_date(date: Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |part: i8| part.unsigned_abs();
    ExcelDateTime::from_ymd(date.year().unsigned_abs(), part(date.month()), part(date.day()))
}
