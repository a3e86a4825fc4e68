//! What stood there before a correction: kept under `history/N`, and gone from where it stood.

use std::path::Path;

use super::{Folder, Manifest, Pending};

/// The folders of which an earlier state is kept.
const KEPT: [&str; 2] = ["public", "filing"];

/// The files of an earlier state, each with its path from the report's folder.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// Before which correction they stood, from 1; 0 where nothing has to be kept.
    number: usize,
    files: Vec<String>,
}

impl Earlier {
    /// What stands in a report's folder from before its newest corrections. `old` is the manifest of it.
    pub(super) fn find(folder: &Folder, old: Option<&Manifest>, corrections: usize) -> Self {
        let known = old.map_or(corrections.saturating_sub(1), |old| old.corrections);
        if known >= corrections {
            return Self::default();
        }
        let files = KEPT.iter().flat_map(|place| names(&folder.path(place), place)).collect();
        Self { number: known + 1, files }
    }

    /// A manifest without the files of the earlier state.
    pub(super) fn without(&self, mut manifest: Manifest) -> Manifest {
        manifest.outputs.retain(|entry| !self.files.contains(&entry.path));
        manifest
    }

    /// Copies to be written together with what takes their place. What is kept already is not written over.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(super) fn copies(&self, folder: &Folder) -> std::io::Result<Vec<Pending>> {
        let mut copies = Vec::new();
        for file in &self.files {
            let path = folder.path(&format!("history/{}/{file}", self.number));
            if !path.exists() {
                copies.push(Pending { path, bytes: std::fs::read(folder.path(file))? });
            }
        }
        Ok(copies)
    }

    /// Takes away what has no place among the outputs of the new state: what was withdrawn would still stand in it.
    ///
    /// # Errors
    /// A file cannot be taken away.
    pub(super) fn clear<'a>(
        &self,
        folder: &Folder,
        outputs: impl Iterator<Item = &'a str> + Clone,
    ) -> std::io::Result<()> {
        for file in self.files.iter().filter(|file| !outputs.clone().any(|output| output == *file)) {
            std::fs::remove_file(folder.path(file))?;
        }
        Ok(())
    }
}

/// The files in a folder, `place/NAME`, in order; none where there is no folder.
fn names(folder: &Path, place: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.path().is_file());
    let names = files.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> =
        names.filter(|name| !name.starts_with('.')).map(|name| format!("{place}/{name}")).collect();
    names.sort();
    names
}
