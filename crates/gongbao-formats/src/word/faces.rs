//! The faces by their official names, and what may stand in for each on a computer that lacks it.

use super::xml::{Element, element, val};
use gongbao_core::typeface::{Role, RoleTableError, official_names};

/// The names of the faces.
pub(super) struct Faces {
    names: Vec<(Role, Vec<String>)>,
}

/// Word's own limit for the name of a font.
const LONGEST_NAME: usize = 31;
/// Word keeps name and stand-ins in a record of a byte's length; the most wanted ones have room.
const LONGEST_LIST: usize = 64;

impl Faces {
    /// The faces as `fonts/roles.toml` names them.
    ///
    /// # Errors
    /// The table is damaged.
    pub(super) fn official() -> Result<Self, RoleTableError> {
        Ok(Self { names: official_names()? })
    }

    /// The name of a role's face as offices know it: the Chinese one, where it has one.
    pub(super) fn name(&self, role: Role) -> &str {
        let names = self.names(role);
        let chinese = names.iter().find(|name| !name.is_ascii());
        chinese.or(names.first()).map_or("", String::as_str)
    }

    fn names(&self, role: Role) -> &[String] {
        self.names.iter().find(|(known, _)| *known == role).map_or(&[], |(_, names)| names)
    }

    /// The faces of words in this role.
    pub(super) fn fonts(&self, role: Role) -> Element {
        let own = self.name(role);
        let western = if role.takes_latin() { self.name(Role::Latin) } else { own };
        element("w:rFonts")
            .with("w:ascii", western)
            .with("w:eastAsia", own)
            .with("w:hAnsi", western)
            .with("w:cs", self.name(Role::Latin))
    }

    /// `fontTable.xml`: each face with other names of it and what it looks like.
    pub(super) fn table(&self) -> Element {
        super::root("w:fonts").holding_all(Role::ALL.map(|role| {
            let (panose, charset, family, pitch) = looks(role);
            let font = element("w:font").with("w:name", self.name(role));
            let others = self.stand_ins(role);
            let font = if others.is_empty() { font } else { font.holding(val("w:altName", others)) };
            font.holding(val("w:panose1", panose))
                .holding(val("w:charset", charset))
                .holding(val("w:family", family))
                .holding(val("w:pitch", pitch))
        }))
    }

    /// The other names of a role's faces, the most wanted first.
    fn stand_ins(&self, role: Role) -> String {
        let own = self.name(role);
        let mut list = String::new();
        for name in self.names(role).iter().filter(|name| *name != own) {
            let length = name.chars().count();
            if length <= LONGEST_NAME && list.chars().count() + 1 + length <= LONGEST_LIST {
                if !list.is_empty() {
                    list.push(',');
                }
                list.push_str(name);
            }
        }
        list
    }
}

/// PANOSE, character set, family and pitch, by which Word looks for something alike.
fn looks(role: Role) -> (&'static str, &'static str, &'static str, &'static str) {
    const GB2312: &str = "86";
    match role {
        Role::Xiaobiaosong => ("02010601030101010101", GB2312, "auto", "variable"),
        Role::Fangsong | Role::Heiti | Role::Kaiti => ("02010609060101010101", GB2312, "modern", "fixed"),
        Role::Songti => ("02010600030101010101", GB2312, "auto", "variable"),
        Role::Latin => ("02020603050405020304", "00", "roman", "variable"),
    }
}
