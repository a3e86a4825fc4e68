//! `glyph`: every character is compared with the faces of the role that sets it, before typesetting.
//!
//! Typst draws what no face has as a box and drops it from the text of a plain PDF without a word.

use crate::check::registry::{Check, CheckFn, CheckInput, Concern, RuleInfo};
use std::collections::BTreeMap;

use crate::{
    document::{Composed, document},
    finding::{Finding, MediumWords, Rule, Severity},
    report::{ReportFile, forbidden},
    typeface::GlyphCoverage,
};

pub(super) static RULE: RuleInfo = RuleInfo {
    severity: Severity::Error,
    title: "字体里没有这个字",
    demands: "每个字在它那一处所用的字体（小标宋、仿宋、黑体、楷体、宋体）里都有。",
    source: "排版时缺字会印成方框，并且复制不出来",
    mend: "换一种写法，或用 --font-dir 指定有这个字的字体；gongbao fonts --probe 可以查看。",
    concern: Concern::Printing,
    check: Some(Check { turn: 210, run: CheckFn::Context(check) }),
    ..RuleInfo::DEFAULT
};

fn check(input: &CheckInput<'_>) -> Vec<Finding> {
    let coverage = input.context.coverage;
    // An extra row after a row that does not exist was reported by reading.
    document(input.file, coverage)
        .map_or_else(|_| Vec::new(), |composed| glyphs(input.file, &composed, coverage))
}

/// The characters that no face of their role has, and the variation selectors that no face knows: one
/// finding a character and place.
pub fn glyphs(file: &ReportFile, composed: &Composed, coverage: &dyn GlyphCoverage) -> Vec<Finding> {
    let mut missing = BTreeMap::new();
    for text in &composed.printed {
        // What no face could have has been refused as a character.
        for (_, c) in
            coverage.missing(text.role, &text.text).into_iter().filter(|(_, c)| forbidden(*c).is_none())
        {
            missing.entry((text.path.as_str(), c)).or_insert(text.role);
        }
    }
    let missing = missing.into_iter().map(|((path, c), role)| {
        let message = format!("“{c}”（{}）在{}的各个字体里都没有，印不出来", code(c), role.name());
        let hint = MediumWords::fixed(
            "请换一个写法，或用 --font-dir 指定一个有这个字的字体；gongbao fonts --probe 可以查看",
            "请换一个写法，或者安装有这个字的字体",
            "请换一个写法，或者安装有这个字的字体",
        );
        file.locate(Finding::new(Rule::Glyph, Severity::Error, path, message).hint(hint), Some(c))
    });
    let dropped = composed.dropped.iter().map(|dropped| {
        let message = format!(
            "“{}”后面的异体选择符（{}）在所用字体里没有对应的字形，已按通用字形印出",
            dropped.base,
            code(dropped.selector)
        );
        let hint = MediumWords::fixed(
            "要印指定的异体字形，请用 --font-dir 指定一个有这个字形的字体",
            "要印指定的异体字形，须安装有这个字形的字体",
            "要印指定的异体字形，须安装有这个字形的字体",
        );
        let finding = Finding::new(Rule::Glyph, Severity::Warning, &dropped.path, message).hint(hint);
        file.locate(finding, Some(dropped.selector))
    });
    missing.chain(dropped).collect()
}

fn code(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}
