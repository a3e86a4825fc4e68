//! The names of a face, and the rank of an official font in a role.

use ttf_parser::{Face, PlatformId, name_id};

use gongbao_core::typeface::RoleEntry;

/// Returns the family, full, PostScript and typographic family names of a face in all languages, normalised by
/// [`comparable`].
pub(super) fn of(face: &Face<'_>) -> Vec<String> {
    const WANTED: [u16; 4] =
        [name_id::FAMILY, name_id::FULL_NAME, name_id::POST_SCRIPT_NAME, name_id::TYPOGRAPHIC_FAMILY];
    let mut names: Vec<String> = face
        .names()
        .into_iter()
        .filter(|name| WANTED.contains(&name.name_id))
        .filter_map(|name| {
            let text = name.to_string().or_else(|| match (name.platform_id, name.encoding_id) {
                // Old fonts have Chinese names for the Macintosh in GBK, and English ones in ASCII.
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

/// Normalises a name: without case, spaces and underscores, which differ between vendors.
pub(super) fn comparable(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '\0'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns the best rank of `names` in the role's list of official fonts; 0 is the most preferred.
pub(super) fn rank(entry: &RoleEntry, names: &[String]) -> Option<usize> {
    entry.official.iter().position(|official| {
        let official = comparable(official);
        names.contains(&official)
    })
}
