//! The report of `gongbao fonts`: the font of each role, missing characters, and official fonts on the system.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
};

use serde::Serialize;

use gongbao_core::paths::PathExt;
use gongbao_core::typeface::{Role, RoleTable};

use super::{FontError, FontSet, Origin, names};

/// The fonts of a run, by role.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FontsReport {
    /// The folder of the default fonts.
    pub default_dir: PathBuf,
    /// The roles; the Latin role only if the user has a font for it.
    pub roles: Vec<RoleReport>,
    /// The characters of the probed text, each once, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub probed: Vec<Probed>,
    /// Warnings about the user's fonts.
    pub warnings: Vec<String>,
}

/// A role and its font.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoleReport {
    /// The role.
    pub role: Role,
    /// Chinese name.
    pub name: &'static str,
    /// Name of the family as Typst reads it.
    pub family: String,
    /// Weight of the text.
    pub weight: u16,
    /// Font file.
    pub file: PathBuf,
    /// `default` or `user`.
    pub from: &'static str,
    /// The hanzi of GB 2312 (6,763) that the font lacks; empty for the Latin role.
    pub lacks: String,
    /// Those that no font of the role has.
    pub lacks_still: String,
    /// The families that supply missing characters, in order.
    pub fallback: Vec<String>,
}

/// A probed character.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Probed {
    /// The character.
    pub character: char,
    /// Code point: `U+73A5`.
    pub code: String,
    /// For each role the family that has the character; `None` if no font has it.
    pub families: BTreeMap<Role, Option<String>>,
    /// The roles whose main font lacks the character.
    pub fallback: Vec<Role>,
}

impl FontsReport {
    /// Creates the report on a set of fonts, with each character of `probe`.
    pub fn new(set: &FontSet, default_dir: &Path, probe: Option<&str>) -> Self {
        let roles = || Role::ALL.into_iter().filter(|role| *role != Role::Latin || set.has_latin());
        let mut characters: Vec<char> = Vec::new();
        for c in probe.unwrap_or_default().chars().filter(|c| !super::is_unmarked(*c)) {
            if !characters.contains(&c) {
                characters.push(c);
            }
        }
        Self {
            default_dir: default_dir.to_owned(),
            roles: roles().map(|role| RoleReport::new(set, role)).collect(),
            probed: characters.into_iter().map(|c| Probed::new(set, c, roles())).collect(),
            warnings: set.warnings().iter().map(|warning| format!("{warning}。{}", warning.hint())).collect(),
        }
    }
}

impl RoleReport {
    fn new(set: &FontSet, role: Role) -> Self {
        let main = set.main_face(role);
        let hanzi = if role == Role::Latin { String::new() } else { gb2312_hanzi() };
        let own = |c: &char| set.book().info(main).is_some_and(|info| info.coverage.contains(u32::from(*c)));
        let mut fallback: Vec<String> = Vec::new();
        for link in set.chain(role).iter().filter(|link| link.covers.is_none() && link.face != main) {
            fallback.push(link.family.clone());
        }
        let face = set.faces().get(main);
        Self {
            role,
            name: role.name(),
            family: face.map(|face| face.family.clone()).unwrap_or_default(),
            weight: set.weight(role),
            file: face.map(|face| face.path.clone()).unwrap_or_default(),
            from: match face.map(|face| face.origin) {
                Some(Origin::User) => "user",
                _ => "default",
            },
            lacks: hanzi.chars().filter(|c| !own(c)).collect(),
            lacks_still: hanzi.chars().filter(|c| set.resolve(role, *c).is_none()).collect(),
            fallback,
        }
    }
}

impl Probed {
    fn new(set: &FontSet, character: char, roles: impl Iterator<Item = Role>) -> Self {
        let mut families = BTreeMap::new();
        let mut fallback = Vec::new();
        for role in roles {
            let resolved = set.resolve(role, character);
            if resolved.is_some_and(|resolved| resolved.is_fallback) {
                fallback.push(role);
            }
            let face = resolved.and_then(|resolved| set.faces().get(resolved.face));
            families.insert(role, face.map(|face| face.family.clone()));
        }
        Self { character, code: format!("U+{:04X}", u32::from(character)), families, fallback }
    }
}

