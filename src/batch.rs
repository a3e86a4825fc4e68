//! Many reports at once: which files, checked against what, on how many threads, and what is remembered between runs.
//!
//! Nothing here knows command-line arguments or the terminal; progress is reported to a [`BuildObserver`].

mod audit;
mod build;
mod cache;
mod check;
mod contributions;
mod error;
mod import;
mod input;
mod parallel;
mod result;
mod setup;

pub use audit::{AuditState, Audited, audit, may_be_published, rule_counts};
pub use build::{BatchBuild, BuildObserver, BuildSummary};
pub use check::{CheckResult, check_all, read_all};
pub use contributions::{Contributions, SkipReason, contributions};
pub use error::BatchError;
pub use import::{ImportJob, ImportOutcome, ImportState};
pub use input::{InputError, ReportInput, distinct, inputs, reports_below, submissions_below};
pub(crate) use parallel::STACK;
pub use parallel::{parallel_map, thread_count};
pub use result::{BuildState, ReportResult};
pub use setup::{CheckOptions, CheckSetup, SetupError};
