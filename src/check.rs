//! Rules over a report: one file per family.

mod arithmetic;
mod filing;
mod glyph;

pub use arithmetic::{LastYear, arithmetic};
pub use filing::filing;
pub use glyph::glyphs;
