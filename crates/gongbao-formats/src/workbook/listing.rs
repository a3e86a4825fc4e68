//! Workbooks that list things: sheets with a row of headings and a row for each item, as those of `status` and `audit`.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::package::repack;

const SONG: &str = "宋体";
const HEI: &str = "黑体";
/// Paper size 9 is A4.
const A4: u8 = 9;
/// Maximum length of a cell in characters; Excel allows 32,767 UTF-16 units.
pub(super) const LONGEST_CELL: usize = 16_000;

/// A workbook of lists. The same sheets give the same bytes on every platform.
pub(super) struct Listing(Workbook);

impl Listing {
    /// Creates a workbook with a title and a date. Without an explicit date the library reads the clock.
    pub(super) fn new(title: &str, created: &ExcelDateTime) -> Self {
        let mut workbook = Workbook::new();
        workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(created));
        Self(workbook)
    }

    /// Adds an empty sheet.
    pub(super) fn add_sheet(&mut self) -> &mut Worksheet {
        self.0.add_worksheet()
    }

    /// Returns the file.
    ///
    /// # Errors
    /// The library refuses a sheet.
    pub(super) fn into_bytes(mut self) -> Result<Vec<u8>, XlsxError> {
        Ok(repack(&self.0.save_to_buffer()?)?)
    }
}

/// Cell formats.
pub(super) struct Formats {
    pub(super) title: Format,
    pub(super) summary: Format,
    pub(super) heading: Format,
    pub(super) text: Format,
    pub(super) centred: Format,
    pub(super) urgent: Format,
    pub(super) date: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
        let plain =
            Format::new().set_font_name(SONG).set_font_size(11).set_align(FormatAlign::VerticalCenter);
        let cell = plain.clone().set_border(FormatBorder::Thin).set_text_wrap();
        let centred = cell.clone().set_align(FormatAlign::Center);
        let heading = centred.clone().set_font_name(HEI).set_background_color(Color::RGB(0x00F2_F2F2));
        let title = plain.clone().set_font_name(HEI).set_font_size(18).set_align(FormatAlign::Center);
        Self {
            summary: plain,
            text: cell,
            heading,
            title,
            urgent: centred.clone().set_font_name(HEI).set_font_color(Color::RGB(0x00C0_0000)),
            date: centred.clone().set_num_format("yyyy-mm-dd"),
            centred,
        }
    }
}

/// Sets the name, column widths and paper format of a sheet.
pub(super) fn set_up(sheet: &mut Worksheet, name: &str, columns: &[(&str, f64)]) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    for (at, (_, width)) in columns.iter().enumerate() {
        sheet.set_column_width(column(at), *width)?;
    }
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3).set_print_center_horizontally(true);
    sheet.set_footer("&C第&P页，共&N页");
    Ok(())
}

/// Writes the headings into `row`, with frozen panes, a filter and repetition on each printed page.
pub(super) fn write_headings(
    sheet: &mut Worksheet,
    row: u32,
    columns: &[(&str, f64)],
    rows: usize,
    formats: &Formats,
) -> Result<(), XlsxError> {
    for (at, (heading, _)) in columns.iter().enumerate() {
        sheet.write_string_with_format(row, column(at), *heading, &formats.heading)?;
    }
    sheet.set_row_height(row, 24)?;
    sheet.set_freeze_panes(row + 1, 0)?;
    sheet.set_repeat_rows(row, row)?;
    sheet.autofilter(row, 0, row + line(rows), column(columns.len() - 1))?;
    Ok(())
}

/// Converts an index to a row number.
pub(super) fn line(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

pub(super) fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

pub(super) fn amount(count: usize) -> f64 {
    f64::from(line(count))
}

/// Shortens a text to a maximum number of characters.
pub(super) fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}……", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}
