//! Assigns fonts to roles.

use typst::text::{FontBook, FontStretch, FontStyle, FontVariant, FontWeight};

use gongbao_core::typeface::{CharClass, Role, RoleTable, class};

use super::{FontError, list::FaceList};

/// A font family of a role.
#[derive(Debug, Clone)]
pub struct RoleFamily {
    /// Name of the family as Typst reads it.
    pub family: String,
    /// The characters that the family is used for; all characters if `None`.
    pub covers: Option<CharClass>,
    /// Index in [`FontSet::faces`](super::FontSet::faces) of the face that Typst selects from the family at the
    /// weight of the role.
    pub face: usize,
}

/// The fonts of a role.
#[derive(Debug)]
pub(super) struct RoleFonts {
    pub(super) weight: u16,
    pub(super) chain: Vec<RoleFamily>,
    /// Index of the main family in `chain`; the families after it supply missing characters.
    pub(super) main: usize,
}

/// Assigns families to every role.
pub(super) fn assign_fonts(
    table: &RoleTable,
    chosen: &[Option<usize>; Role::ALL.len()],
    faces: &FaceList,
) -> Result<[RoleFonts; Role::ALL.len()], FontError> {
    let book = FontBook::from_infos(faces.infos.iter().cloned());
    let entry = |role: Role| {
        let found = table.roles().iter().find(|entry| entry.key == role);
        found.ok_or_else(|| FontError::Table(format!("没有 {}", role.key())))
    };
    let mut roles = Vec::new();
    for role in Role::ALL {
        // Without a Latin font, Latin text uses the fonts of the body.
        let latin = chosen[Role::Latin as usize];
        let base = entry(if role == Role::Latin { Role::Fangsong } else { role })?;
        let own = chosen[base.key as usize];
        let mut weight = base.weight;
        let mut wanted: Vec<(String, Option<CharClass>)> = Vec::new();
        if let Some(at) = latin.filter(|_| role.takes_latin() || role == Role::Latin) {
            wanted.push((faces.faces[at].family.clone(), class(entry(Role::Latin)?.covers.as_deref())?));
        }
        if let Some(at) = own {
            let face = &faces.faces[at];
            // In a family with several weights, Typst must select the recognised face.
            if select(&book, &face.family, weight) != Some(at) {
                weight = face.weight;
            }
            wanted.push((face.family.clone(), None));
        }
        for link in &base.chain {
            wanted.push((link.family.clone(), class(link.covers.as_deref())?));
        }
        let mut chain = Vec::new();
        for (family, covers) in wanted {
            let Some(face) = select(&book, &family, weight) else {
                return Err(FontError::NoFamily { role: role.name(), family });
            };
            chain.push(RoleFamily { family, covers, face });
        }
        let main = match (role, latin, own, &base.face) {
            (Role::Latin, Some(_), _, _) => Some(0),
            (_, _, Some(at), _) => chain.iter().position(|link| link.face == at),
            (_, _, None, Some(name)) => {
                chain.iter().position(|link| link.covers.is_none() && link.family == *name)
            }
            _ => None,
        };
        roles.push(RoleFonts { weight, chain, main: main.unwrap_or(0) });
    }
    roles.try_into().map_err(|_| FontError::Table("角色数目不符".into()))
}

/// Returns the index of the face that Typst selects from a family at a weight.
fn select(book: &FontBook, family: &str, weight: u16) -> Option<usize> {
    let weight = FontWeight::from_number(weight);
    let variant = FontVariant::new(FontStyle::Normal, weight, FontStretch::NORMAL);
    book.select(&family.to_lowercase(), variant)
}
