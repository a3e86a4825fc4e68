//! Tests as a user would make them: the program is run in a folder of its own, what it says is compared
//! whole, and what it wrote is opened with programs that are not ours.
//!
//! All in one binary, since each links Typst.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "tests set their own scene and stop where it is not as it should be"
)]

mod batch;
mod command;
mod figures;
mod files;
mod forms;
mod hostile;
#[allow(dead_code, reason = "shared with the tests of status, which ask another one")]
mod judges;
mod last_year;
mod local_rules;
mod mistakes;
mod opinion;
mod page;
mod program;
mod readme;
mod tags;
