//! A report as a workbook: the one that an office fills in.
//!
//! `layout` says once what stands where, sheet by sheet, from the form's grid; what writes a workbook and
//! what reads one back both ask it, so that they cannot disagree. Reading finds the sheets by their words, not
//! by their names or places, and gives the same tree of values as a text file, so that every check of
//! [`gongbao_core::report::read`] applies to it.

mod guard;
mod json_text;
mod layout;
mod level;
mod names;
mod read;
mod sums;
mod words;
mod write;

pub use read::{Opened, read};
pub use words::reword;
pub use write::{WorkbookError, write};

/// What the workbook of `gongbao status` has as its title, behind the year: it lies in the folders it is about,
/// and is no report.
pub const STATUS_TITLE: &str = "政府信息公开工作年度报告报送情况表";

/// What is written in a cell that is left blank on purpose: an empty one is not filled in yet.
const BLANK: &str = "空白";
/// The switch of the head sheet, and every other question.
const YES: &str = "是";
const NO: &str = "否";
