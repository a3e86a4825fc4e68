//! `glyph`: every character is held against the faces of the role that sets it, before typesetting.
//!
//! Typst draws what no face has as a box and drops it from the text of a plain PDF without a word.

use std::collections::BTreeMap;

use crate::{
    finding::{Finding, Severity},
    report::ReportFile,
    typeset::{document::Printed, fonts::FontSet},
};

/// The characters that no face of their role has: one finding a character and place.
pub fn glyphs(file: &ReportFile, printed: &[Printed], fonts: &FontSet) -> Vec<Finding> {
    let mut found = BTreeMap::new();
    for text in printed {
        for (_, c) in fonts.missing(text.role, &text.text) {
            found.entry((text.path.as_str(), c)).or_insert(text.role);
        }
    }
    found
        .into_iter()
        .map(|((path, c), role)| {
            let message =
                format!("“{c}”（U+{:04X}）在{}的各个字体里都没有，印不出来", u32::from(c), role.name());
            file.locate(
                Finding::new("glyph", Severity::Error, path, message).hint(
                    "请换一个写法，或用 --font-dir 指定一个有这个字的字体；gongbao fonts --probe 可以查看",
                ),
                Some(c),
            )
        })
        .collect()
}
