//! The reporting status of many bodies: who has submitted a report, whose report has errors, who has published.
//!
//! [`Board::new`] compares the submitted files with the roster. It reads no file and prints nothing.

mod board;
mod body;
mod names;
mod submission;

pub use board::Board;
pub use body::{Body, BodyState, SubmittedFile};
pub use submission::Submission;
