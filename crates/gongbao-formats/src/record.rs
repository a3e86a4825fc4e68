//! Writing of `published` and `[[corrections]]` into a report's file of any format.

use std::path::Path;

use gongbao_core::{
    folder,
    history::{self, PublicationRecord, RecordError, Visible},
    report::ReportFile,
};

use crate::workbook::{self, Opened};

/// Returns the file's bytes with a record in them. `bytes` are those from which `file` was read, `base` is its directory.
///
/// # Errors
/// The format or the layout of the file leaves no place for the record.
pub fn record(
    bytes: &[u8],
    file: &ReportFile,
    base: &Path,
    recorded: &PublicationRecord<'_>,
) -> Result<Vec<u8>, RecordError> {
    if folder::is_workbook_name(&file.source.name) {
        return in_workbook(file, base, recorded).ok_or(RecordError::Place("published"));
    }
    history::record(bytes, file, base, recorded)
}

/// Writes the workbook anew with the record; nothing can be inserted into the bytes of a workbook.
fn in_workbook(file: &ReportFile, base: &Path, recorded: &PublicationRecord<'_>) -> Option<Vec<u8>> {
    let wanted = recorded.added_to(file);
    let written = workbook::write(&wanted, &file.form).ok()?;
    let Opened::Report(read) = workbook::read(&file.source.name, &written, base) else { return None };
    let read = read.file?;
    let same = read.report == wanted && Visible::of(&read).digest() == recorded.published.digest;
    same.then_some(written)
}
