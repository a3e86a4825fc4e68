//! `styles.xml`: named styles for all parts of the page.
//!
//! Built-in styles are used under their English names, which office programs translate (heading 1 is shown as 标题 1).

use super::{
    faces::Faces,
    page::{WordMargins, characters},
    schema::{paragraph_properties, run_properties},
    xml::{Element, element, off, val},
};
use gongbao_core::typeface::Role;

/// A paragraph style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Normal,
    Body,
    Title,
    /// 题注 under the title.
    Caption,
    Chapter,
    Heading,
    Signature,
    Date,
    Footer,
    /// Words of a table without a style of their own.
    Cell,
    ColumnHeader,
    RowHeader,
    Figure,
    Note,
}

impl Style {
    const ALL: [Self; 14] = [
        Self::Normal,
        Self::Body,
        Self::Title,
        Self::Caption,
        Self::Chapter,
        Self::Heading,
        Self::Signature,
        Self::Date,
        Self::Footer,
        Self::Cell,
        Self::ColumnHeader,
        Self::RowHeader,
        Self::Figure,
        Self::Note,
    ];

    /// Id of the style.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Normal => "Normal",
            Self::Body => "BodyText",
            Self::Title => "Title",
            Self::Caption => "Subtitle",
            Self::Chapter => "Heading1",
            Self::Heading => "Heading2",
            Self::Signature => "Signature",
            Self::Date => "Date",
            Self::Footer => "Footer",
            Self::Cell => "TableWords",
            Self::ColumnHeader => "TableColumnHeader",
            Self::RowHeader => "TableRowHeader",
            Self::Figure => "TableFigure",
            Self::Note => "TableNote",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Normal => "Normal",
            Self::Body => "Body Text",
            Self::Title => "Title",
            Self::Caption => "Subtitle",
            Self::Chapter => "heading 1",
            Self::Heading => "heading 2",
            Self::Signature => "Signature",
            Self::Date => "Date",
            Self::Footer => "footer",
            Self::Cell => "表格文字",
            Self::ColumnHeader => "表格栏目",
            Self::RowHeader => "表格行目",
            Self::Figure => "表格数字",
            Self::Note => "表注",
        }
    }

    fn based_on(self) -> Option<Self> {
        match self {
            Self::Normal => None,
            Self::ColumnHeader | Self::RowHeader | Self::Figure | Self::Note => Some(Self::Cell),
            _ => Some(Self::Normal),
        }
    }

    /// Style of the paragraph after it.
    fn next(self) -> Self {
        match self {
            Self::Title | Self::Caption | Self::Chapter | Self::Heading => Self::Body,
            Self::Signature => Self::Date,
            other => other,
        }
    }
}

/// 五号 in points, the type size of the table styles; smaller tables override it.
pub(super) const TABLE_SIZE: f64 = 10.5;
/// Horizontal scale of body text in per cent. 28 characters of 三号 are 2 mm wider than the type area. Word reduces the
/// spacing, but LibreOffice 7.4 gives each character that is wider than a grid cell two cells.
const CHARACTER_SCALE: i32 = 98;
/// 三号.
const BODY_SIZE: f64 = 16.0;
/// 二号.
const TITLE_SIZE: f64 = 22.0;
/// Line pitch of the title.
const TITLE_PITCH: i32 = 720;
/// 四号.
const FOLIO_SIZE: f64 = 14.0;
/// Id of the table style.
pub(super) const TABLE_STYLE: &str = "TableGrid";
/// Id of the character style for words in 楷体 within a table.
pub(super) const REMARK: &str = "TableRemark";
/// Id of the character style for links; on the official page they look like other text.
pub(super) const HYPERLINK: &str = "Hyperlink";

/// Type size in points, for Chinese and other scripts.
pub(super) fn size(points: f64) -> [Element; 2] {
    let half_points = (points * 2.0).round() as i64;
    [val("w:sz", half_points), val("w:szCs", half_points)]
}

/// Exact line height in twips, not snapped to the grid.
pub(super) fn exactly(twips: i64) -> Element {
    element("w:spacing").attribute("w:line", twips).attribute("w:lineRule", "exact")
}

