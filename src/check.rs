//! Rules over a report: one file per family.

mod arithmetic;
mod glyph;

pub use arithmetic::{LastYear, arithmetic};
pub use glyph::glyphs;
