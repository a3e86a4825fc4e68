//! What to do about a finding, where the words depend on the medium.

use std::borrow::Cow;

use super::{
    FieldName, Medium,
    medium::{BLANK_CELL, HEAD_SHEET, REVIEW_SHEET},
};

/// What to do about a finding.
///
/// Advice that several rules give is a remedy, so that its words are the same everywhere and a medium can offer it as an
/// action. Advice of a single rule is a [`Message`](super::Message).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy {
    /// Let the finding stand and give a reason.
    Accept {
        /// Whether text files say that the reason goes into the report file.
        names_file: bool,
    },
    /// Fill in figures that were left out, or declare all of them to be 0.
    FillFigures {
        /// The switch that makes blank cells 0.
        zero: FieldName,
    },
    /// Fill in cells that were left blank on purpose, or declare all of them to be 0.
    FillBlanks {
        /// The switch that makes blank cells 0.
        zero: FieldName,
    },
    /// Write a number, or one of the signs that stand for none.
    WriteFigure,
    /// Write the text of a chapter.
    WriteText {
        /// Key of the text.
        key: Cow<'static, str>,
        /// Whether the file has the key already, with an empty text.
        is_there: bool,
    },
    /// Write the year of the report.
    WriteYear {
        /// The field.
        field: FieldName,
        /// What text files say.
        file: Cow<'static, str>,
        /// Whether there is no year at all.
        is_missing: bool,
    },
    /// Fill in a field of the head.
    FillIn {
        /// What to write: 单位全称.
        what: Cow<'static, str>,
        /// What text files say; empty where the message alone tells.
        file: Cow<'static, str>,
    },
    /// Write a date.
    WriteDate {
        /// Whether it must be written with two digits for month and day everywhere.
        padded: bool,
    },
    /// Answer yes or no.
    Answer {
        /// What text files say.
        file: Cow<'static, str>,
    },
    /// Choose one of several values.
    Choose {
        /// The values: what text files write, and what people call it.
        options: Vec<FieldName>,
    },
}

impl Remedy {
    /// The remedy in the words of a medium; empty where it has nothing to say there.
    pub fn text(&self, medium: Medium) -> String {
        match medium {
            Medium::File => self.in_file(),
            Medium::Workbook => self.in_workbook(),
            Medium::Browser => self.in_browser(),
        }
    }

    fn in_file(&self) -> String {
        match self {
            Self::Accept { names_file: true } => "可在报告文件里用 [[accepted]] 说明".to_owned(),
            Self::Accept { names_file: false } => "可用 [[accepted]] 说明".to_owned(),
            Self::FillFigures { zero } => {
                format!("没有发生的填 0；凡是没写的都算作 0 的，在报告头写 {} = \"zero\"", zero.key)
            }
            Self::FillBlanks { zero } => format!(
                "没有发生的填 0，不适用的填 \"/\"；空格都算作 0 的，在报告头写 {} = \"zero\"",
                zero.key
            ),
            Self::WriteFigure => "没有发生的填 0，不适用的填 \"/\"，有意留空的填 \"\"".to_owned(),
            Self::WriteText { key, is_there: false } => {
                format!("请在报告头写 {key} = \"\"\"…\"\"\"；{SAY_SO}")
            }
            Self::WriteText { is_there: true, .. } => SAY_SO.to_owned(),
            Self::WriteDate { .. } => {
                "请写成“2025-01-24”的样子：四位年、两位月、两位日，并且确有这一天".to_owned()
            }
            Self::WriteYear { file, .. } | Self::FillIn { file, .. } | Self::Answer { file } => {
                file.clone().into_owned()
            }
            Self::Choose { options } => {
                format!("可以写的有：{}", joined(options.iter().map(|option| &option.key)))
            }
        }
    }

    fn in_workbook(&self) -> String {
        match self {
            Self::Accept { .. } => format!("可以在“{REVIEW_SHEET}”表写明认可的理由"),
            Self::FillFigures { zero } => {
                format!("没有发生的填 0；没有填的格都算作 0 的，在“{HEAD_SHEET}”表把{}", zeros(zero))
            }
            Self::FillBlanks { zero } => format!(
                "没有发生的填 0，不适用的填 /；写着“{BLANK_CELL}”的格都算作 0 的，在“{HEAD_SHEET}”表把{}",
                zeros(zero)
            ),
            Self::WriteFigure => format!("没有发生的填 0，不适用的填 /，有意留空的填 {BLANK_CELL}"),
            Self::WriteText { .. } => format!("请在这张表里写，一行一段；{SAY_SO}"),
            Self::WriteYear { field, is_missing: true, .. } => {
                format!("请在“{HEAD_SHEET}”表填写{}，例如 2025", field.label)
            }
            Self::FillIn { what, .. } => format!("请在“{HEAD_SHEET}”表填写{what}"),
            Self::Answer { .. } => "请从下拉框里选“是”或“否”".to_owned(),
            Self::Choose { options } => {
                format!("请从下拉框里选：{}", joined(options.iter().map(|option| &option.label)))
            }
            Self::WriteYear { is_missing: false, .. } | Self::WriteDate { .. } => self.in_form(),
        }
    }

    fn in_browser(&self) -> String {
        match self {
            Self::Accept { .. } => "可以写明理由，予以认可".to_owned(),
            Self::FillFigures { zero } => {
                format!("没有发生的填 0；没有填的格都算作 0 的，把{}", zeros(zero))
            }
            Self::FillBlanks { zero } => {
                format!("没有发生的填 0，不适用的填 /；写着“{BLANK_CELL}”的格都算作 0 的，把{}", zeros(zero))
            }
            Self::WriteFigure => format!("没有发生的填 0，不适用的填 /；有意留空的写“{BLANK_CELL}”"),
            Self::WriteText { .. } => format!("请在这一部分写，一行一段；{SAY_SO}"),
            Self::WriteYear { field, is_missing: true, .. } => format!("请填写{}，例如 2025", field.label),
            Self::FillIn { what, .. } => format!("请填写{what}"),
            Self::Answer { .. } => "请选“是”或“否”".to_owned(),
            Self::Choose { options } => {
                format!("请选：{}", joined(options.iter().map(|option| &option.label)))
            }
            Self::WriteYear { is_missing: false, .. } | Self::WriteDate { .. } => self.in_form(),
        }
    }

    /// Words for people who fill in a form, in the workbook or in the browser.
    fn in_form(&self) -> String {
        match self {
            Self::WriteYear { .. } => "请填四位数的年份，例如 2025".to_owned(),
            Self::WriteDate { padded: true } => "请写成 2025-01-24 的样子，并且确有这一天".to_owned(),
            _ => "请写成 2025-1-24 的样子，并且确有这一天".to_owned(),
        }
    }
}

/// What to write into a chapter that has nothing to report.
const SAY_SO: &str = "确实没有要写的，也须写明情况";

/// How the switch is set that makes blank cells 0.
fn zeros(zero: &FieldName) -> String {
    format!("“{}”选为“是”", zero.label)
}

fn joined<'w>(words: impl Iterator<Item = &'w Cow<'static, str>>) -> String {
    words.map(AsRef::as_ref).collect::<Vec<&str>>().join("、")
}
