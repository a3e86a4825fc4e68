//! The page for the portal, the fragment for its editor, and the site: built as an office builds them, and opened in a
//! browser.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "tests set their own scene and stop where it is not as it should be"
)]

mod browser;
mod corrected;
mod drawn;
#[path = "../suite/figures.rs"]
mod figures;
mod files;
mod hostile;
// The same program and judges as the suite's, of which less is asked here.
#[allow(dead_code, reason = "shared with the suite")]
#[path = "../suite/judges.rs"]
mod judges;
#[allow(dead_code, reason = "shared with the suite")]
#[path = "../suite/program.rs"]
mod program;
mod said;
mod scene;
mod site;
