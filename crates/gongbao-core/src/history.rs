//! What becomes of a report after it is made: the PDF as its own record, publication, differences, corrections.

mod align;
mod chain;
mod correct;
mod diff;
mod excerpt;
mod marked;
mod notice;
mod record;
mod visible;

pub(crate) use align::{Aligned, align};
pub use chain::{ChainMismatch, states, uncorrected};
pub use correct::{CorrectionError, CorrectionRequest, NewCorrection, WithdrawnWords, correction};
pub use diff::{Difference, DifferenceKind, differences};
pub use excerpt::{excerpt, joined};
pub use marked::marked;
pub use notice::{notice, notices};
pub use record::{PublicationRecord, RecordError, record};
pub use visible::Visible;
