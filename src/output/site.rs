//! Collects the public outputs of many reports in one folder with an index, for a web server.

mod gather;
mod index;
mod put;

pub use gather::{LeftOut, NotPublic, Site, SiteFile, SiteReport, gather};
pub use put::{SiteError, put};
