//! The results of an audit as a workbook: 评估结果.

use rust_xlsxwriter::{ExcelDateTime, Worksheet, XlsxError};

use super::listing::{Formats, LONGEST_CELL, Listing, amount, column, cut, line, set_up, write_headings};
use gongbao_core::finding::Finding;

/// An examined file.
#[derive(Debug)]
pub struct AuditRow<'a> {
    /// The file as given.
    pub file: &'a str,
    /// The body, empty if unknown.
    pub agency: &'a str,
    /// The year reported on.
    pub year: Option<u16>,
    /// What became of the file, in Chinese.
    pub state: &'a str,
    /// Whether nothing could be read.
    pub is_unreadable: bool,
    /// Number of texts and figures that could not be placed.
    pub unplaced: usize,
    /// Number of errors.
    pub errors: usize,
    /// Number of warnings.
    pub warnings: usize,
    /// All findings.
    pub findings: &'a [Finding],
}

/// Headings and widths of the sheets; widths in Latin characters.
const FILES: [(&str, f64); 8] = [
    ("序号", 6.0),
    ("单位", 32.0),
    ("年度", 8.0),
    ("读取", 10.0),
    ("没读进来", 9.0),
    ("错误数", 8.0),
    ("提醒数", 8.0),
    ("文件", 60.0),
];
const FINDINGS: [(&str, f64); 7] = [
    ("单位", 30.0),
    ("年度", 8.0),
    ("级别", 9.0),
    ("规则", 15.0),
    ("位置", 36.0),
    ("问题", 60.0),
    ("文件", 40.0),
];

/// Writes the workbook: a row for each file, a row for each finding, and the bodies without a report. The same results
/// give the same bytes.
///
/// # Errors
/// The library refuses a cell.
pub fn audit_workbook(
    rows: &[AuditRow<'_>],
    missing: &[String],
    summary: &str,
) -> Result<Vec<u8>, XlsxError> {
    let mut listing = Listing::new("评估结果", &ExcelDateTime::from_ymd(2000, 1, 1)?);
    let formats = Formats::new();
    fill_files(listing.add_sheet(), rows, summary, &formats)?;
    fill_findings(listing.add_sheet(), rows, &formats)?;
    if !missing.is_empty() {
        let sheet = listing.add_sheet();
        set_up(sheet, "没有找到报告", &[("单位", 40.0)])?;
        write_headings(sheet, 0, &[("单位", 40.0)], missing.len(), &formats)?;
        for (index, name) in missing.iter().enumerate() {
            sheet.write_string_with_format(line(index) + 1, 0, cut(name, LONGEST_CELL), &formats.text)?;
        }
    }
    listing.into_bytes()
}

fn fill_files(
    sheet: &mut Worksheet,
    rows: &[AuditRow<'_>],
    summary: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    set_up(sheet, "评估结果", &FILES)?;
    sheet.merge_range(0, 0, 0, column(FILES.len() - 1), &cut(summary, LONGEST_CELL), &formats.summary)?;
    write_headings(sheet, 1, &FILES, rows.len(), formats)?;
    for (index, file) in rows.iter().enumerate() {
        let row = line(index) + 2;
        let state = if file.is_unreadable { &formats.urgent } else { &formats.centred };
        sheet.write_number_with_format(row, 0, amount(index + 1), &formats.centred)?;
        sheet.write_string_with_format(row, 1, cut(file.agency, LONGEST_CELL), &formats.text)?;
        match file.year {
            Some(year) => sheet.write_number_with_format(row, 2, f64::from(year), &formats.centred)?,
            None => sheet.write_blank(row, 2, &formats.centred)?,
        };
        sheet.write_string_with_format(row, 3, file.state, state)?;
        for (at, count) in [(4, file.unplaced), (5, file.errors), (6, file.warnings)] {
            sheet.write_number_with_format(row, at, amount(count), &formats.centred)?;
        }
        sheet.write_string_with_format(row, 7, cut(file.file, LONGEST_CELL), &formats.text)?;
    }
    Ok(())
}

fn fill_findings(sheet: &mut Worksheet, rows: &[AuditRow<'_>], formats: &Formats) -> Result<(), XlsxError> {
    set_up(sheet, "问题", &FINDINGS)?;
    let all: Vec<(&AuditRow<'_>, &Finding)> =
        rows.iter().flat_map(|file| file.findings.iter().map(move |finding| (file, finding))).collect();
    write_headings(sheet, 0, &FINDINGS, all.len(), formats)?;
    for (index, (file, finding)) in all.into_iter().enumerate() {
        let row = line(index) + 1;
        let year = file.year.map(|year| year.to_string()).unwrap_or_default();
        let place = finding.place.to_string();
        let texts = [
            file.agency,
            &year,
            finding.severity.name(),
            finding.rule.code(),
            &place,
            &finding.text(),
            file.file,
        ];
        for (at, text) in texts.into_iter().enumerate() {
            let format = if (1..4).contains(&at) { &formats.centred } else { &formats.text };
            sheet.write_string_with_format(row, column(at), cut(text, LONGEST_CELL), format)?;
        }
    }
    Ok(())
}
