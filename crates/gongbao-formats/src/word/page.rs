//! The numbers of the page in Word's own measures: twips (twentieths of a point) and 4096ths of a point.

use serde::{Deserialize, Serialize};

use super::xml::{Element, element, val};

/// How 天头 and 地脚 are given to Word.
///
/// Word centres each line of letters within its line of the grid, so that the first line's letters begin below the upper
/// margin, and the last one's end above the lower one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordMargins {
    /// 页面设置里是3.7、3.5厘米（审核时看的就是它）
    #[default]
    Setup,
    /// 页面设置里是3.458、3.258厘米，首末行文字的边缘正好在3.7、3.5厘米处
    Letters,
}

impl WordMargins {
    /// What it is called on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Letters => "letters",
        }
    }

    fn top(self) -> i32 {
        match self {
            Self::Setup => 2098,
            Self::Letters => 1960,
        }
    }

    fn bottom(self) -> i32 {
        match self {
            Self::Setup => 1985,
            Self::Letters => 1847,
        }
    }

    /// The height between the margins.
    pub(super) fn area_height(self) -> i32 {
        HEIGHT - self.top() - self.bottom()
    }

    /// From line to line: the most with which 22 lines stand on a page.
    pub(super) fn line_pitch(self) -> i32 {
        self.area_height() / LINES
    }
}

/// A4.
const WIDTH: i32 = 11906;
/// A4.
const HEIGHT: i32 = 16838;
/// 订口, 2.8 cm.
const LEFT: i32 = 1588;
/// 切口, 2.6 cm.
const RIGHT: i32 = 1474;
/// From the paper's edges to header and footer. The footer's 一字线 stands 7 mm below the type area (GB/T 9704-2012, 7.5).
const HEADER: i32 = 851;
const FOOTER: i32 = 1445;
/// Lines on a page (GB/T 9704-2012, 5.2.3).
const LINES: i32 = 22;
/// Characters on a line.
const CHARACTERS: i32 = 28;
/// 三号 in points, the size of 正文, from which Word reckons the grid.
const BODY_SIZE: i32 = 16;

/// The width of the type area, 156 mm.
pub(super) const AREA_WIDTH: i32 = WIDTH - LEFT - RIGHT;

/// The width of some characters of the grid, not a hair more: an indent that reaches into a third place takes it.
pub(super) fn characters(count: f64) -> i64 {
    (count * f64::from(AREA_WIDTH / CHARACTERS)).round() as i64
}

/// What each character of 三号 gains (or gives up) for 28 to fill a line, in 4096ths of a point.
fn char_space() -> i32 {
    (AREA_WIDTH * 4096).div_euclid(CHARACTERS * 20) - BODY_SIZE * 4096
}

/// Paper, margins, grid and page numbers of the one section.
pub(super) fn section(margins: WordMargins) -> Element {
    let footer = |kind: &str, id: &str| element("w:footerReference").with("w:type", kind).with("r:id", id);
    element("w:sectPr")
        .holding(footer("even", "footerEven"))
        .holding(footer("default", "footerOdd"))
        .holding(element("w:pgSz").with("w:w", WIDTH).with("w:h", HEIGHT))
        .holding(
            element("w:pgMar")
                .with("w:top", margins.top())
                .with("w:right", RIGHT)
                .with("w:bottom", margins.bottom())
                .with("w:left", LEFT)
                .with("w:header", HEADER)
                .with("w:footer", FOOTER)
                .with("w:gutter", 0),
        )
        .holding(element("w:pgNumType").with("w:start", 1))
        .holding(element("w:cols").with("w:space", 720))
        .holding(
            element("w:docGrid")
                .with("w:type", "linesAndChars")
                .with("w:linePitch", margins.line_pitch())
                .with("w:charSpace", char_space()),
        )
}

/// The page number between 一字线, on the outer side, one character in (GB/T 9704-2012, 7.5): a field, so that it stays true
/// when the text changes.
pub(super) fn footer(odd: bool) -> Element {
    let (side, indent) = if odd { ("right", "w:rightChars") } else { ("left", "w:leftChars") };
    let width = if odd { "w:right" } else { "w:left" };
    let hint = || element("w:rPr").holding(element("w:rFonts").with("w:hint", "eastAsia"));
    let text = |words: &str| element("w:t").with("xml:space", "preserve").saying(words);
    let run = |content: Element| element("w:r").holding(hint()).holding(content);
    let field = |kind: &str| run(element("w:fldChar").with("w:fldCharType", kind));
    super::root("w:ftr").holding(
        element("w:p")
            .holding(
                element("w:pPr")
                    .holding(val("w:pStyle", "Footer"))
                    .holding(element("w:ind").with(indent, 100).with(width, 280))
                    .holding(val("w:jc", side)),
            )
            .holding(run(text("— ")))
            .holding(field("begin"))
            .holding(run(element("w:instrText").with("xml:space", "preserve").saying(" PAGE ")))
            .holding(field("separate"))
            .holding(run(text(if odd { "1" } else { "2" })))
            .holding(field("end"))
            .holding(run(text(" —"))),
    )
}
