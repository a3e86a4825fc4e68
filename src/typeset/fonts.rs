//! The fonts of each role, the characters they cover, and access to them for Typst.
//!
//! The default fonts are in `fonts/` and are read when they are needed. They are not embedded: the licence of the
//! Fandol fonts permits embedding in documents, not in programs. Fonts of the user replace those of a role by name
//! ([`FontSet::load`]).

mod roles;

mod coverage;
mod error;
mod face;
mod folder;
mod index;
mod list;
mod mapped;
mod names;
mod outlines;
mod parts;
mod report;

mod set;
mod twin;
mod user;

pub use roles::RoleFamily;

pub use coverage::{Resolved, UsedFace, is_unmarked};
pub use error::{FontError, FontWarning};
pub use face::{Face, KnownFace, Origin};
pub use folder::default_dir;
pub use index::{INDEX_FILE, IndexedFace, build_index, recompute};
pub use report::{FontsReport, OfficialFolder, Probed, RoleReport, find_official_on_system};

pub(crate) use outlines::Subset;
pub use set::FontSet;
pub(crate) use set::Hollow;
