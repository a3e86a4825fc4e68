//! Tests of `gongbao-core`: reading report files, writing them, and checking them.
//!
//! `cargo test -p gongbao-core --test suite rules` runs the tests of the rules alone. Without `--release` that needs
//! neither Typst nor optimisation, and answers a changed rule in seconds.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on panics, and tests may use the clock, the environment and files"
)]

mod catalogue;
mod forms;
mod fuzz;
mod prose;
mod reading;
mod rollup;
mod rules;
mod stress;
mod syntax;

/// Whether this process runs one test at a time, so that the memory of one try can be measured.
fn is_alone() -> bool {
    std::env::var("RUST_TEST_THREADS").is_ok_and(|threads| threads == "1")
}
