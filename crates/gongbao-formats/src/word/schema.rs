//! Order of the properties of paragraphs and runs in ECMA-376 (transitional), as far as they are used.

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

/// Properties of a paragraph, sorted into the order of the schema.
pub(super) fn paragraph_properties(properties: impl IntoIterator<Item = Element>) -> Element {
    element("w:pPr").children(properties).in_order_of(&PARAGRAPH)
}

/// Properties of a run, sorted into the order of the schema.
pub(super) fn run_properties(properties: impl IntoIterator<Item = Element>) -> Element {
    element("w:rPr").children(properties).in_order_of(&RUN)
}
