//! What can go wrong with faces, in words for those who run the program.

use std::{fmt, path::PathBuf};

impl From<gongbao_core::typeface::RoleTableError> for FontError {
    fn from(error: gongbao_core::typeface::RoleTableError) -> Self {
        Self::Table(error.0)
    }
}

/// Why there is no set of faces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FontError {
    /// No folder with the default faces, with the places that were looked at.
    DefaultNotFound(Vec<PathBuf>),
    /// A folder that should hold the default faces lacks some.
    DefaultIncomplete {
        /// The folder.
        dir: PathBuf,
        /// The files that are not there.
        missing: Vec<String>,
    },
    /// A folder of the user's that is not there or is no folder.
    NoFolder(PathBuf),
    /// A file or folder that cannot be read, and why.
    Unreadable(PathBuf, String),
    /// A default face that is no font.
    NotAFont(PathBuf),
    /// A family that a role wants and no face has.
    NoFamily {
        /// The role's Chinese name.
        role: &'static str,
        /// The family.
        family: String,
    },
    /// The table of roles that the program carries is damaged: a mistake of ours.
    Table(String),
}

impl FontError {
    /// What to do next.
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
                    write!(f, "{}{}", if at == 0 { "，已找过：" } else { "、" }, path.display())?;
                }
                Ok(())
            }
            Self::DefaultIncomplete { dir, missing } => {
                write!(f, "默认字体文件夹 {} 中缺少 {}", dir.display(), missing.join("、"))
            }
            Self::NoFolder(dir) => write!(f, "字体文件夹 {} 不存在，或不是文件夹", dir.display()),
            Self::Unreadable(path, why) => write!(f, "无法读取 {}：{why}", path.display()),
            Self::NotAFont(path) => write!(f, "{} 不是可用的字体文件", path.display()),
            Self::NoFamily { role, family } => write!(f, "{role}所需的字体“{family}”不在默认字体之中"),
            Self::Table(why) => write!(f, "字体角色表 roles.toml 有误：{why}"),
        }
    }
}

impl std::error::Error for FontError {}

/// Something about the user's faces that does not stop the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FontWarning {
    /// A file of the user's with a font's name that cannot be read as one; it is passed over.
    Broken(PathBuf),
    /// A folder of the user's without a face for any role.
    NothingKnown(PathBuf),
}

impl FontWarning {
    /// What to do next.
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
            Self::Broken(path) => write!(f, "{} 不是可用的字体文件，已跳过", path.display()),
            Self::NothingKnown(dir) => {
                write!(f, "字体文件夹 {} 中没有认得的公文字体，仍用默认字体", dir.display())
            }
        }
    }
}
