//! `gongbao import`: reading files that other programs wrote, and converting between the formats of report files.

mod convert;
mod folder;
mod hostile;
mod listed;
mod office;
mod pdf;
mod report;
mod same;