/// Line height in a table of this type size, in points.
pub(super) fn table_line(points: f64) -> f64 {
    points * 1.26
}

/// First-line indent of two characters (首行缩进2字符).
fn indented() -> Element {
    element("w:ind").attribute("w:firstLineChars", 200).attribute("w:firstLine", characters(2.0))
}

/// `styles.xml` for a title with this number of lines.
pub(super) fn styles(faces: &Faces, margins: WordMargins, title_lines: usize) -> Element {
    super::root("w:styles")
        .child(defaults(faces))
        .children(Style::ALL.map(|style| paragraph_style(style, faces, margins, title_lines)))
        .child(default_character_style())
        .child(character_style(REMARK, "表格说明", vec![faces.fonts(Role::Kaiti)]))
        .child(character_style(HYPERLINK, "Hyperlink", vec![val("w:color", "auto")]))
        .child(table_normal())
        .child(table_grid())
}

fn defaults(faces: &Faces) -> Element {
    let language = element("w:lang")
        .attribute("w:val", "zh-CN")
        .attribute("w:eastAsia", "zh-CN")
        .attribute("w:bidi", "ar-SA");
    let run = run_properties(
        [faces.fonts(Role::Fangsong), val("w:kern", 0), language].into_iter().chain(size(BODY_SIZE)),
    );
    element("w:docDefaults").child(element("w:rPrDefault").child(run)).child(element("w:pPrDefault"))
}

fn paragraph_style(style: Style, faces: &Faces, margins: WordMargins, title_lines: usize) -> Element {
    let (paragraph, run) = properties(style, faces, margins, title_lines);
    let mut made = element("w:style").attribute("w:type", "paragraph");
    if style == Style::Normal {
        made = made.attribute("w:default", 1);
    }
    // Styles that are not built in must be marked as custom.
    if !style.name().is_ascii() {
        made = made.attribute("w:customStyle", 1);
    }
    made = made.attribute("w:styleId", style.id()).child(val("w:name", style.name()));
    if let Some(base) = style.based_on() {
        made = made.child(val("w:basedOn", base.id()));
    }
    if style.next() != style {
        made = made.child(val("w:next", style.next().id()));
    }
    made.child(val("w:uiPriority", 1)).child(element("w:qFormat")).children(
        [paragraph_properties(paragraph), run_properties(run)].into_iter().filter(|p| !p.is_empty()),
    )
}

/// Paragraph and character properties of a style.
fn properties(
    style: Style,
    faces: &Faces,
    margins: WordMargins,
    title_lines: usize,
) -> (Vec<Element>, Vec<Element>) {
    // Not snapped to the grid, with natural character widths.
    let free = |role, points| {
        [off("w:snapToGrid"), faces.fonts(role), val("w:w", 100)].into_iter().chain(size(points)).collect()
    };
    match style {
        Style::Normal => (
            vec![
                // No widow control: GB/T 9704 fills every page to its last line.
                off("w:widowControl"),
                // No hanging punctuation and no automatic spacing: digits are half as wide as hanzi and keep to the grid.
                off("w:overflowPunct"),
                off("w:autoSpaceDE"),
                off("w:autoSpaceDN"),
                val("w:jc", "both"),
            ],
            // Typeface and size must be set here, because Word computes the grid from the style 正文.
            [faces.fonts(Role::Fangsong), val("w:w", CHARACTER_SCALE)]
                .into_iter()
                .chain(size(BODY_SIZE))
                .collect(),
        ),
        Style::Body => (vec![indented()], Vec::new()),
        Style::Title => {
            let blank = title_space(margins, title_lines);
            let spacing =
                exactly(TITLE_PITCH.into()).attribute("w:before", blank).attribute("w:after", blank);
            (
                vec![
                    element("w:keepNext"),
                    element("w:keepLines"),
                    off("w:snapToGrid"),
                    spacing,
                    val("w:jc", "center"),
                ],
                free(Role::Xiaobiaosong, TITLE_SIZE),
            )
        }
        Style::Caption => {
            let below = element("w:spacing")
                .attribute("w:afterLines", 100)
                .attribute("w:after", margins.line_pitch());
            (vec![below, val("w:jc", "center")], vec![faces.fonts(Role::Kaiti)])
        }
        Style::Chapter => (
            vec![element("w:keepNext"), element("w:keepLines"), indented(), val("w:outlineLvl", 0)],
            vec![faces.fonts(Role::Heiti)],
        ),
        Style::Heading => {
            (vec![element("w:keepNext"), indented(), val("w:outlineLvl", 1)], vec![faces.fonts(Role::Kaiti)])
        }
        Style::Signature => {
            // One blank line above (GB/T 9704-2012, 7.3.5.2).
            let blank = element("w:spacing")
                .attribute("w:beforeLines", 100)
                .attribute("w:before", margins.line_pitch());
            (vec![element("w:keepNext"), element("w:keepLines"), blank], Vec::new())
        }
        Style::Date => (Vec::new(), Vec::new()),
        Style::Footer => (vec![off("w:snapToGrid"), exactly(280)], free(Role::Songti, FOLIO_SIZE)),
        Style::Cell => {
            let line = exactly((table_line(TABLE_SIZE) * 20.0).round() as i64);
            (vec![off("w:snapToGrid"), line, val("w:jc", "left")], free(Role::Songti, TABLE_SIZE))
        }
        Style::ColumnHeader | Style::Figure => (vec![val("w:jc", "center")], Vec::new()),
        Style::RowHeader | Style::Note => (Vec::new(), Vec::new()),
    }
}

