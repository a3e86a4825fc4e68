//! The fonts of a run: default fonts, fonts of the user, the fonts of each role, and access for Typst.

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
    face::{Face, Origin},
    index,
    list::{FaceList, best_first},
    outlines::Subset,
    roles::{RoleFamily, RoleFonts, assign_fonts},
    twin, user,
};

/// What a font program in a PDF is.
pub(crate) enum Hollow {
    /// No subset of a twin.
    No,
    /// A subset of a twin, and the subset of the face that belongs in its place.
    Filled(Subset),
    /// A subset of a twin whose outlines cannot be read.
    Damaged,
}

/// All fonts of a run, with the fonts of each role.
///
/// Fonts installed on the system are not used, so that pages do not depend on the machine.
pub struct FontSet {
    store: FontStore,
    faces: Vec<Face>,
    roles: [RoleFonts; Role::ALL.len()],
    has_latin: bool,
    warnings: Vec<FontWarning>,
}

impl FontSet {
    /// Loads the default fonts in `default_dir` and the fonts below `user_dirs`. A font of the user's replaces that
    /// of a role if one of its names matches.
    ///
    /// The user's folders come before the defaults: `typst compile --font-path USER --font-path fonts` selects the
    /// same fonts. A font of the user's without a role is ignored, unless it has the same family as one with a
    /// role: Typst would select among them.
    ///
    /// # Errors
    /// A folder or a default font is missing or cannot be read.
    pub fn load(default_dir: &Path, user_dirs: &[PathBuf]) -> Result<Self, FontError> {
        let table = RoleTable::read()?;
        let defaults = index::load(default_dir, &table.files)?;
        let mut warnings = Vec::new();
        let found = user::scan(user_dirs, &mut warnings)?;
        let mut faces = FaceList::default();

        let mut chosen: [Option<usize>; Role::ALL.len()] = [None; Role::ALL.len()];
        let mut known_folders = vec![false; user_dirs.len()];
        for entry in table.roles() {
            for face in best_first(entry, &found) {
                known_folders[face.folder] = true;
                let slot = &mut chosen[entry.key as usize];
                if slot.is_none() {
                    match faces.push_user(face) {
                        Some(at) => *slot = Some(at),
                        None => warnings.push(FontWarning::Broken(face.path.clone())),
                    }
                }
            }
        }
        let unknown = user_dirs.iter().zip(known_folders).filter(|(_, known)| !known);
        warnings.extend(unknown.map(|(dir, _)| FontWarning::NothingKnown(dir.clone())));
        faces.push_relatives(&table, &found);
        for face in defaults {
            faces.push(default_dir.join(&face.file), 0, Origin::Default, face.info, face.sha256, face.known);
        }

        let roles = assign_fonts(&table, &chosen, &faces)?;
        let mut store = FontStore::new();
        store.extend(faces.faces.iter().map(|face| face.source()).zip(faces.infos));
        let has_latin = chosen[Role::Latin as usize].is_some();
        Ok(Self { store, faces: faces.faces, roles, has_latin, warnings })
    }

    /// Returns the font book for [`typst::World::book`].
    pub fn book(&self) -> &LazyHash<FontBook> {
        self.store.book()
    }

    /// Returns a font for [`typst::World::font`]; it is mapped at first use.
    pub fn font(&self, index: usize) -> Option<Font> {
        self.store.font(index)
    }

    /// Returns the twin of a font, without outlines; the font itself if it has no twin.
    pub(crate) fn hollow_font(&self, index: usize) -> Option<Font> {
        match self.faces.get(index)?.hollow(index) {
            Some(hollow) => Some(hollow.font.clone()),
            None => self.font(index),
        }
    }

    /// Makes the font program that belongs in place of the subset of a twin in a PDF.
    pub(crate) fn subset(&self, program: &[u8]) -> Hollow {
        let Some((number, glyphs)) = twin::read(program) else { return Hollow::No };
        let hollow = self.faces.get(number).and_then(|face| face.hollow(number));
        match hollow.and_then(|hollow| hollow.outlines.subset(program, &glyphs)) {
            Some(subset) => Hollow::Filled(subset),
            None => Hollow::Damaged,
        }
    }

