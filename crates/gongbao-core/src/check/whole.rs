//! What reviewers look for in a report as a whole: its period, its parts, its words, and what has no
//! business in a public text.
//!
//! Each rule is a file; all of them see the texts as they are printed, with the figures in them
//! ([`said`]).

mod agency;
mod aspects;
mod citation;
mod deadline;
mod doubled;
mod names;
mod numbering;
mod parts;
mod period;
mod place_names;
mod powers;
mod privacy;
pub(super) mod said;
mod scan;
mod template;

use said::Whole;

use crate::{finding::Finding, report::ReportFile};

/// P7, P8, P10 and the rules about words: `aspects`, `template-text`, `other-agency`, `doubled-word`,
/// `numbering`, `citation`, `rules-power`, `privacy`, `deadline`, and a filing copy without a date
/// (`missing`).
///
/// What is missing whole has been told by reading, and is passed over here.
pub fn whole(file: &ReportFile) -> Vec<Finding> {
    let whole = Whole::new(file);
    let rules = [
        period::check,
        parts::check,
        aspects::check,
        template::check,
        agency::check,
        doubled::check,
        numbering::check,
        citation::check,
        powers::check,
        privacy::check,
        deadline::check,
    ];
    rules.into_iter().flat_map(|rule| rule(&whole)).collect()
}
