//! `manifest.json`: what was built from what.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use gongbao_core::{digest::hex, report::Report};
use gongbao_formats::html::Beside;

/// What was built from what. Holds no time, no place, no name of a machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The program's version.
    pub gongbao: String,
    /// Whose report it is, for whoever gathers many; not told by versions before 0.2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Subject>,
    /// Digest of the report file's bytes.
    pub data: String,
    /// The form's id, or the path the report names it by.
    pub form: String,
    /// Digest of the form as it was understood.
    pub form_digest: String,
    /// Digest of the template's files.
    pub template: String,
    /// The faces used, in the order of their roles.
    pub fonts: Vec<FaceUse>,
    /// How many corrections the report had.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub corrections: usize,
    /// The outputs, by path.
    pub outputs: Vec<OutputEntry>,
}

/// Whose report it is, and what became of it. All of it is public.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Subject {
    /// The region that the body gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The body.
    pub agency: String,
    /// The year reported on.
    pub year: u16,
    /// The title on one line.
    pub title: String,
    /// When it was published: 2025-01-26.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// When it was corrected since, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<String>,
}

impl Subject {
    /// What a report says of itself.
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

/// A face that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaceUse {
    /// The file's name.
    pub file: String,
    /// Digest of the file.
    pub sha256: String,
    /// The roles it was used for.
    pub roles: Vec<String>,
    /// The characters that it set in place of a role's own face.
    pub fallback: String,
}

/// An output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputEntry {
    /// Its path from the report's folder.
    pub path: String,
    /// Digest of the file.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// How many pages it has, if it has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// Digest of all that it was made from.
    pub inputs: String,
    /// Digest of the report file whose data it holds; another than the manifest's where it was not made again.
    #[serde(default)]
    pub data: String,
}

impl OutputEntry {
    /// The file as the page links to it; `None` where it is not in the `public` folder.
    pub(crate) fn beside(&self) -> Option<Beside> {
        let name = self.path.strip_prefix("public/")?.to_owned();
        Some(Beside { name, bytes: self.bytes, pages: self.pages })
    }
}

/// The manifest that stands at a path; `None` where there is none, or one that cannot be understood.
pub(crate) fn read(path: &Path) -> Option<Manifest> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// `sha256:` and the digest of parts, each with its length, so that no two lists of parts are alike.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    format!("sha256:{}", hex(&hash.finalize()))
}
