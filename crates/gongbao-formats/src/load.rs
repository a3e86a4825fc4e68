//! Loading of reports in any format.

use std::{io, path::Path};

use gongbao_core::{
    check::CheckContext,
    finding::{Finding, Medium, MediumWords, Rule, Severity},
    folder,
    isolate::isolated,
    load::{Loaded, load_text_as, unreadable},
    report::{Scope, to_text},
    syntax::Format,
};

use crate::{
    import::{self, Hints, Imported},
    pdf::{self, EmbedError},
    workbook::{self, Opened},
};

/// Reads a report: TOML, JSON, YAML, the program's workbook, a PDF: of the program's own the attached data, of another
/// what it shows.
///
/// `name` is the file as the user gave it; its extension gives the format (`-` is TOML or JSON). Paths in the report are
/// relative to `base`. A file that was `found` in a directory and has no top-level `year` is passed over. The findings are
/// those of reading only.
pub fn load(name: &str, bytes: io::Result<Vec<u8>>, base: &Path, found: bool) -> Loaded {
    isolated(|| load_any(name, bytes, base, found)).unwrap_or_else(|| Loaded::failed(vec![broken(name)]))
}

fn load_any(name: &str, bytes: io::Result<Vec<u8>>, base: &Path, found: bool) -> Loaded {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return Loaded::failed(vec![unreadable(name, format!("文件读不出来：{error}"))]),
    };
    let is_pdf = pdf::is_pdf(name, &bytes);
    let bytes = if is_pdf {
        match pdf::attached(bytes.clone()) {
            // The attachment was replaced by another program.
            Ok(attached) if !attached.whole => {
                let message = "这份PDF所附的数据被换过：长度与文件所记的不符";
                let hint =
                    MediumWords::new("请重新取得原件；要看其中的数据，用 gongbao extract", "请重新取得原件");
                return Loaded::failed(vec![unreadable(name, message).hint(hint)]);
            }
            Ok(attached) => attached.data,
            // A PDF of another program, possibly with restrictions but without a password.
            Err(EmbedError::NotOurs | EmbedError::Encrypted) => return foreign(name, &bytes, base, found),
            Err(error) => {
                return Loaded::failed(vec![unreadable(name, error.to_string()).hint(error.advice())]);
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

/// Reads a PDF of another program by what its pages show.
fn foreign(name: &str, bytes: &[u8], base: &Path, found: bool) -> Loaded {
    match import::read(name, bytes, &Hints::default()) {
        Ok(imported) => imported_report(name, &imported, base),
        Err(_) if found => Loaded::passed_over(),
        Err(error) => Loaded::failed(vec![unreadable(name, error.message).hint(error.hint)]),
    }
}

/// Turns an imported report into a loaded one. What could not be placed becomes findings of the rule `unplaced`.
pub fn imported_report(name: &str, imported: &Imported, base: &Path) -> Loaded {
    let text = to_text(&imported.report, &imported.form, Scope::Office, Format::Json);
    let mut loaded = load_text_as(name, text.as_bytes(), Some(Format::Json), base, false);
    // Lines of the text are no places of the file.
    loaded.findings.iter_mut().for_each(|finding| finding.at = None);
    let unplaced = imported.unplaced.iter().map(|unplaced| {
        let mut finding =
            Finding::new(Rule::Unplaced, Severity::Warning, "", unplaced.to_string()).hint(UNPLACED_HINT);
        name.clone_into(&mut finding.file);
        finding
    });
    loaded.findings.extend(unplaced);
    loaded
}

/// What to do about something that could not be placed.
const UNPLACED_HINT: &str = "请对照原文核对这一处";

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
    let name = loaded.file.as_ref().map(|file| file.source.name.clone()).unwrap_or_default();
    let is_pdf = is_pdf_name(&name);
    let checked = isolated(|| {
        let mut loaded = loaded.check(base, context);
        if is_pdf {
            // Lines of the data are no places that a reader of the PDF can find.
            loaded.findings.iter_mut().for_each(|finding| finding.at = None);
        }
        if loaded.file.as_ref().is_some_and(|file| file.source.is_workbook()) {
            loaded.findings.iter_mut().for_each(|finding| finding.medium = Medium::Workbook);
        }
        loaded
    });
    checked.unwrap_or_else(|| Loaded::failed(vec![broken(&name)]))
}

/// A finding that the program failed about a file; the other files of the run are not affected.
fn broken(name: &str) -> Finding {
    let message = "读这个文件时程序内部出错，它没有处理；别的报告不受影响";
    unreadable(name, message)
        .hint("请用 Excel、WPS 或文本编辑器打开，另存一份再试；还不行的，请把文件交给程序的维护者")
}

/// Whether a file name is that of a PDF.
fn is_pdf_name(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".pdf")
}
