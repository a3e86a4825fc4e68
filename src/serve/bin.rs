//! Deleting and renaming reports. Deleted reports go to a bin, from which they can be taken back.

use gongbao_core::paths::PathExt;
use std::path::PathBuf;

use serde::Serialize;

use super::{
    answer::{Answer, Json, Refusal},
    request::{BinRequest, RenameRequest, ReportRequest},
    trouble,
    workspace::{Opened, Workspace},
};
use crate::output::{WriteError, remove, save};
use gongbao_core::digest::sha256;

/// A deleted report.
#[derive(Debug, Serialize)]
pub(super) struct BinEntry {
    id: String,
    file: String,
    /// Time of deletion, in seconds since 1970.
    at: u64,
}

/// A file in the bin: `NUMBER/PATH`.
struct Binned {
    path: PathBuf,
    file: String,
}

impl Workspace {
    fn bin_folder(&self) -> PathBuf {
        self.place.own().join("bin")
    }

    /// Moves a report into the bin.
    pub(super) fn put_into_bin(&self, opened: &Opened) -> Result<(), Refusal> {
        trouble::is_writable(&opened.path)?;
        let folder = self.bin_folder();
        let number = (1..).find(|number: &u32| !folder.join(number.to_string()).exists()).unwrap_or(1);
        let own = folder.join(number.to_string());
        let target = opened.relative.split('/').fold(own, |path, part| path.join(part));
        save(&target, &opened.bytes).map_err(|error| trouble::not_written(&error))?;
        remove(&opened.path).map_err(|error| trouble::not_written(&error))
    }

    /// Deletes a report.
    pub(super) fn delete(&mut self, request: &ReportRequest) -> Answer<ReportRequest> {
        let path = self.place.report(&request.file)?;
        let bytes = gongbao_core::file::read(&path, gongbao_core::file::LARGEST_REPORT)
            .map_err(|error| trouble::not_read(&request.file, &error))?;
        // A file that is not a report can be deleted as well: it may be what is in the way.
        let opened = Opened {
            relative: request.file.clone(),
            version: sha256(&bytes),
            loaded: gongbao_formats::load::load(&request.file, Ok(bytes.clone()), self.place.folder(), false),
            path,
            bytes,
        };
        self.put_into_bin(&opened)?;
        Ok(Json(ReportRequest { file: request.file.clone() }))
    }

    fn binned(&self) -> Vec<Binned> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(self.bin_folder()).into_iter().flatten().flatten() {
            let root = entry.path();
            let mut folders = vec![root.clone()];
            while let Some(folder) = folders.pop() {
                for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                    let path = entry.path();
                    let Ok(below) = path.strip_prefix(&root) else { continue };
                    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
                    match parts {
                        _ if path.is_dir() => folders.push(path),
                        Some(parts) => found.push(Binned { file: parts.join("/"), path }),
                        None => {}
                    }
                }
            }
        }
        found
    }

    /// Lists the bin, latest first.
    pub(super) fn bin(&mut self) -> Answer<Vec<BinEntry>> {
        let entry = |binned: Binned| {
            let modified = binned.path.metadata().ok()?.modified().ok()?;
            let at = modified.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
            Some(BinEntry { id: id(&binned), file: binned.file, at })
        };
        let mut entries: Vec<BinEntry> = self.binned().into_iter().filter_map(entry).collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
        Ok(Json(entries))
    }

    /// Takes a report out of the bin, under a free name.
    pub(super) fn undelete(&mut self, request: &BinRequest) -> Answer<ReportRequest> {
        let binned = self.binned().into_iter().find(|binned| id(binned) == request.id);
        let binned = binned.ok_or_else(|| Refusal::missing("回收站里没有这一份了"))?;
        let bytes = gongbao_core::file::read(&binned.path, gongbao_core::file::LARGEST_REPORT)
            .map_err(|error| trouble::not_read(&binned.file, &error))?;
        let file = self.free_place(&binned.file)?;
        let path = self.place.new_report(&file)?;
        save(&path, &bytes).map_err(|error| trouble::not_written(&error))?;
        remove(&binned.path).map_err(|error| trouble::not_written(&error))?;
        Ok(Json(ReportRequest { file }))
    }

    /// Returns the name itself if it is free, otherwise one with a number.
    fn free_place(&self, file: &str) -> Result<String, Refusal> {
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, "toml"));
        let names = std::iter::once(file.to_owned()).chain((2..1000).map(|n| format!("{stem}-{n}.{ending}")));
        let is_free =
            |name: &String| self.place.new_report(name).is_ok_and(|path| path.symlink_metadata().is_err());
        names.into_iter().find(is_free).ok_or_else(|| Refusal::unfit("文件夹里同名的报告太多，请先整理"))
    }

    /// Renames a report; its saved versions follow.
    pub(super) fn rename(&mut self, request: &RenameRequest) -> Answer<ReportRequest> {
        let RenameRequest { file: relative, name } = request;
        let path = self.place.report(relative)?;
        trouble::is_writable(&path)?;
        let ending = relative.rsplit('.').next().unwrap_or("toml");
        let folder = relative.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let name = name.trim().trim_end_matches(&format!(".{ending}")).to_owned();
        if name.is_empty() || name.contains('/') {
            return Err(Refusal::unfit("请写一个文件名").with("path", "name"));
        }
        let file = format!("{folder}{name}.{ending}");
        let target = self.place.new_report(&file)?;
        if target.symlink_metadata().is_ok() {
            return Err(Refusal::unfit(format!("“{}”已经有了，请换一个文件名", trouble::shown(&file)))
                .with("path", "name"));
        }
        let fail = |error| trouble::not_written(&WriteError::new(&target, error));
        std::fs::rename(&path, &target).map_err(fail)?;
        let (old, new) = (self.saves_folder(relative), self.saves_folder(&file));
        if old.is_dir() && !new.exists() {
            // Without its saved versions the report is still complete.
            let _ = std::fs::rename(old, new);
        }
        Ok(Json(ReportRequest { file }))
    }
}

/// Returns the id of a deleted report.
fn id(binned: &Binned) -> String {
    let digest = sha256(binned.path.to_text().as_bytes());
    digest.trim_start_matches("sha256:").chars().take(24).collect()
}