    /// Whether the face is set with a twin, so that its outlines are copied by this program.
    pub(crate) fn has_twin(&self, index: usize) -> bool {
        self.faces.get(index).is_some_and(|face| face.hollow(index).is_some())
    }

    /// Reads the fonts of the roles ahead, in the order in which a report needs them, until `stop` is set.
    ///
    /// Makes the twins, and the digest that Typst takes of each. A second thread does this while the first report is
    /// read and checked. Results do not depend on it.
    pub fn read_ahead(&self, stop: &AtomicBool) {
        let mut seen = BTreeSet::new();
        for role in Role::ALL {
            let cast = self.role_fonts(role);
            // Digits occur in every report, the characters of other classes in few.
            let wanted = |link: &&RoleFamily| link.covers.as_ref().is_none_or(|class| class.contains('0'));
            for face in cast.chain.iter().take(cast.main + 1).filter(wanted).map(|link| link.face) {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                if seen.insert(face) {
                    self.hollow_font(face).iter().for_each(|font| {
                        typst::utils::hash128(font);
                    });
                }
            }
        }
    }

    /// Returns all faces; their indices are those in [`FontSet::book`].
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }

    /// Returns the families of a role in order of preference. Without a Latin font, those of [`Role::Latin`] are
    /// the families of the body.
    pub fn chain(&self, role: Role) -> &[RoleFamily] {
        &self.role_fonts(role).chain
    }

    /// Returns the index of the main face of a role in [`FontSet::faces`].
    pub fn main_face(&self, role: Role) -> usize {
        let cast = self.role_fonts(role);
        cast.chain.get(cast.main).map_or(0, |link| link.face)
    }

    /// Returns the weight of the text of a role.
    pub fn weight(&self, role: Role) -> u16 {
        self.role_fonts(role).weight
    }

    /// Whether the user has a font for Latin letters and digits.
    pub fn has_latin(&self) -> bool {
        self.has_latin
    }

    /// Returns the first face whose file was to be read and could not.
    pub fn unreadable(&self) -> Option<&Face> {
        self.faces.iter().find(|face| face.has_failed())
    }

    /// Returns the warnings about the user's fonts.
    pub fn warnings(&self) -> &[FontWarning] {
        &self.warnings
    }

    /// Returns `fonts` of the data for the template: weight and families of each role (`docs/template-data.md`).
    pub fn families_json(&self) -> Value {
        self.families(|_| true)
    }

    /// Returns `fonts` for these texts. A family for certain characters is left out if none of them occurs: Typst
    /// would open its face, of tens of megabytes, and search it for every other character first.
    pub fn families_json_for<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Value {
        let mut characters: Vec<char> = texts.flat_map(str::chars).collect();
        characters.sort_unstable();
        characters.dedup();
        self.families(|class| characters.iter().any(|c| class.contains(*c)))
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
            let mut entry = json!({ "weight": self.weight(role), "families": families });
            if let Some(top) = self.dash_top(role).filter(|_| role == Role::Songti) {
                entry["dash_top"] = top.into();
            }
            (role.key().to_owned(), entry)
        });
        Value::Object(roles.collect())
    }

    /// Returns the height of the upper edge of a 一字线 above the baseline in a role, in em. The page number is placed
    /// by it; the template cannot ask a face without outlines.
    fn dash_top(&self, role: Role) -> Option<f64> {
        let face = self.faces.get(self.resolve(role, '—')?.face)?;
        face.dash_top()
    }

    pub(super) fn role_fonts(&self, role: Role) -> &RoleFonts {
        &self.roles[role as usize]
    }
}

impl std::fmt::Debug for FontSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FontSet").field("faces", &self.faces).field("warnings", &self.warnings).finish()
    }
}
