//! Writes a site to a folder, atomically; only an older site of this program is replaced.

use std::{
    collections::BTreeSet,
    fmt, io,
    path::{Path, PathBuf},
};

use super::{
    gather::Site,
    index::{self, GENERATOR, INDEX},
};
use crate::output::{LARGEST_OUTPUT, temporary::TemporaryFolder};
use gongbao_core::{digest::sha256, file, paths::PathExt};
use serde_json::Value;

/// Error from writing a site. The existing folder is unchanged.
#[derive(Debug)]
pub enum SiteError {
    /// The folder exists and is not a site of this program, or contains other files.
    NotOurs {
        /// The folder.
        folder: PathBuf,
        /// Files that do not belong to a site.
        others: Vec<PathBuf>,
    },
    /// A file changed while it was being copied.
    Changed(PathBuf),
    /// A file or folder cannot be read or written.
    Io {
        /// Path.
        path: PathBuf,
        /// Cause of the error.
        error: io::Error,
    },
}

impl fmt::Display for SiteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs { folder, others } if others.contains(folder) => {
                write!(f, "“{}”不是文件夹，没有动它。请换一个文件夹", folder.to_text())
            }
            Self::NotOurs { folder, others } => {
                let names: Vec<String> =
                    others.iter().take(5).map(|path| format!("“{}”", path.to_text())).collect();
                let more = if others.len() > 5 { format!("等{}个", others.len()) } else { String::new() };
                write!(
                    f,
                    "“{}”里有不是 gongbao site 放的东西（{}{more}），没有动它。请换一个文件夹，或先把这些移走",
                    folder.to_text(),
                    names.join("、")
                )
            }
            Self::Changed(path) => {
                write!(f, "“{}”在复制时被改动了，什么都没有放。请等它写完后再试一次", path.to_text())
            }
            Self::Io { path, error } => {
                write!(f, "“{}”读写不了：{error}。请检查权限和磁盘，原有的没有改动", path.to_text())
            }
        }
    }
}

impl std::error::Error for SiteError {}

/// Writes the site to a folder and replaces an older site. All files are written to a temporary folder first.
///
/// # Errors
/// See [`SiteError`].
pub fn put(site: &Site, folder: &Path) -> Result<(), SiteError> {
    // A link is resolved, so that its target is replaced.
    let folder = &folder.canonical().unwrap_or_else(|_| folder.to_owned());
    let stands = folder.symlink_metadata().is_ok();
    let others = others(folder);
    if !others.is_empty() {
        return Err(SiteError::NotOurs { folder: folder.to_owned(), others });
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(failed(parent))?;
    let fresh = TemporaryFolder::new(parent).map_err(failed(parent))?;
    let new = fresh.path().join("new");
    write(site, &new)?;
    if stands {
        let aside = TemporaryFolder::new(parent).map_err(failed(parent))?;
        let old = aside.path().join("old");
        std::fs::rename(folder, &old).map_err(failed(folder))?;
        if let Err(error) = std::fs::rename(&new, folder) {
            // The old site is restored.
            let _ = std::fs::rename(&old, folder);
            return Err(failed(folder)(error));
        }
    } else {
        std::fs::rename(&new, folder).map_err(failed(folder))?;
    }
    Ok(())
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> SiteError {
    let path = path.to_owned();
    move |error| SiteError::Io { path, error }
}

fn write(site: &Site, folder: &Path) -> Result<(), SiteError> {
    let save = |path: &Path, bytes: &[u8]| {
        crate::output::save_new(path, bytes)
            .map_err(|error| SiteError::Io { path: error.path, error: error.error })
    };
    for report in &site.reports {
        for file in &report.files {
            let bytes = file::read(&file.source, LARGEST_OUTPUT).map_err(failed(&file.source))?;
            // The file may have changed since it was checked, so it is checked again.
            if sha256(&bytes) != file.entry.sha256 {
                return Err(SiteError::Changed(file.source.clone()));
            }
            save(&folder.join(&report.stem).join(&file.name), &bytes)?;
        }
    }
    save(&folder.join(INDEX[0]), index::for_people(site).as_bytes())?;
    save(&folder.join(INDEX[1]), index::for_programs(site).as_bytes())
}

/// Returns the files in a folder that do not belong to a site of this program.
fn others(folder: &Path) -> Vec<PathBuf> {
    let Ok(metadata) = folder.symlink_metadata() else { return Vec::new() };
    if !metadata.is_dir() {
        return vec![folder.to_owned()];
    }
    let ours = ours(folder);
    let mut found = Vec::new();
    collect(folder, Path::new(""), &ours, &mut found);
    found.sort();
    found
}

/// Returns the files listed in the `index.json` of a site, relative to the folder.
fn ours(folder: &Path) -> BTreeSet<PathBuf> {
    let index = file::read(&folder.join(INDEX[1]), LARGEST_OUTPUT).unwrap_or_default();
    let index: Value = serde_json::from_slice(&index).unwrap_or_default();
    if index["generator"] != GENERATOR {
        return BTreeSet::new();
    }
    let reports = index["reports"].as_array().map(Vec::as_slice).unwrap_or_default();
    let files = reports.iter().filter_map(|report| report["files"].as_array()).flatten();
    let paths = files.filter_map(|file| file["path"].as_str()).map(PathBuf::from);
    paths.chain(INDEX.map(PathBuf::from)).collect()
}

fn collect(folder: &Path, below: &Path, ours: &BTreeSet<PathBuf>, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder.join(below)) else {
        // A folder that cannot be read is not replaced.
        found.push(folder.join(below));
        return;
    };
    for entry in entries {
        let Ok(entry) = entry else {
            found.push(folder.join(below));
            continue;
        };
        let below = below.join(entry.file_name());
        // Links are not followed; a link does not belong to a site.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(folder, &below, ours, found);
        } else if !ours.contains(&below) {
            found.push(folder.join(&below));
        }
    }
}
