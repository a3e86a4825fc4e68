//! Which face plays which role, what it covers, and the faces themselves for Typst.
//!
//! The default faces lie in `fonts/` and are read when they are needed, never compiled in: the licence of the Fandol
//! faces excepts documents, not programs. Faces of the user take over their roles by name ([`FontSet::load`]).

mod cast;

mod coverage;
mod error;
mod face;
mod folder;
mod gather;
mod index;
mod mapped;
mod names;
mod parts;
mod report;

mod set;
mod user;

pub use cast::Link;

pub use coverage::{Resolved, UsedFace, is_unmarked};
pub use error::{FontError, FontWarning};
pub use face::{Face, Origin};
pub use folder::default_dir;
pub use index::{INDEX_FILE, IndexedFace, build_index, recompute};
pub use report::{FontsReport, OfficialFolder, Probed, RoleReport, find_official_on_system};

pub use set::FontSet;
