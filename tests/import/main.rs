//! `gongbao import` as an office uses it: what somebody else wrote, read as it stands.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "tests set their own scene and stop where it is not as it should be"
)]

mod convert;
mod folder;
mod hostile;
// The same program and judges as the suite's, of which less is asked here.
#[allow(dead_code, reason = "shared with the suite")]
#[path = "../suite/judges.rs"]
mod judges;
mod page;
#[allow(dead_code, reason = "shared with the suite")]
#[path = "../suite/program.rs"]
mod program;
mod report;
mod same;
mod ugly;
