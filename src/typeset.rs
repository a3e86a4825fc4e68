//! Typesets reports: the data for the template, the fonts, the Typst world.

mod compose;
pub mod fonts;
pub mod world;

pub use compose::compose;
