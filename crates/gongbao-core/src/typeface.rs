//! Roles of typefaces on the page, the table of roles (`fonts/roles.toml`), and glyph coverage.

use serde::{Deserialize, Serialize};

mod class;

use std::fmt;

pub use class::CharClass;

/// Characters that the typefaces of each role can print.
pub trait GlyphCoverage: Sync {
    /// The characters of `text` that no face of the role has, each with its byte offset.
    fn missing(&self, role: Role, text: &str) -> Vec<(usize, char)>;

    /// Whether the role's face has a glyph of its own for a character followed by a variation selector.
    fn has_sequence(&self, role: Role, base: char, selector: char) -> bool;

    /// Widths of the characters of `text` in the faces of the role, in em; `None` if they are not known.
    fn advances(&self, role: Role, text: &str) -> Option<Vec<f64>> {
        let _ = (role, text);
        None
    }
}

/// Coverage of typefaces that have every character: checks without fonts.
#[derive(Debug, Clone, Copy, Default)]
pub struct AllGlyphs;

impl GlyphCoverage for AllGlyphs {
    fn missing(&self, _: Role, _: &str) -> Vec<(usize, char)> {
        Vec::new()
    }

    fn has_sequence(&self, _: Role, _: char, _: char) -> bool {
        true
    }
}

/// Error from reading the table of roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleTableError(pub String);

impl fmt::Display for RoleTableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RoleTableError {}

/// Role of a typeface on the page, named as in GB/T 9704.
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
    /// Latin letters and digits within 仿宋 and 楷体. Without a face for this role, 仿宋 and 楷体 set them.
    Latin,
}

impl Role {
    /// All roles, in the order in which they are listed.
    pub const ALL: [Self; 6] =
        [Self::Xiaobiaosong, Self::Fangsong, Self::Heiti, Self::Kaiti, Self::Songti, Self::Latin];

    /// Chinese name.
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

    /// Use on the page, in Chinese.
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

    /// Key in the template's data.
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

    /// Whether [`Role::Latin`], if it has a face, sets the Latin letters and digits of this role's text.
    pub fn takes_latin(self) -> bool {
        matches!(self, Self::Fangsong | Self::Kaiti)
    }
}

/// The table of roles. It is built into the program, unlike the font files, so that users can replace the font directory
/// without it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleTable {
    /// Files of the default faces.
    pub files: Vec<String>,
    #[serde(rename = "role")]
    roles: Vec<RoleEntry>,
}

/// One role of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleEntry {
    /// The role.
    pub key: Role,
    /// Weight that the template requests.
    pub weight: u16,
    /// Default family; `None` for [`Role::Latin`].
    pub face: Option<String>,
    /// Character class to which a user's face of this role is limited.
    pub covers: Option<String>,
    #[serde(default)]
    /// Further families in order of preference, before and after the role's own.
    pub chain: Vec<RoleFamily>,
    /// Names of official faces, most preferred first.
    pub official: Vec<String>,
}

/// A family of a chain.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleFamily {
    /// The family name.
    pub family: String,
    /// Character class to which the family is limited; `None` for all characters.
    pub covers: Option<String>,
}

impl RoleTable {
    /// Reads the built-in table.
    pub fn read() -> Result<Self, RoleTableError> {
        let table: Self = toml::from_str(include_str!("../../../fonts/roles.toml"))
            .map_err(|error| RoleTableError(error.to_string()))?;
        let missing = Role::ALL.iter().find(|role| !table.roles.iter().any(|entry| entry.key == **role));
        match missing {
            Some(role) => Err(RoleTableError(format!("没有 {}", role.key()))),
            None => Ok(table),
        }
    }

    /// Entries of the table in order.
    pub fn roles(&self) -> &[RoleEntry] {
        &self.roles
    }
}

/// Names of official faces for each role, most preferred first.
///
/// # Errors
/// The built-in table is invalid.
pub fn official_names() -> Result<Vec<(Role, Vec<String>)>, RoleTableError> {
    let table = RoleTable::read()?;
    Ok(table.roles.into_iter().map(|entry| (entry.key, entry.official)).collect())
}

/// Parses a character class of the table.
pub fn class(pattern: Option<&str>) -> Result<Option<CharClass>, RoleTableError> {
    let Some(pattern) = pattern else { return Ok(None) };
    let class = CharClass::parse(pattern).ok_or_else(|| RoleTableError(format!("covers = {pattern:?}")))?;
    Ok(Some(class))
}
