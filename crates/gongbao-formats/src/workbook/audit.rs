//! The results of an audit as a workbook: 评估结果.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

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

const SONG: &str = "宋体";
const HEI: &str = "黑体";
/// Paper size 9 is A4.
const A4: u8 = 9;
/// Maximum length of a cell in characters; Excel allows 32,767 UTF-16 units.
const LONGEST_CELL: usize = 16_000;

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
    let mut workbook = Workbook::new();
    // Without an explicit date the library reads the clock.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title("评估结果").set_creation_datetime(&created));
    let formats = Formats::new();
    fill_files(workbook.add_worksheet(), rows, summary, &formats)?;
    fill_findings(workbook.add_worksheet(), rows, &formats)?;
    if !missing.is_empty() {
        let sheet = workbook.add_worksheet();
        set_up(sheet, "没有找到报告", &[("单位", 40.0)])?;
        write_headings(sheet, 0, &[("单位", 40.0)], missing.len(), &formats)?;
        for (index, name) in missing.iter().enumerate() {
            sheet.write_string_with_format(line(index) + 1, 0, cut(name), &formats.text)?;
        }
    }
    workbook.save_to_buffer()
}

/// Cell formats.
struct Formats {
    summary: Format,
    heading: Format,
    text: Format,
    centred: Format,
    urgent: Format,
}

impl Formats {
    fn new() -> Self {
        let plain =
            Format::new().set_font_name(SONG).set_font_size(11).set_align(FormatAlign::VerticalCenter);
        let cell = plain.clone().set_border(FormatBorder::Thin).set_text_wrap();
        let centred = cell.clone().set_align(FormatAlign::Center);
        Self {
            summary: plain,
            text: cell,
            heading: centred.clone().set_font_name(HEI).set_background_color(Color::RGB(0x00F2_F2F2)),
            urgent: centred.clone().set_font_name(HEI).set_font_color(Color::RGB(0x00C0_0000)),
            centred,
        }
    }
}

fn fill_files(
    sheet: &mut Worksheet,
    rows: &[AuditRow<'_>],
    summary: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    set_up(sheet, "评估结果", &FILES)?;
    sheet.merge_range(0, 0, 0, column(FILES.len() - 1), &cut(summary), &formats.summary)?;
    write_headings(sheet, 1, &FILES, rows.len(), formats)?;
    for (index, file) in rows.iter().enumerate() {
        let row = line(index) + 2;
        let state = if file.is_unreadable { &formats.urgent } else { &formats.centred };
        sheet.write_number_with_format(row, 0, amount(index + 1), &formats.centred)?;
        sheet.write_string_with_format(row, 1, cut(file.agency), &formats.text)?;
        match file.year {
            Some(year) => sheet.write_number_with_format(row, 2, f64::from(year), &formats.centred)?,
            None => sheet.write_blank(row, 2, &formats.centred)?,
        };
        sheet.write_string_with_format(row, 3, file.state, state)?;
        for (at, count) in [(4, file.unplaced), (5, file.errors), (6, file.warnings)] {
            sheet.write_number_with_format(row, at, amount(count), &formats.centred)?;
        }
        sheet.write_string_with_format(row, 7, cut(file.file), &formats.text)?;
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
            sheet.write_string_with_format(row, column(at), cut(text), format)?;
        }
    }
    Ok(())
}

/// Sets the name, column widths and paper format of a sheet.
fn set_up(sheet: &mut Worksheet, name: &str, columns: &[(&str, f64)]) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    for (at, (_, width)) in columns.iter().enumerate() {
        sheet.set_column_width(column(at), *width)?;
    }
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_footer("&C第&P页，共&N页");
    Ok(())
}

/// Writes the headings into `row`, with frozen panes, a filter and repetition on each printed page.
fn write_headings(
    sheet: &mut Worksheet,
    row: u32,
    columns: &[(&str, f64)],
    rows: usize,
    formats: &Formats,
) -> Result<(), XlsxError> {
    for (at, (heading, _)) in columns.iter().enumerate() {
        sheet.write_string_with_format(row, column(at), *heading, &formats.heading)?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    sheet.set_repeat_rows(row, row)?;
    sheet.autofilter(row, 0, row + line(rows), column(columns.len() - 1))?;
    Ok(())
}

/// Converts an index to a row number.
fn line(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn amount(count: usize) -> f64 {
    f64::from(line(count))
}

/// A text that fits into a cell.
fn cut(text: &str) -> String {
    text.chars().take(LONGEST_CELL).collect()
}