/// Returns the hanzi of GB 2312, levels 1 and 2, in the order of the standard.
fn gb2312_hanzi() -> String {
    // Rows 16 to 87. EUC-CN is the part of GBK in which both bytes are at least A1.
    let codes: Vec<u8> = (0xB0..=0xF7u8)
        .flat_map(|row| (0xA1..=0xFEu8).map(move |cell| (row, cell)))
        // Row 55 has five characters fewer.
        .filter(|(row, cell)| *row != 0xD7 || *cell < 0xFA)
        .flat_map(|(row, cell)| [row, cell])
        .collect();
    encoding_rs::GBK.decode_without_bom_handling(&codes).0.into_owned()
}

impl fmt::Display for FontsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "默认字体：{}", self.default_dir.to_text())?;
        for role in &self.roles {
            write!(f, "\n{role}")?;
        }
        if !self.probed.is_empty() {
            writeln!(f)?;
        }
        for probed in &self.probed {
            writeln!(f, "{probed}")?;
        }
        for warning in &self.warnings {
            writeln!(f, "\n提醒：{warning}")?;
        }
        Ok(())
    }
}

impl fmt::Display for RoleReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from = if self.from == "user" { "用户" } else { "默认" };
        writeln!(f, "{}（{}）：{}，{from}字体", self.name, self.role.purpose(), self.family)?;
        writeln!(f, "  文件：{}", self.file.to_text())?;
        if self.role == Role::Latin {
            return Ok(());
        }
        writeln!(f, "  GB 2312 汉字：{}", few(&self.lacks, "齐全", "缺"))?;
        if !self.lacks_still.is_empty() {
            writeln!(f, "  补字后仍{}", few(&self.lacks_still, "", "缺"))?;
        }
        writeln!(f, "  缺字依次由 {} 补", self.fallback.join("、"))
    }
}

impl fmt::Display for Probed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}：", self.character, self.code)?;
        for (at, (role, family)) in self.families.iter().enumerate() {
            let mark = if self.fallback.contains(role) { "（补字）" } else { "" };
            let family = family.as_deref().unwrap_or("没有字体有此字");
            write!(f, "{}{} {family}{mark}", if at == 0 { "" } else { "；" }, role.name())?;
        }
        Ok(())
    }
}

/// Returns the number of characters and the first ten of them.
fn few(characters: &str, none: &str, some: &str) -> String {
    let count = characters.chars().count();
    let shown: String = characters.chars().take(10).collect();
    match count {
        0 => none.to_owned(),
        1..=10 => format!("{some} {count} 个：{shown}"),
        _ => format!("{some} {count} 个：{shown}……"),
    }
}

/// A folder of the system with official fonts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficialFolder {
    /// The folder.
    pub dir: PathBuf,
    /// The roles that it has fonts for.
    pub roles: Vec<Role>,
}

impl OfficialFolder {
    /// Returns the line for `gongbao.toml` that selects the folder.
    pub fn line(&self) -> String {
        format!("font-dir = {}", toml::Value::String(self.dir.to_string_lossy().into_owned()))
    }
}

/// Finds official fonts on the system; the folder with fonts for most roles comes first.
///
/// Reads every font on the system, so it is used by `gongbao fonts` only.
///
/// # Errors
/// The embedded table of roles is invalid.
pub fn find_official_on_system() -> Result<Vec<OfficialFolder>, FontError> {
    let table = RoleTable::read()?;
    let mut db = fontdb::Database::new();
    db.load_system_fonts();
    let mut folders: BTreeMap<PathBuf, Vec<Role>> = BTreeMap::new();
    for face in db.faces() {
        let fontdb::Source::File(path) = &face.source else { continue };
        let Some(dir) = path.parent() else { continue };
        let names = db
            .with_face_data(face.id, |data, index| {
                ttf_parser::Face::parse(data, index).map(|face| names::of(&face)).unwrap_or_default()
            })
            .unwrap_or_default();
        for entry in table.roles().iter().filter(|entry| names::rank(entry, &names).is_some()) {
            let roles = folders.entry(dir.to_owned()).or_default();
            if !roles.contains(&entry.key) {
                roles.push(entry.key);
            }
        }
    }
    let mut found: Vec<_> = folders.into_iter().map(|(dir, roles)| OfficialFolder { dir, roles }).collect();
    found.iter_mut().for_each(|folder| folder.roles.sort());
    found.sort_by_key(|folder| std::cmp::Reverse(folder.roles.len()));
    Ok(found)
}
