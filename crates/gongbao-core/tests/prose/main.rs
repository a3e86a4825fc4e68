//! Figures in the text held against the tables: sentences in the wording of published reports, what must be
//! caught in them and what must be left alone.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on stops"
)]

mod catalogue;
mod report;
mod samples;
mod sentences;
