//! The Word file as an office gets it: built by the program, read by python-docx, held against the schema, opened by
//! LibreOffice.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "tests set their own scene and stop where it is not as it should be"
)]

#[path = "../../crates/gongbao-core/tests/reading/made.rs"]
#[allow(dead_code, reason = "shared with the tests of reading")]
mod made;
mod office;
mod package;
mod setup;
mod tables;
mod text;
// The same program and judges as the suite's, of which less is asked here.
#[allow(dead_code, reason = "shared with the suite")]
#[path = "../suite/judges.rs"]
mod judges;
#[allow(dead_code, reason = "shared with the suite")]
#[path = "../suite/program.rs"]
mod program;
