//! Formats of cells.

use jiff::civil::Date;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, XlsxError};

const SONG: &str = "宋体";
const HEI: &str = "黑体";
const KAI: &str = "楷体";

/// Colour of the cells to be filled in; no other cells have it.
const TO_FILL: Color = Color::RGB(0x00FF_F9E5);
const COMPUTED: Color = Color::RGB(0x00EA_F1F8);
const SHADE: Color = Color::RGB(0x00F2_F2F2);

/// The formats of a workbook.
pub(super) struct Formats {
    pub(super) title: Format,
    pub(super) help: Format,
    pub(super) heading: Format,
    pub(super) group: Format,
    pub(super) band: Format,
    pub(super) column: Format,
    pub(super) row: Format,
    pub(super) remark: Format,
    /// Figure to be filled in.
    pub(super) figure: Format,
    /// Computed total.
    pub(super) total: Format,
    pub(super) check: Format,
    pub(super) check_words: Format,
    /// Text to be filled in.
    pub(super) entry: Format,
    pub(super) date: Format,
    /// Text that is shown and not filled in.
    pub(super) shown: Format,
    pub(super) paragraph: Format,
    /// Check that fails.
    pub(super) wrong: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
        let plain =
            Format::new().set_font_name(SONG).set_font_size(10.5).set_align(FormatAlign::VerticalCenter);
        let cell = plain.clone().set_border(FormatBorder::Thin).set_text_wrap();
        let centred = cell.clone().set_align(FormatAlign::Center);
        let to_fill = |format: &Format| format.clone().set_background_color(TO_FILL).set_unlocked();
        let number = plain.clone().set_border(FormatBorder::Thin).set_align(FormatAlign::Center).set_shrink();
        let heading = centred.clone().set_font_name(HEI).set_background_color(SHADE);
        Self {
            title: plain.clone().set_font_name(HEI).set_font_size(16),
            help: plain.clone().set_font_color(Color::RGB(0x0059_5959)).set_text_wrap(),
            group: plain.clone().set_font_name(HEI).set_font_size(12),
            band: cell.clone().set_background_color(SHADE),
            column: centred.clone(),
            row: cell.clone(),
            remark: cell.clone().set_font_name(KAI),
            figure: to_fill(&number),
            total: number.set_background_color(COMPUTED),
            check: plain.clone().set_align(FormatAlign::Center).set_font_size(9).set_shrink(),
            check_words: plain.clone().set_font_size(9).set_text_wrap(),
            entry: to_fill(&cell).set_num_format("@"),
            date: to_fill(&cell).set_align(FormatAlign::Left).set_num_format("yyyy-mm-dd"),
            shown: cell.clone().set_background_color(SHADE).set_num_format("@"),
            paragraph: to_fill(&cell).set_align(FormatAlign::Top).set_font_size(12).set_num_format("@"),
            wrong: Format::new()
                .set_background_color(Color::RGB(0x00FF_C7CE))
                .set_font_color(Color::RGB(0x009C_0006))
                .set_bold(),
            heading,
        }
    }
}

/// Converts a date to that of the workbook library.
pub(super) fn excel_date(date: Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |part: i8| part.unsigned_abs();
    ExcelDateTime::from_ymd(date.year().unsigned_abs(), part(date.month()), part(date.day()))
}
