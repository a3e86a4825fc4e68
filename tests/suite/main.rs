//! Tests as a user would make them: the program is run in a folder of its own, what it says is compared
//! whole, and what it wrote is opened with programs that are not ours.
//!
//! All in one binary, since each links Typst.

#![allow(clippy::disallowed_methods, reason = "tests set their own scene")]

mod forms;
mod judges;
mod page;
mod program;
