//! gongbao（公报）: from a government body's figures and texts to its statutory annual report on
//! information disclosure (政府信息公开工作年度报告), in the official form, on the page of GB/T 9704-2012.
//!
//! The flow, in one sentence: **file → report → findings → pages → outputs.**
//!
//! | step | where |
//! |---|---|
//! | file → report → findings: forms, reading, checks, publication records; no fonts, no Typst | [`gongbao_core`] |
//! | workbooks, Word files, web pages and PDFs to and from a report; no Typst | [`gongbao_formats`] |
//! | fonts and roles, glyph coverage, compiling | [`typeset`] |
//! | the outputs of a build; the only module that writes files | [`output`] |
//! | many reports at once: inputs, checks, builds, the build cache | [`batch`] |
//! | the page in the browser on the office's own machine | [`serve`] |
//! | arguments and commands | [`cli`] |

pub mod batch;
pub mod cli;
pub mod output;
pub mod serve;
pub mod typeset;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}
