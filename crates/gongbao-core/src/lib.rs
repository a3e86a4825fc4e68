//! Annual reports on government information disclosure (政府信息公开工作年度报告): reading, checking, comparing.
//!
//! This crate knows the official forms, the data format, all checks, the order of print and the publication record.
//! It needs no typefaces, no typesetting and no network. Workbooks, Word files, web pages and PDFs are read and
//! written by `gongbao-formats`; pages are set by `gongbao`.
//!
//! # Example
//! Reads a report from TOML, checks it and prints the findings. [`AllGlyphs`](typeface::AllGlyphs) stands in for
//! typefaces that have every character.
//!
//! ```
//! use std::path::Path;
//!
//! use gongbao_core::{check::CheckContext, load::load_text, typeface::AllGlyphs};
//!
//! let text = r#"
//! year = 2024
//! overview = "（一）主动公开。全年主动公开信息12条。"
//!
//! [agency]
//! name = "某某县财政局"
//! "#;
//! let base = Path::new(".");
//! let loaded = load_text("report.toml", Ok(text.into()), base, false)
//!     .check(base, CheckContext::new(&AllGlyphs, load_text));
//! for finding in &loaded.findings {
//!     println!("{} {} {}", finding.severity.name(), finding.place, finding.text());
//! }
//! // The tables and the other texts are missing.
//! assert!(loaded.findings.iter().any(|finding| finding.path == "problems"));
//! ```
//!
//! # Modules
//! Each module uses only modules above it in this list.
//!
//! | Module | Contents |
//! |---|---|
//! | [`mod@file`], [`isolate`] | reading of files; panics that end the work on one file alone |
//! | [`text`] | a file as text with its encoding; places and replacements by byte |
//! | [`finding`] | severity, place, message and hint of a problem; rendering for the terminal |
//! | [`syntax`] | TOML, JSON and YAML as one tree with places |
//! | [`form`] | the official forms: headers, grids, paths of figures, sums |
//! | [`report`] | a filled form: reading, writing, paragraphs, totals, JSON Schema |
//! | [`typeface`] | roles of typefaces; coverage of characters |
//! | [`document`] | a report in the order of print, as the outputs take it |
//! | [`history`] | publication record, differences, corrections |
//! | [`roster`] | lists of bodies that must report |
//! | [`check`], [`rollup`], [`load`] | all checks; consolidated reports; from bytes to findings |

pub mod check;
pub mod digest;
pub mod document;
pub mod file;
pub mod finding;
pub mod folder;
pub mod form;
pub mod history;
pub mod isolate;
pub mod load;
pub mod paths;
pub mod report;
pub mod rollup;
pub mod roster;
pub mod status;
pub mod syntax;
pub mod text;
pub mod typeface;
