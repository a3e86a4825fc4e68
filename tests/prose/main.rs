//! Figures in the text held against the tables: sentences in the wording of published reports, what must be
//! caught in them and what must be left alone.

mod catalogue;
mod report;
mod samples;
mod sentences;
