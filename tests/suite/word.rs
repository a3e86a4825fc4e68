//! The Word file: built by the program, read by python-docx, validated against the schema, opened by
//! LibreOffice.

mod office;
mod package;
mod setup;
mod tables;
mod text;
