//! Rules over a report: one file per family.

mod arithmetic;
mod glyph;
mod prose;

pub use arithmetic::{LastYear, arithmetic};
pub use glyph::glyphs;
pub use prose::prose;
