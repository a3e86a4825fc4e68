//! Tests of `gongbao-formats` that need no program: workbooks and imported files, written and read by the library.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on panics, and tests may use the clock, the environment and files"
)]

mod import;
mod workbook;
