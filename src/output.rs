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
mod verify;
mod write;

pub use folder::{Folder, Kind, Product};
pub use lock::{LockError, OutputLock, Shard, remove_temporary_files, remove_temporary_files_in};
pub use make::{Made, MakeError, Maker, Plan};
pub(crate) use make::{is_current, recipe::filing_json};
pub use manifest::{FaceUse, Manifest, OutputEntry, Subject, digest};
use pdf::CREATOR;
pub use pdf::{Exported, correction, correction_print, draft, marked_pdf, print, sign_off, web};
pub use plates::ColourError;
pub use verify::{Verdict, verify};
pub use write::{
    AlreadyExists, Pending, WriteError, create_private, may_write, remove, save, save_private, write_all,
};
