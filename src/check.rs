//! Rules over a report: one file per family.

mod arithmetic;
mod copied;
mod filing;
mod glyph;
mod local;
pub mod register;
mod whole;

pub use arithmetic::{LastYear, arithmetic};
pub use copied::{Corpus, copied};
pub use filing::filing;
pub use glyph::glyphs;
pub use local::{LocalError, LocalRules};
pub use whole::whole;
