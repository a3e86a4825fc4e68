//! `--dev`: files of the repository are used instead of the embedded ones.

use std::path::{Path, PathBuf};

use super::Failure;
use gongbao_core::{check::install_vocabulary, form};
use gongbao_formats::import::install_words;

/// The repository whose files are used instead of the embedded ones.
///
/// The template is read again for every build, the files of the browser page for every request; the forms, the
/// vocabulary and the words for imports are read once.
#[derive(Debug, Clone)]
pub(super) struct Development {
    root: PathBuf,
}

impl Development {
    /// Reads the data files of a repository.
    ///
    /// # Errors
    /// A file cannot be read or is invalid.
    pub(super) fn install(root: &Path) -> Result<Self, Failure> {
        let development = Self { root: root.to_owned() };
        form::install(&development.forms())?;
        let [vocabulary, words] = development.word_files();
        install_vocabulary(&vocabulary).map_err(Failure)?;
        install_words(&words).map_err(Failure)?;
        Ok(development)
    }

    /// Returns the folder of the template.
    pub(super) fn template(&self) -> PathBuf {
        self.root.join("typst")
    }

    /// Returns the folder of the browser page.
    pub(super) fn page(&self) -> PathBuf {
        self.root.join("src/serve/page")
    }

    /// Returns the data files, on which the results of checks depend.
    pub(super) fn data_files(&self) -> Vec<PathBuf> {
        let forms = std::fs::read_dir(self.forms()).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = forms.map(|entry| entry.path()).chain(self.word_files()).collect();
        files.sort();
        files
    }

    fn forms(&self) -> PathBuf {
        self.root.join("data/forms")
    }

    fn word_files(&self) -> [PathBuf; 2] {
        ["data/vocabulary.toml", "data/import.toml"].map(|file| self.root.join(file))
    }
}
