//! The outputs of a build: what each is made of, where it lies, how it is written.

mod folder;
mod make;
mod manifest;
mod pdf;
mod plates;
mod word;
mod write;

pub use folder::{Folder, Kind, Product};
pub use make::{Made, MakeError, Maker, Plan};
pub use manifest::{FaceUse, Manifest, OutputEntry, digest};
pub use pdf::{Exported, draft, print, web};
pub use plates::PlatesError;
pub use word::{WordError, WordMargins, word};
pub use write::{Pending, WriteError, save, write_all};