/// Space above and below the title: a blank line each, rounded up so that the total is a whole number of grid lines.
fn title_space(margins: WordMargins, lines: usize) -> i32 {
    let pitch = margins.line_pitch();
    let words = TITLE_PITCH * i32::try_from(lines).unwrap_or(1).clamp(1, 40);
    let whole = (2 * pitch + words + pitch - 1) / pitch * pitch;
    (whole - words) / 2
}

fn default_character_style() -> Element {
    element("w:style")
        .attribute("w:type", "character")
        .attribute("w:default", 1)
        .attribute("w:styleId", "DefaultParagraphFont")
        .child(val("w:name", "Default Paragraph Font"))
        .child(val("w:uiPriority", 1))
        .child(element("w:semiHidden"))
        .child(element("w:unhideWhenUsed"))
}

fn character_style(id: &'static str, name: &str, properties: Vec<Element>) -> Element {
    let mut made = element("w:style").attribute("w:type", "character");
    if !name.is_ascii() {
        made = made.attribute("w:customStyle", 1);
    }
    made.attribute("w:styleId", id)
        .child(val("w:name", name))
        .child(val("w:basedOn", "DefaultParagraphFont"))
        .child(val("w:uiPriority", 99))
        .child(run_properties(properties))
}

fn margin(name: &'static str, twips: i32) -> Element {
    element(name).attribute("w:w", twips).attribute("w:type", "dxa")
}

fn table_normal() -> Element {
    element("w:style")
        .attribute("w:type", "table")
        .attribute("w:default", 1)
        .attribute("w:styleId", "TableNormal")
        .child(val("w:name", "Normal Table"))
        .child(val("w:uiPriority", 99))
        .child(element("w:semiHidden"))
        .child(element("w:unhideWhenUsed"))
        .child(
            element("w:tblPr").child(margin("w:tblInd", 0)).child(
                element("w:tblCellMar")
                    .child(margin("w:top", 0))
                    .child(margin("w:left", 108))
                    .child(margin("w:bottom", 0))
                    .child(margin("w:right", 108)),
            ),
        )
}

/// Borders of a table, half a point.
fn table_grid() -> Element {
    let rule =
        |name| val(name, "single").attribute("w:sz", 4).attribute("w:space", 0).attribute("w:color", "auto");
    element("w:style")
        .attribute("w:type", "table")
        .attribute("w:styleId", TABLE_STYLE)
        .child(val("w:name", "Table Grid"))
        .child(val("w:basedOn", "TableNormal"))
        .child(val("w:uiPriority", 39))
        .child(
            element("w:tblPr")
                .child(element("w:tblBorders").children(
                    ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"].map(rule),
                )),
        )
}
