//! The roles that faces play, and the table of who may play them (`fonts/roles.toml`).

use serde::{Deserialize, Serialize};

use super::{CharClass, FontError};

/// A role on the page, as GB/T 9704 names faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// 小标宋: the title.
    Xiaobiaosong,
    /// 仿宋: the body.
    Fangsong,
    /// 黑体: chapter headings.
    Heiti,
    /// 楷体: headings （一）, remarks.
    Kaiti,
    /// 宋体: tables, page numbers.
    Songti,
    /// Latin letters and digits within 仿宋 and 楷体; without a face of its own, those faces' own.
    Latin,
}

impl Role {
    /// All roles, in the order in which they are told.
    pub const ALL: [Self; 6] =
        [Self::Xiaobiaosong, Self::Fangsong, Self::Heiti, Self::Kaiti, Self::Songti, Self::Latin];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xiaobiaosong => "小标宋",
            Self::Fangsong => "仿宋",
            Self::Heiti => "黑体",
            Self::Kaiti => "楷体",
            Self::Songti => "宋体",
            Self::Latin => "西文",
        }
    }

    /// What it is for, in a few words.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Xiaobiaosong => "标题",
            Self::Fangsong => "正文",
            Self::Heiti => "一级标题",
            Self::Kaiti => "二级标题",
            Self::Songti => "表格、页码",
            Self::Latin => "仿宋、楷体中的字母和数字",
        }
    }

    /// Its key in the data that the template reads.
    pub fn key(self) -> &'static str {
        match self {
            Self::Xiaobiaosong => "xiaobiaosong",
            Self::Fangsong => "fangsong",
            Self::Heiti => "heiti",
            Self::Kaiti => "kaiti",
            Self::Songti => "songti",
            Self::Latin => "latin",
        }
    }

    /// Whether this role's text takes its Latin letters and digits from [`Role::Latin`] where there is such a face.
    pub fn takes_latin(self) -> bool {
        matches!(self, Self::Fangsong | Self::Kaiti)
    }
}

/// The table as it is written. The program carries it, unlike the faces: names and order belong to the code that reads
/// them, and whoever replaces the folder of faces must not break the program by leaving it out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// The default faces' files.
    pub(super) files: Vec<String>,
    #[serde(rename = "role")]
    roles: Vec<Entry>,
}

/// One role of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) key: Role,
    /// The weight that the template asks for.
    pub(super) weight: u16,
    /// The family that plays the role by default; none for [`Role::Latin`].
    pub(super) face: Option<String>,
    /// What the user's face of this role is limited to.
    pub(super) covers: Option<String>,
    #[serde(default)]
    pub(super) chain: Vec<Family>,
    /// Names of official faces, the most wanted first.
    pub(super) official: Vec<String>,
}

/// One family of a chain.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Family {
    pub(super) family: String,
    pub(super) covers: Option<String>,
}

impl Table {
    /// The table that the program carries.
    pub(super) fn read() -> Result<Self, FontError> {
        let table: Self = toml::from_str(include_str!("../../../fonts/roles.toml"))
            .map_err(|error| FontError::Table(error.to_string()))?;
        let missing = Role::ALL.iter().find(|role| !table.roles.iter().any(|entry| entry.key == **role));
        match missing {
            Some(role) => Err(FontError::Table(format!("没有 {}", role.key()))),
            None => Ok(table),
        }
    }

    /// The roles in the table's order, each with what is written about it.
    pub(super) fn roles(&self) -> &[Entry] {
        &self.roles
    }
}

/// The names by which official faces of each role are known, the most wanted first (`fonts/roles.toml`).
///
/// # Errors
/// The table is damaged.
pub fn official_names() -> Result<Vec<(Role, Vec<String>)>, FontError> {
    let table = Table::read()?;
    Ok(table.roles.into_iter().map(|entry| (entry.key, entry.official)).collect())
}

/// Reads a class of the table.
pub(super) fn class(pattern: Option<&str>) -> Result<Option<CharClass>, FontError> {
    let Some(pattern) = pattern else { return Ok(None) };
    let class = CharClass::parse(pattern).ok_or_else(|| FontError::Table(format!("covers = {pattern:?}")))?;
    Ok(Some(class))
}
