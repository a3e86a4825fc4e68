//! The outputs of a build: what each is made of, where it lies, how it is written.

mod claim;
mod folder;
mod history;
mod html;
mod make;
pub(crate) mod manifest;
mod objects;
mod paper;
mod pdf;
mod plates;
pub mod site;
mod word;
mod write;

pub use claim::{Claim, ClaimError, Share, sweep, sweep_in};
pub use folder::{Folder, Kind, Product};
pub use html::{About, Beside, CorrectionLine, Day, Portal, fragment, page};
pub(crate) use make::stands;
pub use make::{Made, MakeError, Maker, Plan};
pub use manifest::{FaceUse, Manifest, OutputEntry, Subject, digest};
use pdf::CREATOR;
pub use pdf::{Exported, correction, correction_print, draft, marked_pdf, print, web};
pub use plates::PlatesError;
pub use word::{WordError, WordMargins, word};
pub use write::{Pending, WriteError, remove, save, write_all};
