//! The root of a run: the folder below which a report may refer to other files.

use gongbao_core::paths::PathExt;
use std::path::{Path, PathBuf};

/// Returns the working folder if everything that was named lies below it, otherwise the folder that all of it has in
/// common; `None` if nothing was named or nothing is in common.
pub(super) fn root(named: &[&Path]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = named.iter().filter_map(|path| folder(path)).collect();
    let here = std::env::current_dir().ok()?.canonical().ok()?;
    if folders.iter().all(|folder| folder.starts_with(&here)) {
        return Some(here);
    }
    let (first, others) = folders.split_first()?;
    let mut common = first.clone();
    for other in others {
        while !other.starts_with(&common) {
            common = common.parent()?.to_owned();
        }
    }
    Some(common)
}

/// Returns the folder itself, or the folder of a file, which need not exist yet.
fn folder(path: &Path) -> Option<PathBuf> {
    if path.is_dir() {
        return path.canonical().ok();
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    folder.canonical().ok()
}
