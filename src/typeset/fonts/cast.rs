//! Who plays which role.

use typst::text::{FontBook, FontStretch, FontStyle, FontVariant, FontWeight};

use gongbao_core::typeface::{CharClass, Role, RoleTable, class};

use super::{FontError, gather::Gathered};

/// One family of a role, in order of preference.
#[derive(Debug, Clone)]
pub struct Link {
    /// The family's name as Typst reads it.
    pub family: String,
    /// The only characters that it is wanted for; all where there is no class.
    pub covers: Option<CharClass>,
    /// The face that Typst takes of the family at the role's weight: an index into [`FontSet::faces`](super::FontSet::faces).
    pub face: usize,
}

/// What a role is set in.
#[derive(Debug)]
pub(super) struct Cast {
    pub(super) weight: u16,
    pub(super) chain: Vec<Link>,
    /// The link of the face that plays the role; the links after it fill its gaps.
    pub(super) main: usize,
}

/// Gives every role its families.
pub(super) fn cast_all(
    table: &RoleTable,
    chosen: &[Option<usize>; Role::ALL.len()],
    gathered: &Gathered,
) -> Result<[Cast; Role::ALL.len()], FontError> {
    let book = FontBook::from_infos(gathered.infos.iter().cloned());
    let entry = |role: Role| {
        let found = table.roles().iter().find(|entry| entry.key == role);
        found.ok_or_else(|| FontError::Table(format!("没有 {}", role.key())))
    };
    let mut casts = Vec::new();
    for role in Role::ALL {
        // Without a face of its own, Latin text is set as the body is.
        let latin = chosen[Role::Latin as usize];
        let base = entry(if role == Role::Latin { Role::Fangsong } else { role })?;
        let own = chosen[base.key as usize];
        let mut weight = base.weight;
        let mut wanted: Vec<(String, Option<CharClass>)> = Vec::new();
        if let Some(at) = latin.filter(|_| role.takes_latin() || role == Role::Latin) {
            wanted.push((gathered.faces[at].family.clone(), class(entry(Role::Latin)?.covers.as_deref())?));
        }
        if let Some(at) = own {
            let face = &gathered.faces[at];
            // A family of several weights must give the face that was recognised.
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
            chain.push(Link { family, covers, face });
        }
        let main = match (role, latin, own, &base.face) {
            (Role::Latin, Some(_), _, _) => Some(0),
            (_, _, Some(at), _) => chain.iter().position(|link| link.face == at),
            (_, _, None, Some(name)) => {
                chain.iter().position(|link| link.covers.is_none() && link.family == *name)
            }
            _ => None,
        };
        casts.push(Cast { weight, chain, main: main.unwrap_or(0) });
    }
    casts.try_into().map_err(|_| FontError::Table("角色数目不符".into()))
}

/// The face that Typst takes of a family at a weight.
fn select(book: &FontBook, family: &str, weight: u16) -> Option<usize> {
    let weight = FontWeight::from_number(weight);
    let variant = FontVariant::new(FontStyle::Normal, weight, FontStretch::NORMAL);
    book.select(&family.to_lowercase(), variant)
}
