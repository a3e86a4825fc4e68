//! Notices of corrections (关于《…》的更正说明): template data, and rows for other outputs.

use serde_json::{Value, json};

use super::{excerpt, joined};
use crate::{
    document::{Document, title_lines},
    finding::PlacePart,
    report::{
        Correction, CorrectionChange, ReportFile, Step, WITHDRAWN, day, paragraph, pieces, place_in_words,
        printed_value,
    },
    typeface::GlyphCoverage,
};

/// Template data of the notice of a correction by its number, from 1; `None` if there is no such correction. `document` is
/// the report in the order of print, `coverage` measures the title. Withdrawn values are left out.
pub fn notice(
    file: &ReportFile,
    number: usize,
    document: &Document,
    coverage: &dyn GlyphCoverage,
    fonts: Value,
) -> Option<Value> {
    let report = &file.report;
    let corrections = report.public_corrections();
    let correction = corrections.get(number.checked_sub(1)?)?;
    let name = &document.document.title;
    // The first correction has no number: mostly it is the only one.
    let which = if number > 1 { format!("（第{number}次）") } else { String::new() };
    let mut title = title_lines(&format!("关于《{}》", report.title()), &report.agency.name, coverage);
    title.push(format!("的更正说明{which}"));
    let published = report
        .published
        .as_ref()
        .map_or_else(|| "已经公布".to_owned(), |published| format!("已于{}公布", day(published.date)));
    let count = correction.changes.len();
    Some(json!({
        "template_api": 1,
        "document": {
            "title": format!("关于《{name}》的更正说明{which}"),
            "author": report.agency.name,
            "description": format!("{name}第{number}次更正：{}", correction.reason),
            "keywords": document.document.keywords,
            "date": [correction.date.year(), i16::from(correction.date.month()), i16::from(correction.date.day())],
        },
        "fonts": fonts,
        "title": title,
        "opening": format!("《{name}》{published}。现更正{count}处，更正的内容和原因如下："),
        "rows": rows(file, correction),
        "reason": correction.reason,
        "closing": "更正后的年度报告同时重新公布，原公布内容与更正后不一致的，以更正后的为准。",
        "signature": { "name": report.agency.name, "date": day(correction.date) },
    }))
}

/// Template data of all corrections, for the list at the end of the report.
pub fn notices(file: &ReportFile) -> Value {
    let entry = |correction: &Correction| json!({ "date": day(correction.date), "reason": correction.reason, "rows": rows(file, correction) });
    file.report.public_corrections().iter().map(entry).collect()
}

fn rows(file: &ReportFile, correction: &Correction) -> Vec<Value> {
    let row = |change: &CorrectionChange| {
        let [old, new] = sides(change);
        let mut place = file.place(&change.path);
        // A removed paragraph has its number in the old text.
        if let (Some((_, number)), Step::Removed) = (paragraph(&change.path), change.step()) {
            place = place.parent().with(PlacePart::FormerParagraph(number));
        }
        json!({ "place": place_in_words(&place), "old": old, "new": new })
    };
    correction.changes.iter().map(row).collect()
}

/// Old and new value of a change in words.
fn sides(change: &CorrectionChange) -> [String; 2] {
    let in_words = |value: &Value, none: &str| match printed_value(value) {
        _ if value.is_null() => WITHDRAWN.to_owned(),
        text if text.is_empty() => none.to_owned(),
        text => text,
    };
    if change.old.is_null() || change.new.is_null() {
        return [in_words(&change.old, "（无）"), in_words(&change.new, "（删去）")];
    }
    let [old, new] = excerpt(&pieces(&printed_value(&change.old), &printed_value(&change.new)));
    [in_words(&joined(&old).into(), "（无）"), in_words(&joined(&new).into(), "（删去）")]
}
