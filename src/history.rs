//! What becomes of a report after it is made: the PDF as its own record, publication, differences, corrections.

mod chain;
mod embed;
mod extract;
mod record;
mod visible;

pub(crate) use chain::day;
pub use chain::{Misfit, states, uncorrected};
pub use embed::{Attached, EmbedError, attached, is_pdf};
pub use extract::{Verdict, verify};
pub use record::{RecordError, Recorded, record};
pub use visible::Visible;
