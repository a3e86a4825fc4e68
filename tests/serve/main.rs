//! The local page's server, asked as a browser asks it and as somebody would who means ill.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "tests set their own scene and stop where it is not as it should be"
)]

mod browser;
mod client;
mod filling;
mod foreign;
#[allow(dead_code, reason = "shared with the suite")]
#[path = "../suite/judges.rs"]
mod judges;
mod kept;
mod many;
mod package;
mod pages;
// The same program as the suite's, of which less is asked here.
#[allow(dead_code, reason = "shared with the suite")]
#[path = "../suite/program.rs"]
mod program;
mod watch;
