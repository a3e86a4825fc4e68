//! Long, random and hostile inputs: nothing panics, nothing is slow.
//!
//! Without optimisation (`cargo test` without `--release`) these tests are ignored.

mod notations;
mod prose;
mod reading;
mod rules;
