//! Keeps the outputs of the version before a correction in `history/N` and lists those to be removed from their old place.

use std::path::{Path, PathBuf};

use super::{Folder, LARGEST_OUTPUT, Manifest, Pending};
use gongbao_core::file;

/// The folders whose files are kept.
const KEPT: [&str; 2] = ["public", "filing"];

/// The output files of the version before the newest corrections.
#[derive(Debug, Default)]
pub(super) struct PreviousVersion {
    /// Number of the first correction after this version, from 1; 0 if no files have to be kept.
    number: usize,
    files: Vec<String>,
}

impl PreviousVersion {
    /// Finds the files of the version before the newest corrections. `old` is the manifest of that version.
    pub(super) fn find(folder: &Folder, old: Option<&Manifest>, corrections: usize) -> Self {
        let known = old.map_or(corrections.saturating_sub(1), |old| old.corrections);
        if known >= corrections {
            return Self::default();
        }
        let files = KEPT.iter().flat_map(|place| names(&folder.path(place), place)).collect();
        Self { number: known + 1, files }
    }

    /// Returns a manifest without the files of the previous version.
    pub(super) fn without(&self, mut manifest: Manifest) -> Manifest {
        manifest.outputs.retain(|entry| !self.files.contains(&entry.path));
        manifest
    }

    /// Returns copies for `history/N`, to be written together with the new outputs. Existing copies are not
    /// replaced.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(super) fn copies(&self, folder: &Folder) -> std::io::Result<Vec<Pending>> {
        let mut copies = Vec::new();
        for file in &self.files {
            let path = folder.path(&format!("history/{}/{file}", self.number));
            if !path.exists() {
                copies.push(Pending { path, bytes: file::read(&folder.path(file), LARGEST_OUTPUT)? });
            }
        }
        Ok(copies)
    }

    /// Returns the paths of files that are not among the new outputs, to be removed: they may contain what the
    /// correction withdrew.
    pub(super) fn withdrawn<'a>(
        &self,
        folder: &Folder,
        outputs: impl Iterator<Item = &'a str> + Clone,
    ) -> Vec<PathBuf> {
        let is_output = |file: &str| outputs.clone().any(|output| output == file);
        self.files.iter().filter(|file| !is_output(file)).map(|file| folder.path(file)).collect()
    }
}

/// Lists the files in a folder as `place/NAME`, sorted; empty if the folder does not exist.
fn names(folder: &Path, place: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.path().is_file());
    let names = files.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> =
        names.filter(|name| !name.starts_with('.')).map(|name| format!("{place}/{name}")).collect();
    names.sort();
    names
}
