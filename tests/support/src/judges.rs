//! Independent programs that judge the files the program writes; `tests/judges/README.md` describes each.
//!
//! Where a judge is missing, these functions report the test as skipped and return `None`; with
//! `GONGBAO_REQUIRE_JUDGES` set (as in CI) they fail it.

mod libreoffice;
mod node;
mod pdf;
mod python;

use std::{
    env, fs,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    process::{Command, Output},
    thread,
};

pub use libreoffice::libreoffice;
pub use node::{node, nu};
pub use pdf::{
    covered_plates, page_pictures, pdftotext, qpdf, repacked, rewritten, stock_typst, unpacked, verapdf,
};
pub use python::{
    calculate_digest, fill_xlsx, look_xlsx, read_docx, read_pdf, read_xlsx, run_python, write_foreign,
};

use crate::repository;

/// Reports that the running test lacks a judge: `scripts/test` counts it as skipped.
///
/// # Panics
///
/// If `GONGBAO_REQUIRE_JUDGES` is set: in CI every judge must be there.
pub fn missing(judge: &str) {
    assert!(env::var_os("GONGBAO_REQUIRE_JUDGES").is_none(), "the judge {judge} is missing");
    // Written directly to the stream, since the test runner captures what a passing test prints. The runner names
    // each thread after its test; scripts/test counts a test once, however many judges it lacks.
    let test = thread::current().name().unwrap_or("unnamed").to_owned();
    let _ = writeln!(io::stderr(), "skipped: {judge} {test}");
}

/// Runs a judge; returns `None` and reports it as [`missing`] where the program is not installed.
pub fn output(judge: &str, command: &mut Command) -> Option<Output> {
    match command.output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            missing(judge);
            None
        }
        Err(error) => panic!("{judge}: {error}"),
    }
}

/// Returns the standard output of a command that must have succeeded.
pub fn text(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Returns the path of a script in `tests/judges`.
fn script(name: &str) -> PathBuf {
    repository().join("tests/judges").join(name)
}

/// Returns the value of the variable by which `scripts/test` passes a judge.
fn judge(variable: &str, name: &str) -> Option<PathBuf> {
    let value = env::var_os(variable).map(PathBuf::from);
    if value.is_none() {
        missing(name);
    }
    value
}

/// Returns a Fontconfig file by which programs find the faces in `fonts/` and no others, so that pages look the same
/// on every machine. `aliases` are further elements of the file.
pub fn fontconfig(cache: &Path, aliases: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>{}</dir>\
         <cachedir>{}</cachedir>{aliases}</fontconfig>",
        repository().join("fonts").display(),
        cache.display()
    )
}

/// Reads the files of a folder in the order of their names.
fn files_of(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a file")).collect()
}
