//! The order in which ECMA-376 (transitional) wants the properties of paragraphs and runs: the ones used here.

/// CT_PPr (17.3.1.26).
const PARAGRAPH: [&str; 14] = [
    "w:pStyle",
    "w:keepNext",
    "w:keepLines",
    "w:widowControl",
    "w:overflowPunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:outlineLvl",
    "w:rPr",
];

/// CT_RPr (17.3.2.28).
const RUN: [&str; 14] = [
    "w:rStyle",
    "w:rFonts",
    "w:b",
    "w:bCs",
    "w:snapToGrid",
    "w:vanish",
    "w:color",
    "w:spacing",
    "w:w",
    "w:kern",
    "w:sz",
    "w:szCs",
    "w:lang",
    "w:specVanish",
];

use super::xml::{Element, element};

/// Properties of a paragraph, in whatever order they are given.
pub(super) fn paragraph_properties(properties: impl IntoIterator<Item = Element>) -> Element {
    element("w:pPr").holding_all(properties).in_order_of(&PARAGRAPH)
}

/// Properties of a run, in whatever order they are given.
pub(super) fn run_properties(properties: impl IntoIterator<Item = Element>) -> Element {
    element("w:rPr").holding_all(properties).in_order_of(&RUN)
}
