//! From a report to pages: what the template reads, the faces it uses, the world it sees.

pub mod document;
pub mod fonts;
mod links;
mod title;
pub mod world;
