//! Rules over a report: one file per family.

mod arithmetic;
mod context;
mod copied;
mod glyph;
mod last_years;
mod local;
mod prose;
pub mod register;
mod whole;

pub use arithmetic::{LastYear, arithmetic};
pub use context::{CheckContext, check};
pub use copied::{Corpus, copied};
pub use glyph::glyphs;
pub use last_years::{Before, LastYears};
pub use local::{LocalError, LocalRules};
pub use prose::{install_vocabulary, prose};
pub use whole::whole;
