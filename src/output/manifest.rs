//! `manifest.json`: the outputs of a report and what they were made from.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use gongbao_core::{
    digest::hex,
    file::{self, LARGEST_SETTINGS},
    report::Report,
};
use gongbao_formats::html::Beside;

/// The manifest of a report. It contains no time, path or machine name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the program.
    pub gongbao: String,
    /// The body and the title, for the site index; missing in manifests of versions before 0.2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Subject>,
    /// Digest of the report file's bytes.
    pub data: String,
    /// The form's id, or the path the report names it by.
    pub form: String,
    /// Digest of the form.
    pub form_digest: String,
    /// Digest of the template's files.
    pub template: String,
    /// The fonts used, in the order of their roles.
    pub fonts: Vec<FaceUse>,
    /// Number of corrections of the report.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub corrections: usize,
    /// The outputs, sorted by path.
    pub outputs: Vec<OutputEntry>,
}

/// The body, title and dates of a report. All of it is public.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// The region of the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Name of the body.
    pub agency: String,
    /// The year reported on.
    pub year: u16,
    /// The title on one line.
    pub title: String,
    /// Date of publication: 2025-01-26.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Dates of corrections, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<String>,
}

impl Subject {
    /// Returns the subject of a report.
    pub fn of(report: &Report) -> Self {
        Self {
            region: report.agency.details.get("region").cloned(),
            agency: report.agency.name.clone(),
            year: report.year,
            title: report.title().replace('\n', ""),
            published: report.published.as_ref().map(|published| published.date.to_string()),
            corrected: report.corrections.iter().map(|correction| correction.date.to_string()).collect(),
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A font that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaceUse {
    /// File name.
    pub file: String,
    /// Digest of the file.
    pub sha256: String,
    /// The roles it was used for.
    pub roles: Vec<String>,
    /// The characters that it was used for because the font of the role lacks them.
    pub fallback: String,
    /// Which program embedded its outlines into the PDFs.
    #[serde(default)]
    pub outlines: EmbeddedBy,
}

/// Which program embedded the outlines of a font into the PDFs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EmbeddedBy {
    /// This program: Typst set the pages with a twin without outlines.
    Gongbao,
    /// Typst: the font has a structure of another kind, or the template is the user's.
    #[default]
    Typst,
}

/// An output file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputEntry {
    /// Path relative to the folder of the report.
    pub path: String,
    /// Digest of the file.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: usize,
    /// Number of pages, for PDFs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// Digest of everything that the file was made from.
    pub inputs: String,
    /// Digest of the report file. It differs from that of the manifest if the output was not made again.
    #[serde(default)]
    pub data: String,
}

impl OutputEntry {
    /// Returns the file as the page links to it; `None` if it is not in `public`.
    pub(crate) fn beside(&self) -> Option<Beside> {
        let name = self.path.strip_prefix("public/")?.to_owned();
        Some(Beside { name, bytes: self.bytes, pages: self.pages })
    }
}

/// Reads a manifest; `None` if it does not exist or cannot be parsed.
pub(crate) fn read(path: &Path) -> Option<Manifest> {
    serde_json::from_slice(&file::read(path, LARGEST_SETTINGS).ok()?).ok()
}

/// Returns `sha256:` and the digest of parts. Each part is hashed with its length, so that different lists of parts
/// have different digests.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    format!("sha256:{}", hex(&hash.finalize()))
}
