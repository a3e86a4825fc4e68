//! Typefaces by their official names, with alternatives for computers that lack them.

use super::xml::{Element, element, val};
use gongbao_core::typeface::{Role, RoleTableError, official_names};

/// Names of the typefaces.
pub(super) struct Faces {
    names: Vec<(Role, Vec<String>)>,
}

/// Word's limit for the name of a font.
const LONGEST_NAME: usize = 31;
/// Limit for the list of alternatives: Word stores name and list in a record whose length is one byte.
const LONGEST_LIST: usize = 64;

impl Faces {
    /// Reads the names from `fonts/roles.toml`.
    ///
    /// # Errors
    /// The table is invalid.
    pub(super) fn official() -> Result<Self, RoleTableError> {
        Ok(Self { names: official_names()? })
    }

    /// Name of a role's typeface, the Chinese one if there is one.
    pub(super) fn name(&self, role: Role) -> &str {
        let names = self.names(role);
        let chinese = names.iter().find(|name| !name.is_ascii());
        chinese.or(names.first()).map_or("", String::as_str)
    }

    fn names(&self, role: Role) -> &[String] {
        self.names.iter().find(|(known, _)| *known == role).map_or(&[], |(_, names)| names)
    }

    /// The `w:rFonts` element of a role.
    pub(super) fn fonts(&self, role: Role) -> Element {
        let own = self.name(role);
        let western = if role.takes_latin() { self.name(Role::Latin) } else { own };
        element("w:rFonts")
            .attribute("w:ascii", western)
            .attribute("w:eastAsia", own)
            .attribute("w:hAnsi", western)
            .attribute("w:cs", self.name(Role::Latin))
    }

    /// `fontTable.xml`: each typeface with alternatives and its appearance.
    pub(super) fn table(&self) -> Element {
        super::root("w:fonts").children(Role::ALL.map(|role| {
            let (panose, charset, family, pitch) = appearance(role);
            let font = element("w:font").attribute("w:name", self.name(role));
            let others = self.alternatives(role);
            let font = if others.is_empty() { font } else { font.child(val("w:altName", others)) };
            font.child(val("w:panose1", panose))
                .child(val("w:charset", charset))
                .child(val("w:family", family))
                .child(val("w:pitch", pitch))
        }))
    }

    /// Alternative names of a role's typeface, most preferred first.
    fn alternatives(&self, role: Role) -> String {
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

/// PANOSE number, character set, family and pitch, by which Word chooses a substitute.
fn appearance(role: Role) -> (&'static str, &'static str, &'static str, &'static str) {
    const GB2312: &str = "86";
    match role {
        Role::Xiaobiaosong => ("02010601030101010101", GB2312, "auto", "variable"),
        Role::Fangsong | Role::Heiti | Role::Kaiti => ("02010609060101010101", GB2312, "modern", "fixed"),
        Role::Songti => ("02010600030101010101", GB2312, "auto", "variable"),
        Role::Latin => ("02020603050405020304", "00", "roman", "variable"),
    }
}
