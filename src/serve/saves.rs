//! Saved versions of a report, which the user can restore.
//!
//! The file is saved before a change, but not at every keystroke: at most once a minute, and whenever another program
//! has changed it. The oldest versions are removed.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use axum::http::StatusCode;
use serde::Serialize;

use super::{
    answer::{Answer, Json, Refusal},
    differences::Differences,
    request::{RestoreRequest, VersionRequest},
    trouble,
    workspace::{Opened, Workspace},
};
use gongbao_core::{
    digest::sha256,
    file::{self, LARGEST_REPORT},
};
use gongbao_formats::load::load;

use crate::output::{create_folder_like, remove, save, save_new};

/// Maximum number of saved versions of a report.
const MOST: usize = 50;
/// Minimum time between two saved versions.
const INTERVAL: Duration = Duration::from_mins(1);

/// The answer of `GET /api/saves`: a saved version.
#[derive(Debug, Serialize)]
pub(super) struct SavedVersion {
    /// Time of saving, in seconds since 1970.
    at: u64,
    /// Digest of the bytes.
    version: String,
    bytes: u64,
    /// What the next version changed, in words.
    summary: String,
}

/// The file of a saved version.
struct Save {
    number: u64,
    path: PathBuf,
}

impl Workspace {
    /// Returns the folder of the saved versions of a report.
    pub(super) fn saves_folder(&self, relative: &str) -> PathBuf {
        let folder = self.place.own().join("saves");
        relative.split('/').fold(folder, |path, part| path.join(part))
    }

    /// Returns the saved versions of a report, oldest first.
    fn saved(&self, relative: &str) -> Vec<Save> {
        let entries = std::fs::read_dir(self.saves_folder(relative)).into_iter().flatten().flatten();
        let mut saves: Vec<Save> = entries
            .filter_map(|entry| {
                let path = entry.path();
                let number = path.file_stem()?.to_str()?.parse().ok()?;
                path.is_file().then_some(Save { number, path })
            })
            .collect();
        saves.sort_by_key(|save| save.number);
        saves
    }

    /// Saves the current version of a report before a change, if it is due.
    pub(super) fn save_version(&self, old: &Opened) -> Result<(), Refusal> {
        let saves = self.saved(&old.relative);
        let is_ours = self.written.get(&old.relative) == Some(&old.version);
        let age = saves.last().and_then(|last| last.path.metadata().ok()?.modified().ok()?.elapsed().ok());
        if is_ours && age.is_some_and(|age| age < INTERVAL) {
            return Ok(());
        }
        self.save_version_now(old)
    }

    /// Saves the current version of a report, unless it is the last saved one.
    fn save_version_now(&self, old: &Opened) -> Result<(), Refusal> {
        // Saved versions lie in the folder, never where a link leads.
        let own = self.place.own();
        let saves_folder = self.saves_folder(&old.relative);
        if saves_folder.ancestors().take_while(|folder| folder.starts_with(&own)).any(Path::is_symlink) {
            let error = "保存旧版本的文件夹（.gongbao）里有链接，没有保存。请把链接移走";
            return Err(Refusal::failed(error));
        }
        let saves = self.saved(&old.relative);
        let last = saves.last().and_then(|last| file::read(&last.path, LARGEST_REPORT).ok());
        if last.is_some_and(|bytes| sha256(&bytes) == old.version) {
            return Ok(());
        }
        let next = saves.last().map_or(1, |last| last.number + 1);
        let folder = self.saves_folder(&old.relative);
        let path = folder.join(format!("{next:06}.toml"));
        create_folder_like(&folder, &old.path).map_err(Refusal::failed)?;
        save_new(&path, &old.bytes).map_err(|error| trouble::not_written(&error))?;
        for old in saves.iter().rev().skip(MOST - 1) {
            remove(&old.path).map_err(|error| trouble::not_written(&error))?;
        }
        Ok(())
    }

    /// Lists the saved versions of a report, latest first.
    pub(super) fn saves(&self, relative: &str) -> Vec<SavedVersion> {
        let saves = self.saved(relative);
        let entry = |save: &Save| {
            let meta = save.path.metadata().ok()?;
            let at = meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
            let version = sha256(&file::read(&save.path, LARGEST_REPORT).ok()?);
            Some(SavedVersion { at, version, bytes: meta.len(), summary: String::new() })
        };
        saves.iter().rev().filter_map(entry).collect()
    }

    /// Lists the saved versions of a report, latest first, with what was changed after each.
    pub(super) fn summarised_saves(&self, relative: &str) -> Answer<Vec<SavedVersion>> {
        let opened = self.open(relative)?;
        let read = |bytes: Vec<u8>| load(relative, Ok(bytes), opened.base(), false).file;
        let mut later = opened.loaded.file.clone();
        let mut saves = self.saves(relative);
        for save in &mut saves {
            let file = self.saved_bytes(relative, &save.version).and_then(read);
            save.summary = match (&file, &later) {
                (Some(file), Some(later)) => Differences::between(file, later).summary(),
                _ => String::new(),
            };
            later = file.or(later);
        }
        Ok(Json(saves))
    }

    /// Returns the bytes of a saved version.
    pub(super) fn saved_bytes(&self, relative: &str, version: &str) -> Option<Vec<u8>> {
        let saves = self.saved(relative).into_iter().rev();
        saves
            .filter_map(|save| gongbao_core::file::read(&save.path, gongbao_core::file::LARGEST_REPORT).ok())
            .find(|bytes| sha256(bytes) == version)
    }

    /// Returns what differs between a saved version and the report as it is.
    pub(super) fn difference(&mut self, request: &VersionRequest) -> Answer<Differences> {
        let VersionRequest { file: relative, version } = request;
        let opened = self.open(relative)?;
        let now = opened.file()?;
        let bytes = self.saved_bytes(relative, version);
        let bytes = bytes.ok_or_else(|| Refusal::missing("这一次保存的内容已经没有了"))?;
        let loaded = load(relative, Ok(bytes), opened.base(), false);
        let then = loaded.file.ok_or_else(|| Refusal::unfit("这一次保存的内容读不出来"))?;
        Ok(Json(Differences::between(&then, now)))
    }

    /// Replaces the report by a saved version; the current version is saved first.
    pub(super) fn restore(&mut self, request: &RestoreRequest) -> Answer {
        let RestoreRequest { file: relative, base, version: wanted } = request;
        let opened = self.open(relative)?;
        self.may_edit(&opened)?;
        if opened.version != *base {
            return Err(Refusal::new(StatusCode::CONFLICT, "这份报告已经在别处改过，没有恢复。请刷新后再试")
                .with("reason", trouble::CHANGED)
                .with("version", opened.version));
        }
        let bytes = self
            .saved_bytes(relative, wanted)
            .ok_or_else(|| Refusal::missing("这一次保存的内容已经没有了"))?;
        self.save_version_now(&opened)?;
        save(&opened.path, &bytes).map_err(|error| trouble::not_written(&error))?;
        self.written.insert(relative.to_owned(), wanted.to_owned());
        let loaded = load(relative, Ok(bytes.clone()), opened.base(), false);
        let restored = Opened {
            relative: relative.to_owned(),
            path: opened.path.clone(),
            bytes,
            version: wanted.to_owned(),
            loaded,
        };
        self.after(None, &opened, restored, 0)
    }
}
