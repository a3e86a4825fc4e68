//! Files that other programs read or write: the workbook, Word files, web pages and PDFs.

mod archive;
pub mod html;
pub mod import;
pub mod load;
pub mod pdf;
pub mod record;
pub mod word;
pub mod workbook;
