//! From a report to pages: the data that the template reads, the faces it uses, the world it sees.

mod compose;
pub mod fonts;
pub mod world;

pub use compose::compose;
