//! The workbook as an office fills it in, and `gongbao new`, from which it comes.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "tests set their own scene and stop where it is not as it should be"
)]

mod filled;
mod fresh;
mod hostile;
// The same program and judges as the suite's, of which less is asked here.
#[allow(dead_code, reason = "shared with the suite")]
#[path = "../suite/judges.rs"]
mod judges;
#[path = "../../crates/gongbao-core/tests/reading/made.rs"]
#[allow(dead_code, reason = "shared with the tests of reading")]
mod made;
mod moved;
mod office;
#[allow(dead_code, reason = "shared with the suite")]
#[path = "../suite/program.rs"]
mod program;
mod round;
