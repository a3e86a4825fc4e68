//! The checks of a report: rules, one file each, and the engines that several rules share.

mod arithmetic;
mod context;
mod copied;
mod last_years;
mod local;
mod prose;
mod registry;
mod rules;
mod texts;

pub use arithmetic::{LastYear, arithmetic};
pub use context::{CheckContext, check};
pub use copied::{Corpus, copied};
pub use last_years::{LastYears, PreviousReport};
pub use local::{LocalError, LocalRules, text_length};
pub use prose::{install_vocabulary, prose};
pub use registry::{Concern, RuleInfo};
pub(crate) use rules::cannot_make_rules;
pub use rules::{check_texts, glyphs};
