//! After a report is made: its PDF as a record, publication, differences between two states, corrections, and the
//! outputs that follow from them.

mod correct;
mod diff;
mod extract;
mod publish;
mod rebuild;
mod town;
mod workbook;
