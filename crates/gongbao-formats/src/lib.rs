//! Files that other programs read or write: workbooks, Word files, web pages and PDFs, to and from the reports of
//! [`gongbao_core`].
//!
//! | Module | Reads | Writes |
//! |---|---|---|
//! | [`workbook`] | the program's own workbook | the same |
//! | [`import`] | Word files, web pages and workbooks of other origin | |
//! | [`pdf`] | the data attached to the program's PDFs | |
//! | [`html`] | | the web page and the fragment for an editor |
//! | [`word`] | | the Word file |
//! | [`load`], [`record`] | a report of any format | its publication record |
//!
//! # Example
//! Writes a new, empty workbook for an agency and reads it back.
//!
//! ```
//! use std::path::Path;
//!
//! use gongbao_core::{form, report::fresh};
//! use gongbao_formats::{load::load, workbook};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let form = form::by_year(2024)?.ok_or("no form")?;
//! let report = fresh("某某县财政局", 2024, None);
//! let bytes = workbook::write(&report, form)?;
//! let loaded = load("report.xlsx", Ok(bytes), Path::new("."), false);
//! let file = loaded.file.ok_or("not a report")?;
//! assert_eq!(file.report.agency.name, "某某县财政局");
//! // Nothing is filled in: each missing row and text is a finding.
//! assert!(!loaded.findings.is_empty());
//! # Ok(())
//! # }
//! ```

mod archive;
mod claims;
pub mod html;
pub mod import;
pub mod load;
mod package;
pub mod pdf;
mod pdf_claims;
pub mod record;
pub mod report_format;
pub mod roster;
pub mod word;
pub mod workbook;

pub use package::pack;
