//! Comparing figures in the text with the tables: sentences in the wording of published reports that must be
//! reported, and sentences that must not be.

mod catalogue;
mod comparisons;
pub(crate) mod report;
mod samples;
mod scopes;
mod sentences;
