//! Finds the folder of the default fonts.

use std::path::{Path, PathBuf};

use gongbao_core::paths::PathExt;
use gongbao_core::typeface::RoleTable;

use super::FontError;

/// Finds the folder of the default fonts: `explicit` (the value of `GONGBAO_FONTS`), otherwise beside the
/// executable `exe` or up to two folders above it, otherwise in the repository that the program was built from.
///
/// # Errors
/// `explicit` is not a folder or is incomplete, or no folder contains all fonts.
pub fn default_dir(explicit: Option<&Path>, exe: Option<&Path>) -> Result<PathBuf, FontError> {
    let files = RoleTable::read()?.files;
    let lacking =
        |dir: &Path| files.iter().filter(|file| !dir.join(file).is_file()).cloned().collect::<Vec<_>>();
    if let Some(dir) = explicit {
        let missing = lacking(dir);
        return match missing.is_empty() {
            true => Ok(dir.to_owned()),
            false => Err(FontError::DefaultIncomplete { dir: dir.to_owned(), missing }),
        };
    }
    // The executable may be a symbolic link.
    let exe = exe.map(|exe| exe.canonical().unwrap_or_else(|_| exe.to_owned()));
    let above = exe.iter().flat_map(|exe| exe.ancestors().skip(1).take(3)).map(|dir| dir.join("fonts"));
    // Empty in a packaged program, which has its fonts beside it.
    let repository = Some(env!("GONGBAO_ROOT")).filter(|root| !root.is_empty());
    let tried: Vec<PathBuf> = above.chain(repository.map(|root| Path::new(root).join("fonts"))).collect();
    match tried.iter().find(|dir| lacking(dir).is_empty()) {
        Some(dir) => Ok(dir.clone()),
        None => Err(FontError::DefaultNotFound(tried)),
    }
}
