//! Finds the public files of an output folder: those in `public` that a manifest lists and that have not changed
//! since the build.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fmt,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use crate::output::{LARGEST_OUTPUT, OutputEntry, Subject, manifest::Manifest};
use gongbao_core::{digest::sha256, file, paths::PathExt};

/// The public files of an output folder, and the files that were left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// The reports, sorted by region and body, newest first.
    pub reports: Vec<SiteReport>,
    /// Files and folders that were left out.
    pub left_out: Vec<LeftOut>,
}

/// A report with its public files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteReport {
    /// Name of the folder, which is the stem of its files.
    pub stem: String,
    /// Body and title of the report.
    pub subject: Subject,
    /// The public files, sorted by name; at least one.
    pub files: Vec<SiteFile>,
}

/// A public file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// Path of the file.
    pub source: PathBuf,
    /// File name.
    pub name: String,
    /// Entry of the manifest.
    pub entry: OutputEntry,
}

/// A file or folder that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Path.
    pub path: PathBuf,
    /// Reason.
    pub why: NotPublic,
}

/// Why a file or folder is not put on the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPublic {
    /// No manifest lists the file.
    Unlisted,
    /// The file has changed since the build.
    Changed,
    /// The file contains an earlier version of the report.
    Outdated,
    /// The file is listed and does not exist.
    Gone,
    /// The file or folder is a link.
    Link,
    /// The file cannot be read.
    Unreadable,
    /// The manifest is missing.
    NoManifest,
    /// The manifest cannot be parsed.
    BadManifest,
    /// The manifest has no body and title.
    OldManifest,
}

impl NotPublic {
    /// Whether a file that belongs on the site is missing.
    pub fn is_missed(self) -> bool {
        self != Self::Unlisted
    }
}

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unlisted => "不在生成清单里，不是本程序生成的。要公开的，请另行上传",
            Self::Changed => "和生成时不一样，可能被改过。请用 gongbao build 重新生成",
            Self::Outdated => "是按改动以前的数据生成的。请用 gongbao build 重新生成",
            Self::Gone => "生成清单里有，文件不在了。请用 gongbao build 重新生成",
            Self::Unreadable => "读不出来。请检查权限和磁盘",
            Self::Link => "是链接，不是文件本身。请换成文件，或用 gongbao build 重新生成",
            Self::NoManifest => "缺生成清单（manifest.json）。请用 gongbao build 重新生成",
            Self::BadManifest => "生成清单读不懂。请用 gongbao build --force 重新生成",
            Self::OldManifest => {
                "生成清单是旧版本写的，没有写是谁的报告。请用 gongbao build --force 重新生成"
            }
        })
    }
}

/// Finds the public files of an output folder (or of the folder of one report).
///
/// # Errors
/// The folder cannot be read.
pub fn gather(out: &Path) -> std::io::Result<Site> {
    let mut site = Site::default();
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(out)? {
        let path = entry?.path();
        if path.is_dir() && !hidden(path.file_name()) {
            folders.push(path);
        }
    }
    folders.sort();
    if out.join("manifest.json").is_file() {
        // A path such as `.` has no file name.
        folders = vec![out.canonical()?];
    }
    folders.iter().for_each(|folder| report(folder, &mut site));
    site.reports.sort_by(|a, b| {
        let body = |report: &SiteReport| (report.subject.region.clone(), report.subject.agency.clone());
        body(a).cmp(&body(b)).then(b.subject.year.cmp(&a.subject.year)).then(a.stem.cmp(&b.stem))
    });
    Ok(site)
}

/// Whether a name begins with a dot, like files of the operating system and of editors.
fn hidden(name: Option<&OsStr>) -> bool {
    name.is_none_or(|name| name.to_string_lossy().starts_with('.'))
}

fn report(folder: &Path, site: &mut Site) {
    let public = folder.join("public");
    let mut left_out = |path: PathBuf, why| site.left_out.push(LeftOut { path, why });
    let path = folder.join("manifest.json");
    if path.try_exists().is_err() {
        return left_out(path, NotPublic::Unreadable);
    }
    if !path.is_file() {
        // Folders without outputs are ignored; a folder with outputs must have a manifest.
        if public.is_dir() {
            left_out(folder.to_owned(), NotPublic::NoManifest);
        }
        return;
    }
    let Ok(bytes) = file::read(&path, LARGEST_OUTPUT) else { return left_out(path, NotPublic::Unreadable) };
    let Ok(manifest) = serde_json::from_slice::<Manifest>(&bytes) else {
        return left_out(path, NotPublic::BadManifest);
    };
    let Some(subject) = manifest.report.clone() else { return left_out(path, NotPublic::OldManifest) };
    if public.is_symlink() {
        return left_out(public, NotPublic::Link);
    }
    let mut files = Vec::new();
    let mut listed = BTreeSet::new();
    for (name, entry) in public_entries(&manifest) {
        listed.insert(name.to_owned());
        let source = public.join(name);
        let outdated = (entry.data != manifest.data).then_some(NotPublic::Outdated);
        match state(&source, entry).or(outdated) {
            None => files.push(SiteFile { source, name: name.to_owned(), entry: entry.clone() }),
            Some(why) => left_out(source, why),
        }
    }
    for path in beside(&public) {
        if !path.file_name().is_some_and(|name| listed.contains(name.to_string_lossy().as_ref())) {
            left_out(path, NotPublic::Unlisted);
        }
    }
    if let (Some(stem), false) = (folder.file_name(), files.is_empty()) {
        let stem = stem.to_string_lossy().into_owned();
        site.reports.push(SiteReport { stem, subject, files });
    }
}

/// Returns the entries of a manifest for files directly in `public`. Other paths could be forged to lead out of the
/// folder.
fn public_entries(manifest: &Manifest) -> Vec<(&str, &OutputEntry)> {
    let mut entries: Vec<(&str, &OutputEntry)> = manifest
        .outputs
        .iter()
        .filter_map(|entry| Some((entry.path.strip_prefix("public/")?, entry)))
        .filter(|(name, _)| {
            !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':', '\0'])
        })
        .collect();
    entries.sort_by_key(|(name, _)| *name);
    entries.dedup_by_key(|(name, _)| *name);
    entries
}

/// Checks a file; `None` if it is as the manifest lists it.
fn state(path: &Path, entry: &OutputEntry) -> Option<NotPublic> {
    match path.symlink_metadata() {
        Ok(metadata) if metadata.is_symlink() => Some(NotPublic::Link),
        Ok(metadata) if !metadata.is_file() => Some(NotPublic::Changed),
        Ok(_) => match file::read(path, LARGEST_OUTPUT) {
            Ok(bytes) if sha256(&bytes) == entry.sha256 => None,
            Ok(_) => Some(NotPublic::Changed),
            Err(_) => Some(NotPublic::Unreadable),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Some(NotPublic::Gone),
        Err(_) => Some(NotPublic::Unreadable),
    }
}

/// Lists a folder, sorted, without hidden files.
fn beside(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| !hidden(path.file_name()))
        .collect();
    paths.sort();
    paths
}
