//! Workbooks (.xlsx) that an office fills in with a report.
//!
//! `layout` defines the sheets, their labels and the cells to be filled in, from the form's grid and the field table; the
//! writer and the reader both use it. The reader finds sheets by their labels, not by their names or positions, and gives
//! the same tree of values as a text file, so that [`gongbao_core::report::read`] reads both.

mod audit;
mod guard;
mod json_text;
mod layout;
mod level;
mod listing;
mod names;
mod read;
mod status;
mod sums;
mod write;

pub use audit::{AuditRow, audit_workbook};
pub use read::{Opened, read};
pub use status::status_workbook;
pub use write::{WorkbookError, write};

/// Title of the workbook of `gongbao status` after the year. Such a workbook may be in a folder of reports, and is not one
/// of them.
pub const STATUS_TITLE: &str = "政府信息公开工作年度报告报送情况表";

/// Word for a cell that is left blank on purpose; an empty cell is not filled in yet.
const BLANK: &str = gongbao_core::finding::BLANK_CELL;
/// Answers to questions with a drop-down list.
const YES: &str = "是";
const NO: &str = "否";
