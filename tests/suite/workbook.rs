//! Workbooks: made by `gongbao new`, filled in by other programs, read by all commands.

mod filled;
mod fresh;
mod hostile;
mod moved;
mod office;
