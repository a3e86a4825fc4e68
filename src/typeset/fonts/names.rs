//! All the names of a face, and which role an official face plays.

use ttf_parser::{Face, PlatformId, name_id};

use gongbao_core::typeface::RoleEntry;

/// Family, full, PostScript and typographic family names of a face, in every language, ready to be compared.
pub(super) fn of(face: &Face<'_>) -> Vec<String> {
    const WANTED: [u16; 4] =
        [name_id::FAMILY, name_id::FULL_NAME, name_id::POST_SCRIPT_NAME, name_id::TYPOGRAPHIC_FAMILY];
    let mut names: Vec<String> = face
        .names()
        .into_iter()
        .filter(|name| WANTED.contains(&name.name_id))
        .filter_map(|name| {
            let text = name.to_string().or_else(|| match (name.platform_id, name.encoding_id) {
                // Old faces write Chinese names for the Macintosh in GBK, and English ones in ASCII.
                (PlatformId::Macintosh, 0 | 25) => encoding_rs::GBK
                    .decode_without_bom_handling_and_without_replacement(name.name)
                    .map(String::from),
                _ => None,
            })?;
            Some(comparable(&text))
        })
        .filter(|name| !name.is_empty())
        .collect();
    names.sort();
    names.dedup();
    names
}

/// A name without what makers write in one way here and in another there: case, spaces, underscores.
pub(super) fn comparable(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '\0'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The place of the best of `names` in the role's list of official faces; 0 is the most wanted.
pub(super) fn rank(entry: &RoleEntry, names: &[String]) -> Option<usize> {
    entry.official.iter().position(|official| {
        let official = comparable(official);
        names.contains(&official)
    })
}
