//! What becomes of a report after it is made: the PDF as its own record, publication, differences, corrections.

mod align;
mod chain;
mod correct;
mod diff;
mod embed;
mod excerpt;
mod extract;
mod marked;
mod notice;
mod record;
mod visible;

pub use align::{Aligned, align};
pub use chain::{Misfit, states, uncorrected};
pub use correct::{Made, Wanted, correction};
pub use diff::{Difference, Kind, differences};
pub use embed::{Attached, EmbedError, attached, is_pdf};
pub use excerpt::{excerpt, joined};
pub use extract::{Verdict, verify};
pub use marked::marked;
pub use notice::{notice, notices, printed};
pub use record::{RecordError, Recorded, record};
pub use visible::Visible;
