//! Collects the faces of a run in the order in which Typst sees them.

use std::path::PathBuf;

use typst::text::FontInfo;

use gongbao_core::typeface::{RoleEntry, RoleTable};

use super::{
    face::{Face, KnownFace, Origin},
    index, mapped, names,
    user::UserFace,
};

/// The collected faces, in the order in which Typst sees them.
#[derive(Default)]
pub(super) struct FaceList {
    pub(super) faces: Vec<Face>,
    pub(super) infos: Vec<FontInfo>,
}

impl FaceList {
    pub(super) fn push(
        &mut self,
        path: PathBuf,
        index: u32,
        origin: Origin,
        info: FontInfo,
        sha256: Option<String>,
        known: KnownFace,
    ) -> usize {
        self.faces.push(Face::new(path, index, origin, &info, sha256, known));
        self.infos.push(info);
        self.faces.len() - 1
    }

    /// Adds a face of the user's, if it is not in the list; `None` if the file is not a valid font.
    pub(super) fn push_user(&mut self, face: &UserFace) -> Option<usize> {
        let same = |known: &Face| known.path == face.path && known.index == face.index;
        if let Some(at) = self.faces.iter().position(same) {
            return Some(at);
        }
        let info = index::info(&mapped::map(&face.path).ok()?, face.index)?;
        Some(self.push(face.path.clone(), face.index, Origin::User, info, None, KnownFace::default()))
    }

    /// Adds the user's faces that have the same family as a face in the list: Typst selects among them.
    pub(super) fn push_relatives(&mut self, table: &RoleTable, found: &[UserFace]) {
        let chains = table.roles().iter().flat_map(|entry| &entry.chain).map(|family| family.family.as_str());
        let mut families: Vec<String> =
            chains.chain(self.faces.iter().map(|face| face.family.as_str())).map(str::to_lowercase).collect();
        families.sort();
        families.dedup();
        for face in found {
            // Typst removes suffixes from names, so a name that does not begin with a family in the list need not
            // be read.
            let may_be = |family: &String| {
                let family = names::comparable(family);
                face.names.iter().any(|name| name.starts_with(&family))
            };
            if !families.iter().any(may_be) {
                continue;
            }
            let before = self.faces.len();
            if let Some(at) = self.push_user(face)
                && at == before
                && !families.contains(&self.infos[at].family.to_lowercase())
            {
                self.faces.pop();
                self.infos.pop();
            }
        }
    }
}

/// Returns the user's faces for a role, best first: by the list of names, then upright faces, then by weight.
pub(super) fn best_first<'a>(entry: &RoleEntry, found: &'a [UserFace]) -> Vec<&'a UserFace> {
    let mut fitting: Vec<_> = found
        .iter()
        .filter_map(|face| {
            let rank = names::rank(entry, &face.names)?;
            Some(((rank, !face.upright, face.weight.abs_diff(400)), face))
        })
        .collect();
    // The sort is stable: equal faces stay in the order of folders and paths.
    fitting.sort_by_key(|(key, _)| *key);
    fitting.into_iter().map(|(_, face)| face).collect()
}
