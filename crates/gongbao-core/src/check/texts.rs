//! The texts of a report, as the checks look at them.

pub(super) mod names;
pub(super) mod place_names;
mod said;
pub(super) mod scan;

pub(super) use said::{OVERVIEW, PREFACE, PROBLEMS, Said, Texts};
