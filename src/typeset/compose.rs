//! Composes the data that the template reads.

use gongbao_core::{
    document::{Composed, document},
    form::GridError,
    report::ReportFile,
};

use super::fonts::FontSet;

/// Puts a report into the order of print and adds the font families that its text needs.
///
/// # Errors
/// An extra row refers to a row that the form does not have.
pub fn compose(file: &ReportFile, fonts: &FontSet) -> Result<Composed, GridError> {
    let mut composed = document(file, fonts)?;
    // The text of the file includes the sign-off sheet; computed text, such as sums, exists only in print.
    let printed = composed.printed.iter().map(|printed| printed.text.as_str());
    let words = [file.source.text.as_str()].into_iter().chain(printed);
    composed.document.fonts = fonts.families_json_for(words);
    Ok(composed)
}
