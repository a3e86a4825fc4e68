//! Writing `published` and `[[corrections]]` into a report's own file, whatever its format.

use std::path::Path;

use gongbao_core::{
    folder,
    history::{self, RecordError, Recorded, Visible},
    report::ReportFile,
};

use crate::workbook::{self, Opened};

/// The file's bytes with a record in it. `bytes` is what `file` was read from, `base` its folder.
///
/// # Errors
/// The kind of file, or its writing, leaves no place for it.
pub fn record(
    bytes: &[u8],
    file: &ReportFile,
    base: &Path,
    recorded: &Recorded<'_>,
) -> Result<Vec<u8>, RecordError> {
    if folder::is_workbook_name(&file.source.name) {
        return in_workbook(file, base, recorded).ok_or(RecordError::Place("published"));
    }
    history::record(bytes, file, base, recorded)
}

/// A workbook with a record in it, written anew: a sheet has no place where something could be put in.
fn in_workbook(file: &ReportFile, base: &Path, recorded: &Recorded<'_>) -> Option<Vec<u8>> {
    let wanted = recorded.added_to(file);
    let written = workbook::write(&wanted, &file.form).ok()?;
    let Opened::Report(read) = workbook::read(&file.source.name, &written, base) else { return None };
    let read = read.file?;
    let same = read.report == wanted && Visible::of(&read).digest() == recorded.published.digest;
    same.then_some(written)
}
