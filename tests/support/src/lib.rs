//! Support library of all tests: runs the program in a temporary folder, asks other programs about the files it
//! wrote, and holds the reports that tests of several crates read.
//!
//! | module | content |
//! |---|---|
//! | [`Office`] | temporary folder in which the program runs |
//! | [`judges`] | pdftotext, qpdf, veraPDF, LibreOffice, Python and Node scripts: what they say about a file |
//! | [`made`] | made-up reports that use everything a report file can hold |
//! | [`page`] | a small report as a web page, to be imported |
//! | [`golden`] | comparison of a whole text with a file of the repository |
//! | [`time`] | time limits that hold on a busy machine |
//! | [`random`] | reproducible random numbers |
//! | [`fuzz`] | structure-aware fuzzing in process |

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on panics, and tests may use the clock, the environment and files"
)]

pub mod fuzz;
pub mod golden;
pub mod judges;
pub mod made;
mod office;
pub mod page;
pub mod random;
mod samples;
pub mod time;

pub use office::{Office, Run};
pub use samples::{PENGYANG, SAMPLES, SHANGHAI, repository, sample};
