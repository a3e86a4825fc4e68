//! Rules over a report: one file per family.

mod arithmetic;
mod copied;
mod glyph;
mod local;
mod prose;
pub mod register;
mod whole;

pub use arithmetic::{LastYear, arithmetic};
pub use copied::{Corpus, copied};
pub use glyph::glyphs;
pub use local::{LocalError, LocalRules};
pub use prose::prose;
pub use whole::whole;
