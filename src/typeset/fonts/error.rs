//! Errors and warnings about fonts, in Chinese.

use gongbao_core::paths::PathExt;
use std::{fmt, path::PathBuf};

impl From<gongbao_core::typeface::RoleTableError> for FontError {
    fn from(error: gongbao_core::typeface::RoleTableError) -> Self {
        Self::Table(error.0)
    }
}

/// Error from loading fonts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FontError {
    /// No folder contains the default fonts; the folders that were searched.
    DefaultNotFound(Vec<PathBuf>),
    /// The folder of the default fonts is incomplete.
    DefaultIncomplete {
        /// The folder.
        dir: PathBuf,
        /// The missing files.
        missing: Vec<String>,
    },
    /// A folder of the user's does not exist or is not a folder.
    NoFolder(PathBuf),
    /// A file or folder cannot be read; with the reason.
    Unreadable(PathBuf, String),
    /// A default font is not a valid font file.
    NotAFont(PathBuf),
    /// No font has a family that a role requires.
    NoFamily {
        /// Chinese name of the role.
        role: &'static str,
        /// The family.
        family: String,
    },
    /// The embedded table of roles is invalid.
    Table(String),
}

impl FontError {
    /// Returns what the user can do, in Chinese.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::DefaultNotFound(_) => {
                "把随程序发布的 fonts 文件夹放在程序旁边，或用环境变量 GONGBAO_FONTS 指明它在哪里"
            }
            Self::DefaultIncomplete { .. } | Self::NotAFont(_) | Self::NoFamily { .. } => {
                "请从发布包中重新取出整个 fonts 文件夹；自己的字体请用 --font-dir 另外指定，不要替换其中的文件"
            }
            Self::NoFolder(_) => "请检查 --font-dir 或 gongbao.toml 中 font-dir 的路径；不需要时删去即可",
            Self::Unreadable(..) => "请检查文件是否存在、是否有读取权限",
            Self::Table(_) => "这是程序的错误，请报告给开发者",
        }
    }
}

impl fmt::Display for FontError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DefaultNotFound(tried) => {
                write!(f, "找不到默认字体")?;
                for (at, path) in tried.iter().enumerate() {
                    write!(f, "{}{}", if at == 0 { "，已找过：" } else { "、" }, path.to_text())?;
                }
                Ok(())
            }
            Self::DefaultIncomplete { dir, missing } => {
                write!(f, "默认字体文件夹 {} 中缺少 {}", dir.to_text(), missing.join("、"))
            }
            Self::NoFolder(dir) => write!(f, "字体文件夹 {} 不存在，或不是文件夹", dir.to_text()),
            Self::Unreadable(path, why) => write!(f, "无法读取 {}：{why}", path.to_text()),
            Self::NotAFont(path) => write!(f, "{} 不是可用的字体文件", path.to_text()),
            Self::NoFamily { role, family } => write!(f, "{role}所需的字体“{family}”不在默认字体之中"),
            Self::Table(why) => write!(f, "字体角色表 roles.toml 有误：{why}"),
        }
    }
}

impl std::error::Error for FontError {}

/// A problem with the user's fonts that does not stop the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FontWarning {
    /// A file with the extension of a font is not a valid font file and is skipped.
    Broken(PathBuf),
    /// A folder of the user's contains no font for any role.
    NothingKnown(PathBuf),
}

impl FontWarning {
    /// Returns what the user can do, in Chinese.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Broken(_) => "请重新取得这个字体文件，或把它移出字体文件夹",
            Self::NothingKnown(_) => {
                "放入公文字体，如方正小标宋、仿宋_GB2312、黑体、楷体_GB2312、宋体；用 gongbao fonts 查看各角色所用的字体"
            }
        }
    }
}

impl fmt::Display for FontWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(path) => write!(f, "{} 不是可用的字体文件，已跳过", path.to_text()),
            Self::NothingKnown(dir) => {
                write!(f, "字体文件夹 {} 中没有认得的公文字体，仍用默认字体", dir.to_text())
            }
        }
    }
}
