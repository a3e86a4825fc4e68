//! The outputs of a build: what each is made from, where it lies, how it is written.

mod embed;
mod folder;
mod history;
mod lock;
mod make;
pub(crate) mod manifest;
mod objects;
mod paper;
mod pdf;
mod plates;
pub mod site;
mod temporary;
mod verify;
mod write;

/// Largest output of a report that is read again, in bytes.
pub const LARGEST_OUTPUT: u64 = 256 << 20;

pub use folder::{Folder, Kind, Product};
pub use lock::{LockError, OutputLock, Shard, remove_temporary_files};
pub use make::{Made, MakeError, Maker, Plan};
pub(crate) use make::{is_current, recipe::filing_json};
pub use manifest::{EmbeddedBy, FaceUse, Manifest, OutputEntry, Subject, digest};
use pdf::CREATOR;
pub use pdf::{Exported, correction, correction_print, draft, marked_pdf, print, sign_off, web};
pub use plates::ColourError;
pub(crate) use temporary::create_folder_like;
pub use temporary::{sweep, sweep_below};
pub use verify::{Verdict, verify};
pub use write::{
    AlreadyExists, Pending, WriteError, create_private, may_write, remove, replace_all, save, save_new,
    save_private, write_all,
};
