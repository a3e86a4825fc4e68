//! What becomes of a report after it is made, as an office lives through it: the PDF as a record, publication,
//! differences, corrections and what they leave behind.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "tests set their own scene and stop where it is not as it should be"
)]

mod correct;
mod diff;
mod extract;
#[path = "../suite/judges.rs"]
#[allow(dead_code, reason = "shared with the suite, which asks all of them")]
mod judges;
#[path = "../suite/program.rs"]
#[allow(dead_code, reason = "shared with the suite")]
mod program;
mod publish;
mod rebuild;
mod town;
mod workbook;
