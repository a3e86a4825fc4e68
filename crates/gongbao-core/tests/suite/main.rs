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
mod prose;
mod reading;
mod rollup;
mod rules;
mod stress;
mod syntax;
