//! An annual report on government information disclosure (政府信息公开工作年度报告), and what can be wrong with it.

pub mod check;
pub mod digest;
pub mod document;
pub mod finding;
pub mod folder;
pub mod form;
pub mod history;
pub mod load;
pub mod report;
pub mod rollup;
pub mod roster;
pub mod syntax;
pub mod text;
pub mod typeface;
