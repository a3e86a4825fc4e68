//! Tests of `gongbao-formats` that need no program: workbooks and imported files, written and read by the library.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on panics, and tests may use the clock, the environment and files"
)]

mod fuzz;
mod import;
mod workbook;

/// Whether this process runs one test at a time, so that the memory of one try can be measured.
fn is_alone() -> bool {
    std::env::var("RUST_TEST_THREADS").is_ok_and(|threads| threads == "1")
}
