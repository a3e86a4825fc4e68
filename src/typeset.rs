//! From a report's data to pages: the faces, what they cover, and compiling the template.

pub mod fonts;
