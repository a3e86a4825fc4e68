//! The outputs of a build: what each is made of, where it lies, how it is written.

mod claim;
mod folder;
mod history;
mod make;
pub(crate) mod manifest;
mod objects;
mod paper;
mod pdf;
mod plates;
pub mod site;
mod verify;
mod write;

pub use claim::{Claim, ClaimError, Share, sweep, sweep_in};
pub use folder::{Folder, Kind, Product};
pub(crate) use make::stands;
pub use make::{Made, MakeError, Maker, Plan};
pub use manifest::{FaceUse, Manifest, OutputEntry, Subject, digest};
use pdf::CREATOR;
pub use pdf::{Exported, correction, correction_print, draft, marked_pdf, print, web};
pub use plates::PlatesError;
pub use verify::{Verdict, verify};
pub use write::{Pending, WriteError, remove, save, write_all};
