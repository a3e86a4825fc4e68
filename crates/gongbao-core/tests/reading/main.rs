//! What docs/data-format demands of reading, sentence by sentence.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod another_form;
mod figures;
mod files;
mod head;
mod made;
mod notations;
mod office;
mod placeholders;
mod schema;
mod texts;
mod whatever;
mod whole;
mod writing;
