//! Tests of the program as a user runs it: each test runs it in a temporary folder, compares what it prints, and opens
//! the files it wrote with independent programs.
//!
//! All tests are in one binary, since linking Typst takes a while.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on panics, and tests may use the clock, the environment and files"
)]

mod batch;
mod command;
mod development;
mod figures;
mod files;
mod fonts;
mod hardened;
mod history;
mod hostile;
mod html;
mod import;
mod last_year;
mod layout;
mod local_rules;
mod mistakes;
mod opinion;
mod outlines;
mod passages;
mod platform;
mod program;
mod readme;
mod serve;
mod speed;
mod status;
mod tags;
mod title;
mod word;
mod workbook;
