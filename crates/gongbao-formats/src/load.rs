//! Loading of reports in any format.

use std::{io, path::Path};

use gongbao_core::{
    check::CheckContext,
    folder,
    load::{Loaded, load_text_as, unreadable},
    syntax::Format,
};

use crate::{
    pdf,
    workbook::{self, Opened},
};

/// Reads a report: TOML, JSON, YAML, the program's workbook, or the data attached to one of its PDFs.
///
/// `name` is the file as the user gave it; its extension gives the format (`-` is TOML or JSON). Paths in the report are
/// relative to `base`. A file that was `found` in a directory and has no top-level `year` is passed over. The findings are
/// those of reading only.
pub fn load(name: &str, bytes: io::Result<Vec<u8>>, base: &Path, found: bool) -> Loaded {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return Loaded::failed(vec![unreadable(name, format!("文件读不出来：{error}"))]),
    };
    let is_pdf = pdf::is_pdf(name, &bytes);
    let bytes = if is_pdf {
        match pdf::attached(bytes) {
            // The attachment was replaced by another program.
            Ok(attached) if !attached.whole => {
                let message = "这份PDF所附的数据被换过：长度与文件所记的不符";
                let hint = "请重新取得原件；要看其中的数据，用 gongbao extract";
                return Loaded::failed(vec![unreadable(name, message).hint(hint)]);
            }
            Ok(attached) => attached.data,
            Err(error) => {
                return Loaded::failed(vec![unreadable(name, error.to_string()).hint(error.hint())]);
            }
        }
    } else {
        bytes
    };
    if folder::is_workbook_name(name) {
        return match workbook::read(name, &bytes, base) {
            Opened::Report(reading) => (*reading).into(),
            Opened::Foreign(_) if found => Loaded::passed_over(),
            Opened::Foreign(finding) => Loaded::failed(vec![*finding]),
            Opened::Unreadable(findings) => Loaded::failed(findings),
        };
    }
    load_text_as(name, &bytes, is_pdf.then_some(Format::Json), base, found)
}

/// Reads a report and runs all checks. The first four arguments are those of [`load()`].
pub fn load_and_check(
    name: &str,
    bytes: io::Result<Vec<u8>>,
    base: &Path,
    found: bool,
    context: CheckContext<'_>,
) -> Loaded {
    check(load(name, bytes, base, found), base, context)
}

/// Runs all checks on a report read by [`load()`].
pub fn check(loaded: Loaded, base: &Path, context: CheckContext<'_>) -> Loaded {
    let mut loaded = loaded.check(base, context);
    if loaded.file.as_ref().is_some_and(|file| file.source.is_workbook()) {
        loaded.findings.iter_mut().for_each(workbook::reword);
    }
    loaded
}
