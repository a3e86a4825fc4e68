//! `styles.xml`: everything that a page is made of has a name, so that it is changed in one place.
//!
//! Where Word has a style of its own for a thing, that one is taken under its English name, by which every office program
//! knows it in its own language (heading 1 is 标题 1 on a Chinese screen).

use super::{
    faces::Faces,
    page::{WordMargins, characters},
    schema::{paragraph_properties, run_properties},
    xml::{Element, element, off, val},
};
use gongbao_core::typeface::Role;

/// The name of a style within the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Normal,
    Body,
    Title,
    Chapter,
    Heading,
    Signature,
    Date,
    Footer,
    /// Words in a table that are none of the following.
    Cell,
    ColumnHeader,
    RowHeader,
    Figure,
    Note,
}

impl Style {
    const ALL: [Self; 13] = [
        Self::Normal,
        Self::Body,
        Self::Title,
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

    /// How the text refers to it.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Normal => "Normal",
            Self::Body => "BodyText",
            Self::Title => "Title",
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

    /// What a writer goes on with after it.
    fn next(self) -> Self {
        match self {
            Self::Title | Self::Chapter | Self::Heading => Self::Body,
            Self::Signature => Self::Date,
            other => other,
        }
    }
}

/// 五号 in points, the size of the form's tables; where a table is set smaller, it says so itself.
pub(super) const TABLE_SIZE: f64 = 10.5;
/// What a character of the body keeps of its width, in per cent. 28 of 三号 are 2 mm wider than the type area: Word sets them
/// closer, but LibreOffice 7.4 gives two places of the grid to each character that is wider than one.
const NARROWED: i32 = 98;
/// 三号.
const BODY_SIZE: f64 = 16.0;
/// 二号.
const TITLE_SIZE: f64 = 22.0;
/// From one line of the title to the next.
const TITLE_PITCH: i32 = 720;
/// 四号.
const FOLIO_SIZE: f64 = 14.0;
/// The style of the tables.
pub(super) const TABLE_STYLE: &str = "TableGrid";
/// The character style of words in 楷体 within a table.
pub(super) const REMARK: &str = "TableRemark";
/// The character style of addresses. On the official page they look like all else.
pub(super) const HYPERLINK: &str = "Hyperlink";

/// A size in points as Word writes it, for hanzi and for other scripts.
pub(super) fn size(points: f64) -> [Element; 2] {
    let half_points = (points * 2.0).round() as i64;
    [val("w:sz", half_points), val("w:szCs", half_points)]
}

/// Lines of exactly this height in twips, off the grid.
pub(super) fn exactly(twips: i64) -> Element {
    element("w:spacing").with("w:line", twips).with("w:lineRule", "exact")
}

/// The height of a line in a table set at this size, in points.
pub(super) fn table_line(points: f64) -> f64 {
    points * 1.26
}

/// 首行缩进2字符.
fn indented() -> Element {
    element("w:ind").with("w:firstLineChars", 200).with("w:firstLine", characters(2.0))
}

/// `styles.xml` for a title of so many lines.
pub(super) fn styles(faces: &Faces, margins: WordMargins, title_lines: usize) -> Element {
    super::root("w:styles")
        .holding(defaults(faces))
        .holding_all(Style::ALL.map(|style| paragraph_style(style, faces, margins, title_lines)))
        .holding(default_character_style())
        .holding(character_style(REMARK, "表格说明", vec![faces.fonts(Role::Kaiti)]))
        .holding(character_style(HYPERLINK, "Hyperlink", vec![val("w:color", "auto")]))
        .holding(table_normal())
        .holding(table_grid())
}

fn defaults(faces: &Faces) -> Element {
    let language =
        element("w:lang").with("w:val", "zh-CN").with("w:eastAsia", "zh-CN").with("w:bidi", "ar-SA");
    let run = run_properties(
        [faces.fonts(Role::Fangsong), val("w:kern", 0), language].into_iter().chain(size(BODY_SIZE)),
    );
    element("w:docDefaults").holding(element("w:rPrDefault").holding(run)).holding(element("w:pPrDefault"))
}

fn paragraph_style(style: Style, faces: &Faces, margins: WordMargins, title_lines: usize) -> Element {
    let (paragraph, run) = properties(style, faces, margins, title_lines);
    let mut made = element("w:style").with("w:type", "paragraph");
    if style == Style::Normal {
        made = made.with("w:default", 1);
    }
    // A style that Word does not have has to say so, or is taken for one of Word's own.
    if !style.name().is_ascii() {
        made = made.with("w:customStyle", 1);
    }
    made = made.with("w:styleId", style.id()).holding(val("w:name", style.name()));
    if let Some(base) = style.based_on() {
        made = made.holding(val("w:basedOn", base.id()));
    }
    if style.next() != style {
        made = made.holding(val("w:next", style.next().id()));
    }
    made.holding(val("w:uiPriority", 1)).holding(element("w:qFormat")).holding_all(
        [paragraph_properties(paragraph), run_properties(run)].into_iter().filter(|p| !p.is_empty()),
    )
}

/// What a style says of a paragraph and of its letters.
fn properties(
    style: Style,
    faces: &Faces,
    margins: WordMargins,
    title_lines: usize,
) -> (Vec<Element>, Vec<Element>) {
    // Off the grid, and as wide as the letters are.
    let free = |role, points| {
        [off("w:snapToGrid"), faces.fonts(role), val("w:w", 100)].into_iter().chain(size(points)).collect()
    };
    match style {
        Style::Normal => (
            vec![
                // GB/T 9704 fills every page to its last line.
                off("w:widowControl"),
                // Nothing hangs out of the type area; digits are half as wide as hanzi and keep to the grid.
                off("w:overflowPunct"),
                off("w:autoSpaceDE"),
                off("w:autoSpaceDN"),
                val("w:jc", "both"),
            ],
            // Face and size are said here as well: from those of 正文 the grid is reckoned.
            [faces.fonts(Role::Fangsong), val("w:w", NARROWED)].into_iter().chain(size(BODY_SIZE)).collect(),
        ),
        Style::Body => (vec![indented()], Vec::new()),
        Style::Title => {
            let blank = title_space(margins, title_lines);
            let spacing = exactly(TITLE_PITCH.into()).with("w:before", blank).with("w:after", blank);
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
        Style::Chapter => (
            vec![element("w:keepNext"), element("w:keepLines"), indented(), val("w:outlineLvl", 0)],
            vec![faces.fonts(Role::Heiti)],
        ),
        Style::Heading => {
            (vec![element("w:keepNext"), indented(), val("w:outlineLvl", 1)], vec![faces.fonts(Role::Kaiti)])
        }
        Style::Signature => {
            // One blank line above (GB/T 9704-2012, 7.3.5.2).
            let blank =
                element("w:spacing").with("w:beforeLines", 100).with("w:before", margins.line_pitch());
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

/// Above and below the title: a blank line each, all of it rounded up to whole lines of the grid.
fn title_space(margins: WordMargins, lines: usize) -> i32 {
    let pitch = margins.line_pitch();
    let words = TITLE_PITCH * i32::try_from(lines).unwrap_or(1).clamp(1, 40);
    let whole = (2 * pitch + words + pitch - 1) / pitch * pitch;
    (whole - words) / 2
}

fn default_character_style() -> Element {
    element("w:style")
        .with("w:type", "character")
        .with("w:default", 1)
        .with("w:styleId", "DefaultParagraphFont")
        .holding(val("w:name", "Default Paragraph Font"))
        .holding(val("w:uiPriority", 1))
        .holding(element("w:semiHidden"))
        .holding(element("w:unhideWhenUsed"))
}

fn character_style(id: &'static str, name: &str, properties: Vec<Element>) -> Element {
    let mut made = element("w:style").with("w:type", "character");
    if !name.is_ascii() {
        made = made.with("w:customStyle", 1);
    }
    made.with("w:styleId", id)
        .holding(val("w:name", name))
        .holding(val("w:basedOn", "DefaultParagraphFont"))
        .holding(val("w:uiPriority", 99))
        .holding(run_properties(properties))
}

fn margin(name: &'static str, twips: i32) -> Element {
    element(name).with("w:w", twips).with("w:type", "dxa")
}

fn table_normal() -> Element {
    element("w:style")
        .with("w:type", "table")
        .with("w:default", 1)
        .with("w:styleId", "TableNormal")
        .holding(val("w:name", "Normal Table"))
        .holding(val("w:uiPriority", 99))
        .holding(element("w:semiHidden"))
        .holding(element("w:unhideWhenUsed"))
        .holding(
            element("w:tblPr").holding(margin("w:tblInd", 0)).holding(
                element("w:tblCellMar")
                    .holding(margin("w:top", 0))
                    .holding(margin("w:left", 108))
                    .holding(margin("w:bottom", 0))
                    .holding(margin("w:right", 108)),
            ),
        )
}

/// Every rule of a table, half a point.
fn table_grid() -> Element {
    let rule = |name| val(name, "single").with("w:sz", 4).with("w:space", 0).with("w:color", "auto");
    element("w:style")
        .with("w:type", "table")
        .with("w:styleId", TABLE_STYLE)
        .holding(val("w:name", "Table Grid"))
        .holding(val("w:basedOn", "TableNormal"))
        .holding(val("w:uiPriority", 39))
        .holding(
            element("w:tblPr").holding(
                element("w:tblBorders").holding_all(
                    ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"].map(rule),
                ),
            ),
        )
}
