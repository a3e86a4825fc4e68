//! The faces of one run: defaults and the user's, who plays which role, and Typst's way to them.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
};

use serde_json::{Value, json};
use typst::{
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_kit::fonts::FontStore;

use gongbao_core::typeface::{CharClass, Role, RoleTable};

use super::{
    FontError, FontWarning,
    cast::{Cast, Link, cast_all},
    face::{Face, Origin},
    gather::{Gathered, best_first},
    index, user,
};

/// All faces of one run, and which role each plays.
///
/// It does not look for faces on the system: what a report looks like must not depend on the machine.
pub struct FontSet {
    store: FontStore,
    faces: Vec<Face>,
    casts: [Cast; Role::ALL.len()],
    has_latin: bool,
    warnings: Vec<FontWarning>,
}

impl FontSet {
    /// The default faces in `default_dir`, and the faces below `user_dirs`, which take over the roles that any of their
    /// names fits.
    ///
    /// The folders of the user come before the defaults: `typst compile --font-path USER --font-path fonts` chooses the
    /// same faces. A face of the user's that plays no role is left alone, unless it shares its family with one that does,
    /// since Typst would choose among them.
    ///
    /// # Errors
    /// Where a folder or a default face is missing or cannot be read.
    pub fn load(default_dir: &Path, user_dirs: &[PathBuf]) -> Result<Self, FontError> {
        let table = RoleTable::read()?;
        let defaults = index::load(default_dir, &table.files)?;
        let mut warnings = Vec::new();
        let found = user::scan(user_dirs, &mut warnings)?;
        let mut gathered = Gathered::default();

        let mut chosen: [Option<usize>; Role::ALL.len()] = [None; Role::ALL.len()];
        let mut known_folders = vec![false; user_dirs.len()];
        for entry in table.roles() {
            for face in best_first(entry, &found) {
                known_folders[face.folder] = true;
                let slot = &mut chosen[entry.key as usize];
                if slot.is_none() {
                    match gathered.push_user(face) {
                        Some(at) => *slot = Some(at),
                        None => warnings.push(FontWarning::Broken(face.path.clone())),
                    }
                }
            }
        }
        let unknown = user_dirs.iter().zip(known_folders).filter(|(_, known)| !known);
        warnings.extend(unknown.map(|(dir, _)| FontWarning::NothingKnown(dir.clone())));
        gathered.push_relatives(&table, &found);
        for face in defaults {
            gathered.push(default_dir.join(&face.file), 0, Origin::Default, face.info, face.sha256);
        }

        let casts = cast_all(&table, &chosen, &gathered)?;
        let mut store = FontStore::new();
        store.extend(gathered.faces.iter().map(|face| face.source()).zip(gathered.infos));
        let has_latin = chosen[Role::Latin as usize].is_some();
        Ok(Self { store, faces: gathered.faces, casts, has_latin, warnings })
    }

    /// What [`typst::World::book`] wants.
    pub fn book(&self) -> &LazyHash<FontBook> {
        self.store.book()
    }

    /// What [`typst::World::font`] wants: the face is mapped when it is first asked for.
    pub fn font(&self, index: usize) -> Option<Font> {
        self.store.font(index)
    }

    /// Reads the roles' faces ahead, in the order in which a report needs them, until `stop` is set.
    ///
    /// Typst takes a digest of each face that it comes by on the way to the one that has a character, of tens of megabytes
    /// in all: a second thread does it while the first report is being read and checked. Nothing but time depends on it.
    pub fn read_ahead(&self, stop: &AtomicBool) {
        let mut seen = BTreeSet::new();
        for role in Role::ALL {
            let cast = self.cast(role);
            // Digits stand in every report, the characters of other classes in few.
            let wanted = |link: &&Link| link.covers.as_ref().is_none_or(|class| class.contains('0'));
            for face in cast.chain.iter().take(cast.main + 1).filter(wanted).map(|link| link.face) {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                if seen.insert(face) {
                    self.font(face).iter().for_each(|font| {
                        typst::utils::hash128(font);
                    });
                }
            }
        }
    }

    /// All faces; their places are those in [`FontSet::book`].
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }

    /// A role's families in order of preference. [`Role::Latin`] without a face of its own is what the body is set in.
    pub fn chain(&self, role: Role) -> &[Link] {
        &self.cast(role).chain
    }

    /// The face that plays the role: an index into [`FontSet::faces`].
    pub fn main_face(&self, role: Role) -> usize {
        let cast = self.cast(role);
        cast.chain.get(cast.main).map_or(0, |link| link.face)
    }

    /// The weight that the role's text is to be set in.
    pub fn weight(&self, role: Role) -> u16 {
        self.cast(role).weight
    }

    /// Whether the user has a face for Latin letters and digits.
    pub fn has_latin(&self) -> bool {
        self.has_latin
    }

    /// What was amiss with the user's faces.
    pub fn warnings(&self) -> &[FontWarning] {
        &self.warnings
    }

    /// `fonts` of the data that the template reads: weight and families of each role (`docs/template-data.md`).
    pub fn families_json(&self) -> Value {
        self.families(|_| true)
    }

    /// The same for these texts. A family that is wanted for some characters only is left out where none of them occurs:
    /// Typst would open the face, of tens of megabytes, to ask it for every other character first.
    pub fn families_json_for<'t>(&self, texts: impl Iterator<Item = &'t str> + Clone) -> Value {
        self.families(|class| texts.clone().flat_map(str::chars).any(|c| class.contains(c)))
    }

    fn families(&self, is_wanted: impl Fn(&CharClass) -> bool) -> Value {
        let roles = Role::ALL.into_iter().filter(|role| *role != Role::Latin).map(|role| {
            let families: Vec<Value> =
                self.chain(role)
                    .iter()
                    .filter_map(|link| match &link.covers {
                        Some(class) => is_wanted(class)
                            .then(|| json!({ "name": link.family, "covers": class.pattern() })),
                        None => Some(json!({ "name": link.family })),
                    })
                    .collect();
            (role.key().to_owned(), json!({ "weight": self.weight(role), "families": families }))
        });
        Value::Object(roles.collect())
    }

    pub(super) fn cast(&self, role: Role) -> &Cast {
        &self.casts[role as usize]
    }
}

impl std::fmt::Debug for FontSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FontSet").field("faces", &self.faces).field("warnings", &self.warnings).finish()
    }
}
