//! gongbao（公报）: from a government body's figures and texts to its statutory annual report on
//! information disclosure (政府信息公开工作年度报告), in the official form, on the page of GB/T 9704-2012.
//!
//! The flow, in one sentence: **file → report → findings → pages → outputs.**
//!
//! | step | module |
//! |---|---|
//! | the official forms as data: trees of headers, labels, arithmetic | [`form`] |
//! | a file as it came: encoding, TOML, JSON or YAML with positions | [`source`] |
//! | a filled form: figures, texts, reading and writing | [`report`] |
//! | read and check in one | [`judge`] |
//! | rules over a report | [`check`] |
//! | a report as a workbook to be filled in | [`workbook`] |
//! | what is wrong, where, and what to do | [`finding`] |
//! | which bodies must report | [`roster`] |
//! | one consolidated report out of many | [`rollup`] |
//! | reports that somebody else wrote: Word, web pages, workbooks | [`import`] |
//! | what a PDF carries, publication, differences, corrections | [`history`] |
//! | fonts and roles, glyph coverage, compiling | [`typeset`] |
//! | PDF, Word file, data, manifest; the only place that writes files | [`output`] |
//! | the page in the browser on the office's own machine | [`serve`] |
//! | arguments and commands | [`cli`] |

pub mod cli;
pub mod output;
pub mod serve;
pub mod typeset;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}
