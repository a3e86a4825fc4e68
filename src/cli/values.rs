//! Argument values for enumerations of the library, which does not depend on clap.

use clap::{ValueEnum, builder::RangedI64ValueParser};
use gongbao_core::report::fields::YEARS;
use gongbao_formats::word::WordMargins;

use crate::output::Kind;

/// Returns the parser for the year of a report.
pub(super) fn report_year() -> RangedI64ValueParser<u16> {
    let (from, to) = YEARS.into_inner();
    clap::value_parser!(u16).range(i64::from(from)..=i64::from(to))
}

/// Value of `--only`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Only {
    /// 供网站发布的 PDF
    Web,
    /// 供打印存档的纸质件 PDF
    Print,
    /// 网页，和粘贴到网站编辑器里的片段
    Html,
    /// 可以修改的 Word 文件
    Docx,
    /// 模板读取的数据
    Data,
}

impl From<Only> for Kind {
    fn from(only: Only) -> Self {
        match only {
            Only::Web => Self::Web,
            Only::Print => Self::Print,
            Only::Html => Self::Html,
            Only::Docx => Self::Docx,
            Only::Data => Self::Data,
        }
    }
}

/// Value of `--word-margins`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Margins {
    /// 页面设置里是3.7、3.5厘米（审核时看的就是它）
    Setup,
    /// 页面设置里是3.458、3.258厘米，首末行文字的边缘正好在3.7、3.5厘米处
    Letters,
}

impl From<Margins> for WordMargins {
    fn from(margins: Margins) -> Self {
        match margins {
            Margins::Setup => Self::Setup,
            Margins::Letters => Self::Letters,
        }
    }
}
