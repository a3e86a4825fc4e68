//! The outputs of a build: what each is made from, where it lies, how it is written.

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
pub(crate) use make::is_current;
pub use make::{Made, MakeError, Maker, Plan};
pub use manifest::{FaceUse, Manifest, OutputEntry, Subject, digest};
use pdf::CREATOR;
pub use pdf::{Exported, correction, correction_print, draft, marked_pdf, print, web};
pub use plates::ColourError;
pub(crate) use temporary::create_folder_like;
pub use temporary::{sweep, sweep_below};
pub use verify::{Verdict, verify};
pub use write::{AlreadyExists, Pending, WriteError, may_write, remove, save, save_new, write_all};
