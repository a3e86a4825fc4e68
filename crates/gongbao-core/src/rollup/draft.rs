//! The texts of a consolidated report, as the form drafts them: the figures stand in it as placeholders, the rest is
//! for people to write.

use std::collections::BTreeMap;

use super::Contribution;
use crate::{form::Form, report::DRAFT_MARK};

/// The texts by key, each marked as a draft.
pub(super) fn texts(form: &Form, contributions: &[Contribution]) -> BTreeMap<String, Vec<String>> {
    let names: Vec<&str> = contributions.iter().map(|one| one.file.report.agency.name.as_str()).collect();
    // What braces mean in a text is no body's to say.
    let names = names.iter().map(|name| name.replace("{{", "{{{{")).collect::<Vec<_>>();
    let filled = |paragraph: &String| {
        paragraph.replace("[单位数]", &names.len().to_string()).replace("[单位]", &names.join("、"))
    };
    let mark = format!("{DRAFT_MARK}这一部分由汇总生成，请改写，改好后删去这一段。");
    let drafts = form.drafts.iter();
    drafts
        .map(|(key, paragraphs)| {
            (key.clone(), std::iter::once(mark.clone()).chain(paragraphs.iter().map(filled)).collect())
        })
        .collect()
}
