//! A report in the order of print, with the font families of each role.

use gongbao_core::{
    document::{Composed, document},
    form::GridError,
    report::ReportFile,
};

use super::fonts::FontSet;

/// Puts a report into the order of print and adds the font families that its text needs.
///
/// # Errors
/// An extra row stands after a row that the form does not have.
pub fn compose(file: &ReportFile, fonts: &FontSet) -> Result<Composed, GridError> {
    let mut composed = document(file, fonts)?;
    // The file's own text covers the sign-off sheet too; some words, such as sums, exist only in print.
    let printed = composed.printed.iter().map(|printed| printed.text.as_str());
    let words = [file.source.text.as_str()].into_iter().chain(printed);
    composed.document.fonts = fonts.families_json_for(words);
    Ok(composed)
}
