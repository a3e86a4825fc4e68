//! What becomes of a report after it is made: the PDF as its own record, publication, differences, corrections.

mod embed;
mod extract;

pub use embed::{Attached, EmbedError, attached, is_pdf};
pub use extract::{Verdict, verify};
