//! The texts of a consolidated report, as the form drafts them: the figures stand in it as placeholders, the rest is
//! for people to write.

use std::collections::BTreeMap;

use super::Contribution;
use crate::{
    check::cannot_make_rules,
    form::Form,
    report::{Agency, DRAFT_MARK},
};

/// Opens words about what only a body has that can make 规章; `]` closes them.
const OF_RULES: &str = "[规章：";

/// The texts by key, each marked as a draft.
pub(super) fn texts(
    form: &Form,
    agency: &Agency,
    year: u16,
    contributions: &[Contribution],
) -> BTreeMap<String, Vec<String>> {
    let names: Vec<&str> = contributions.iter().map(|one| one.file.report.agency.name.as_str()).collect();
    // What braces mean in a text is no body's to say.
    let names = names.iter().map(|name| name.replace("{{", "{{{{")).collect::<Vec<_>>();
    let keeps_rules = cannot_make_rules(agency).is_none();
    let filled = |paragraph: &String| {
        with_or_without_rules(paragraph, keeps_rules)
            .replace("[年度]", &year.to_string())
            .replace("[单位数]", &names.len().to_string())
            .replace("[单位]", &names.join("、"))
    };
    let mark = format!("{DRAFT_MARK}这一部分由汇总生成，请改写，改好后删去这一段。");
    let drafts = form.drafts.iter();
    drafts
        .map(|(key, paragraphs)| {
            (key.clone(), std::iter::once(mark.clone()).chain(paragraphs.iter().map(filled)).collect())
        })
        .collect()
}

/// A paragraph with the words about 规章, or without them.
fn with_or_without_rules(paragraph: &str, keeps: bool) -> String {
    let mut text = String::with_capacity(paragraph.len());
    let mut rest = paragraph;
    while let Some((before, behind)) = rest.split_once(OF_RULES) {
        let (inner, after) = behind.split_once(']').unwrap_or((behind, ""));
        text += before;
        text += if keeps { inner } else { "" };
        rest = after;
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::with_or_without_rules;

    #[test]
    fn words_about_rules_are_kept_or_left_out() {
        let draft = "制发文件{{a}}件[规章：；规章{{b}}件]。写[规章：规章、]文件。";
        assert_eq!(with_or_without_rules(draft, true), "制发文件{{a}}件；规章{{b}}件。写规章、文件。");
        assert_eq!(with_or_without_rules(draft, false), "制发文件{{a}}件。写文件。");
    }
}
