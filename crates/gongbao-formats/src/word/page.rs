//! Page dimensions in Word's units: twips (twentieths of a point) and 4096ths of a point.

use serde::{Deserialize, Serialize};

use super::xml::{Element, element, val};

/// Top and bottom margins (天头, 地脚) in Word.
///
/// Word centres text vertically within its line of the grid. So the text of the first line begins below the upper margin,
/// and that of the last line ends above the lower margin.
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
    /// Name on the command line.
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

    /// Height between the margins.
    pub(super) fn area_height(self) -> i32 {
        HEIGHT - self.top() - self.bottom()
    }

    /// Line pitch: the largest with which 22 lines fit on a page.
    pub(super) fn line_pitch(self) -> i32 {
        self.area_height() / LINES
    }
}

/// Width or height of A4.
const WIDTH: i32 = 11906;
/// Width or height of A4.
const HEIGHT: i32 = 16838;
/// 订口, 2.8 cm.
const LEFT: i32 = 1588;
/// 切口, 2.6 cm.
const RIGHT: i32 = 1474;
/// Distance of header and footer from the edges of the paper. The page number is 7 mm below the type area (GB/T 9704-2012,
/// 7.5).
const HEADER: i32 = 851;
const FOOTER: i32 = 1445;
/// Lines on a page (GB/T 9704-2012, 5.2.3).
const LINES: i32 = 22;
/// Characters on a line.
const CHARACTERS: i32 = 28;
/// 三号 in points, the size of the style 正文, from which Word computes the grid.
const BODY_SIZE: i32 = 16;

/// Width of the type area, 156 mm.
pub(super) const AREA_WIDTH: i32 = WIDTH - LEFT - RIGHT;

/// Width of a number of grid characters, rounded down: an indent that reaches into the next character takes all of it.
pub(super) fn characters(count: f64) -> i64 {
    (count * f64::from(AREA_WIDTH / CHARACTERS)).round() as i64
}

/// Adjustment of each character's width so that 28 characters of 三号 fill a line, in 4096ths of a point.
fn char_space() -> i32 {
    (AREA_WIDTH * 4096).div_euclid(CHARACTERS * 20) - BODY_SIZE * 4096
}

/// Section properties: paper, margins, grid, page numbers.
pub(super) fn section(margins: WordMargins) -> Element {
    let footer =
        |kind: &str, id: &str| element("w:footerReference").attribute("w:type", kind).attribute("r:id", id);
    element("w:sectPr")
        .child(footer("even", "footerEven"))
        .child(footer("default", "footerOdd"))
        .child(element("w:pgSz").attribute("w:w", WIDTH).attribute("w:h", HEIGHT))
        .child(
            element("w:pgMar")
                .attribute("w:top", margins.top())
                .attribute("w:right", RIGHT)
                .attribute("w:bottom", margins.bottom())
                .attribute("w:left", LEFT)
                .attribute("w:header", HEADER)
                .attribute("w:footer", FOOTER)
                .attribute("w:gutter", 0),
        )
        .child(element("w:pgNumType").attribute("w:start", 1))
        .child(element("w:cols").attribute("w:space", 720))
        .child(
            element("w:docGrid")
                .attribute("w:type", "linesAndChars")
                .attribute("w:linePitch", margins.line_pitch())
                .attribute("w:charSpace", char_space()),
        )
}

/// Footer with the page number between 一字线, on the outer side, indented by one character (GB/T 9704-2012, 7.5). The
/// number is a field, so that Word updates it.
pub(super) fn footer(odd: bool) -> Element {
    let (side, indent) = if odd { ("right", "w:rightChars") } else { ("left", "w:leftChars") };
    let width = if odd { "w:right" } else { "w:left" };
    let hint = || element("w:rPr").child(element("w:rFonts").attribute("w:hint", "eastAsia"));
    let text = |words: &str| element("w:t").attribute("xml:space", "preserve").text(words);
    let run = |content: Element| element("w:r").child(hint()).child(content);
    let field = |kind: &str| run(element("w:fldChar").attribute("w:fldCharType", kind));
    super::root("w:ftr").child(
        element("w:p")
            .child(
                element("w:pPr")
                    .child(val("w:pStyle", "Footer"))
                    .child(element("w:ind").attribute(indent, 100).attribute(width, 280))
                    .child(val("w:jc", side)),
            )
            .child(run(text("— ")))
            .child(field("begin"))
            .child(run(element("w:instrText").attribute("xml:space", "preserve").text(" PAGE ")))
            .child(field("separate"))
            .child(run(text(if odd { "1" } else { "2" })))
            .child(field("end"))
            .child(run(text(" —"))),
    )
}
