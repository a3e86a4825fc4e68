//! What `gongbao fonts` tells: which face plays which role, what it lacks, and what is to be had.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
};

use serde::Serialize;

use gongbao_core::typeface::{Role, RoleTable};

use super::{FontError, FontSet, Origin, names};

/// The faces of one run, role by role.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FontsReport {
    /// The folder of the default faces.
    pub default_dir: PathBuf,
    /// One entry a role; the Latin role only where the user has a face for it.
    pub roles: Vec<RoleReport>,
    /// The characters of the text probed, each once, in the order of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub probed: Vec<Probed>,
    /// What was amiss with the user's faces.
    pub warnings: Vec<String>,
}

/// A role and its face.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoleReport {
    /// The role.
    pub role: Role,
    /// What people call it.
    pub name: &'static str,
    /// The family as Typst reads it.
    pub family: String,
    /// The weight that its text is set in.
    pub weight: u16,
    /// The face's file.
    pub file: PathBuf,
    /// `default` or `user`.
    pub from: &'static str,
    /// The 6,763 hanzi of GB 2312 that the face itself lacks; for the Latin role always none.
    pub lacks: String,
    /// Those of them that no face of the role has.
    pub lacks_still: String,
    /// The families that fill its gaps, in order.
    pub fallback: Vec<String>,
}

/// One character of a text probed, role by role.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Probed {
    /// The character.
    pub character: char,
    /// Its code point: `U+73A5`.
    pub code: String,
    /// For each role the family that sets it; none where no face has it.
    pub families: BTreeMap<Role, Option<String>>,
    /// The roles in which it is set in a face that only fills a gap.
    pub fallback: Vec<Role>,
}

impl FontsReport {
    /// What there is to tell of a set of faces, and of each character of `probe`.
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

/// The hanzi of GB 2312, level 1 and 2, in the order of the standard.
fn gb2312_hanzi() -> String {
    // Rows 16 to 87; EUC-CN is the part of GBK with both bytes from A1 on.
    let codes: Vec<u8> = (0xB0..=0xF7u8)
        .flat_map(|row| (0xA1..=0xFEu8).map(move |cell| (row, cell)))
        // Row 55 ends five places early.
        .filter(|(row, cell)| *row != 0xD7 || *cell < 0xFA)
        .flat_map(|(row, cell)| [row, cell])
        .collect();
    encoding_rs::GBK.decode_without_bom_handling(&codes).0.into_owned()
}

impl fmt::Display for FontsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "默认字体：{}", self.default_dir.display())?;
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
        writeln!(f, "  文件：{}", self.file.display())?;
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

/// A number of characters, the first ten of them shown.
fn few(characters: &str, none: &str, some: &str) -> String {
    let count = characters.chars().count();
    let shown: String = characters.chars().take(10).collect();
    match count {
        0 => none.to_owned(),
        1..=10 => format!("{some} {count} 个：{shown}"),
        _ => format!("{some} {count} 个：{shown}……"),
    }
}

/// A folder of the system with official faces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficialFolder {
    /// The folder.
    pub dir: PathBuf,
    /// The roles that faces in it can play.
    pub roles: Vec<Role>,
}

impl OfficialFolder {
    /// The line for `gongbao.toml` that makes use of the folder.
    pub fn line(&self) -> String {
        format!("font-dir = {}", toml::Value::String(self.dir.to_string_lossy().into_owned()))
    }
}

/// Looks for official faces where the system keeps its fonts; the folder with faces for the most roles comes first.
///
/// Reads every font on the system: for `gongbao fonts` alone.
///
/// # Errors
/// None but a damaged table of roles.
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
